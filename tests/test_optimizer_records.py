"""Records of optimizers, parts and hyperparameters that contradict themselves are refused, with one sentence."""

from dataclasses import replace
from typing import Any

import pytest

from optimizers import OPTIMIZERS, Hyperparameter

PART, LINES = OPTIMIZERS["adam"].parts["g"], OPTIMIZERS["adam"].update_latex


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"drawn": "circle"}, "part 'gradient': drawn must be one of .*: got 'circle'"),
        ({"ink": "red"}, "part 'gradient': ink must be one of .*: got 'red'"),
    ],
)
def test_an_invalid_part_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(PART, **change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"default": 2.0}, "lr: default 2.0 must lie in the range 0.0 to 1.0"),
        ({"low": float("nan")}, "must lie in the range"),
        ({"high": float("inf")}, "must lie in the range"),
        ({"scale": "log"}, "a log scale needs low above 0: got 0.0"),
        ({"scale": "complement"}, "a complement scale needs high below 1: got 1.0"),
        ({"scale": "cubic"}, "scale must be one of .*: got 'cubic'"),
        ({"scale": "switch"}, "a switch is 0 or 1: got 0.0 to 1.0, default 0.1"),
        ({"scale": "switch", "default": 1.0, "high": 2.0}, "a switch is 0 or 1: got 0.0 to 2.0, default 1.0"),
    ],
)
def test_an_invalid_hyperparameter_is_refused(change: dict[str, Any], message: str) -> None:
    good = Hyperparameter(name="lr", symbol=r"\alpha", default=0.1, low=0.0, high=1.0, help="How far a step goes.")
    with pytest.raises(ValueError, match=message):
        replace(good, **change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"family": "other"}, "optimizer 'adam': family must be one of"),
        ({"hyperparameters": ()}, "hyperparameters must hold lr"),
        ({"hyperparameters": OPTIMIZERS["adam"].hyperparameters * 2}, "hyperparameters must differ in name and symbol"),
        ({"update_latex": {"g": ""}}, "update_latex must hold the lines g and update"),
        ({"rate_latex": r"\alpha / z_t"}, r"optimizer 'adam', the effective step: .*z_t has no meaning"),
        (
            {"update_latex": LINES | {"m_hat": r"\hat m_t \leftarrow m_t /"}},
            "optimizer 'adam', line 'm_hat': .*cannot be",
        ),
        ({"state": {"m": "exp_avg"}}, r"state must hold \['m', 'v'\] and may hold other lines"),
        ({"state": OPTIMIZERS["adam"].state | {"w": "weight"}}, "and may hold other lines, but not g and update"),
        ({"state": OPTIMIZERS["adam"].state | {"g": "grad"}}, "and may hold other lines, but not g and update"),
        ({"arguments": {"lr": "lr"}}, r"arguments must name each hyperparameter once: got \['lr'\]"),
        ({"arguments": OPTIMIZERS["adam"].arguments | {"line_search": "strong"}}, "arguments must name each"),
        ({"arguments": OPTIMIZERS["adam"].arguments | {"rho": 0.5}}, "Adam has no argument 'rho': it has params, lr"),
        ({"parts": {"g": PART}}, r"parts must be those of update_latex, in order: got \['g'\]"),
        ({"parts": dict.fromkeys(OPTIMIZERS["adam"].parts, PART)}, "parts that are drawn must differ in ink"),
        ({"references": ()}, "references must hold at least one"),
    ],
)
def test_an_invalid_optimizer_record_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(OPTIMIZERS["adam"], **change)
