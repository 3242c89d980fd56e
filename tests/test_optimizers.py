"""Every optimizer that discovery finds, held against torch, the papers and its own displayed rule.

The surfaces and values here are the test's own; a new file in ``optimizers/`` is checked without a change to this one.
It needs its rule in NumPy in ``tests/reference_optimizers.py``.
"""

import importlib
import inspect
from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np
import pytest
import torch

from optimizers import OPTIMIZERS, Hyperparameter, OptimizerSpec
from surfaces import SURFACES
from tests import reference_optimizers
from tests.displayed_rule import DisplayedRule
from tests.optimizer_walks import (
    OURS,
    SIDE_BY_SIDE,
    STEPS,
    beside,
    positions,
    settings_of,
    slopes,
    starts,
    values_of,
    walk,
    walk_in_setting,
)

SPECS = [pytest.param(spec, id=key) for key, spec in OPTIMIZERS.items()]
every_optimizer = pytest.mark.parametrize("spec", SPECS)
every_hyperparameter = pytest.mark.parametrize(
    ("spec", "hyperparameter"),
    [pytest.param(spec, h, id=f"{key}-{h.name}") for key, spec in OPTIMIZERS.items() for h in spec.hyperparameters],
)
on_three_surfaces = pytest.mark.parametrize("surface", SIDE_BY_SIDE)
every_setting = pytest.mark.parametrize(
    ("spec", "setting"),
    [
        pytest.param(spec, s, id=f"{key}-{s}", marks=() if s == "default" else pytest.mark.slow)
        for key, spec in OPTIMIZERS.items()
        for s in settings_of(spec)
    ],
)

# What differs from torch's default on purpose, and what the help must say of it.
STATED = {"momentum": (0.9, "torch's own default")}


# The record


def test_the_twelve_are_there_in_the_order_of_the_story() -> None:
    story = "sgd momentum nesterov adagrad rmsprop adadelta adam adamw nadam radam adamax amsgrad"
    assert " ".join(key for key in OPTIMIZERS if key in story.split()) == story


@every_optimizer
def test_build_takes_exactly_the_hyperparameters(spec: OptimizerSpec) -> None:
    params = [torch.zeros(2)]
    for wrong in ({"lr": 0.1, "unknown": 1.0}, {name: value for name, value in spec.defaults.items() if name != "lr"}):
        with pytest.raises(TypeError, match=f"{spec.key} takes {', '.join(spec.defaults)}: got"):
            spec.build(params, **wrong)


@every_optimizer
def test_texts_are_sentences_and_the_file_shows_an_example(spec: OptimizerSpec) -> None:
    for text in [spec.idea, *(h.help for h in spec.hyperparameters), *(part.help for part in spec.parts.values())]:
        assert text[0].isupper()
        assert text.endswith(".")
    for part in spec.parts.values():
        assert part.label == part.label.lower().rstrip(".")
    text = importlib.import_module(f"optimizers.{spec.key}").__doc__ or ""
    assert ">>> " in text
    assert "\n\nTeaches: " in text


@every_optimizer
def test_lines_are_latex_that_any_converter_reads(spec: OptimizerSpec) -> None:
    for key, line in spec.update_latex.items():
        assert r" \leftarrow " in line, key
        assert line.count("{") == line.count("}"), key
        assert not {"$", r"\newcommand", r"\def"} & set(line.split()), key


@every_optimizer
def test_torchs_own_class_or_one_that_is_held_to_torchs(spec: OptimizerSpec) -> None:
    """For those of ``OURS``, ``tests/test_optimizers_dissected.py`` compares the walks on every surface."""
    optimizer = spec.build([torch.zeros(2, dtype=torch.float64)], **spec.defaults)
    assert isinstance(optimizer, torch.optim.Optimizer)
    assert type(optimizer) is spec.torch_class
    assert spec.torch_class.__module__.startswith("torch.optim.") != (spec.key in OURS)


@every_hyperparameter
def test_defaults_are_torchs(spec: OptimizerSpec, hyperparameter: Hyperparameter) -> None:
    optimizer = spec.build([torch.zeros(2)], **spec.defaults)
    torchs = {name: p.default for name, p in inspect.signature(type(optimizer)).parameters.items()}
    if "betas" in torchs:
        torchs["beta1"], torchs["beta2"] = torchs["betas"]
    name = hyperparameter.name
    if name in STATED:
        default, statement = STATED[name]
        assert hyperparameter.default == default != torchs[name]
        assert statement in hyperparameter.help
    else:
        assert hyperparameter.default == torchs[name]


@every_hyperparameter
def test_both_ends_of_the_range_work(spec: OptimizerSpec, hyperparameter: Hyperparameter) -> None:
    for value in (hyperparameter.low, hyperparameter.high):
        values = spec.defaults | {hyperparameter.name: value}
        path = positions(walk(spec, "booth", (-8.0, 7.0), values, steps=20))
        assert not np.isnan(path).any()  # infinite it may become


@every_hyperparameter
def test_build_refuses_what_torch_refuses(spec: OptimizerSpec, hyperparameter: Hyperparameter) -> None:
    with pytest.raises(ValueError, match=r"-0\.1"):
        spec.build([torch.zeros(2)], **(spec.defaults | {hyperparameter.name: -0.1}))


@every_optimizer
def test_the_learning_rate_reaches_from_glacial_to_divergent(spec: OptimizerSpec) -> None:
    lr = spec.hyperparameters[0]
    assert (lr.name, lr.symbol, lr.scale) == ("lr", r"\alpha", "log")
    assert lr.low <= 1e-6
    assert lr.high >= 10


# The steps


@cache
def walk_by_the_paper(key: str, surfaces: tuple[str, ...], setting: str) -> Any:
    """Positions, (steps + 1, 2, surfaces)."""
    rule = getattr(reference_optimizers, key, None)
    if rule is None:
        pytest.fail(
            f"optimizers/{key}.py has no independent rule to be held against. "
            f"Write it from the paper, as the function {key} in tests/reference_optimizers.py."
        )
    values = values_of(OPTIMIZERS[key], setting)
    return reference_optimizers.walk(rule, partial(slopes, surfaces), starts(surfaces), STEPS, **values)


@on_three_surfaces
@every_setting
def test_torch_walks_as_the_paper_says(spec: OptimizerSpec, surface: str, setting: str) -> None:
    surfaces, column = beside(spec, surface)
    expected = walk_by_the_paper(spec.key, surfaces, setting)[:, :, column]
    assert np.isfinite(expected).all()
    assert np.abs(expected[-1] - SURFACES[surface].landscape.start).max() > 1e-4
    np.testing.assert_allclose(positions(walk_in_setting(spec.key, surface, setting)), expected, rtol=1e-10, atol=1e-10)


@on_three_surfaces
@every_setting
def test_the_update_is_the_change_of_the_position(spec: OptimizerSpec, surface: str, setting: str) -> None:
    for step in walk_in_setting(spec.key, surface, setting):
        scale = max(1.0, np.abs(step.before).max(), np.abs(step.after).max())
        np.testing.assert_allclose(step.parts["update"], step.after - step.before, rtol=0, atol=1e-12 * scale)


@every_setting
def test_the_displayed_rule_computes_every_part_and_the_step(spec: OptimizerSpec, setting: str) -> None:
    """The LaTeX on the page, read a second way, gives every part that is shown and torch's next position."""
    values = values_of(spec, setting)
    rule = DisplayedRule(spec.update_latex, {h.symbol: values[h.name] for h in spec.hyperparameters})
    for step in walk_in_setting(spec.key, "rosenbrock", setting):
        assert list(step.parts) == [key for key in spec.update_latex if key != "g"], "a part for each line, in order"
        displayed = rule.step(step.before, step.gradient)
        rtol = 1e-4 if step.in_single_precision else 1e-9
        np.testing.assert_array_equal(displayed.pop("g"), step.gradient)
        change = displayed.pop("update") - step.before
        np.testing.assert_allclose(change, step.parts["update"], rtol=0, atol=rtol * np.abs(change).max() + 1e-12)
        for key, value in displayed.items():
            scale = max(np.abs(value).max(), 1e-30)
            np.testing.assert_allclose(step.parts[key], value, rtol=0, atol=rtol * scale, err_msg=key)


@every_setting
def test_the_effective_step_times_a_part_is_the_step(spec: OptimizerSpec, setting: str) -> None:
    """The rate on the page, times the gradient or the part that stands for it, is subtracted; the same part always."""
    values = values_of(spec, setting)
    rule = DisplayedRule(spec.update_latex, {h.symbol: values[h.name] for h in spec.hyperparameters})
    fitting = {key for key, part in spec.parts.items() if part.drawn in {"arrow", "move"}} - {"update"}
    for step in walk_in_setting(spec.key, "rosenbrock", setting):
        rule.step(step.before, step.gradient)
        rate = rule.evaluate(spec.rate_latex)
        shown = step.parts | {"g": step.gradient}
        change = shown["update"] - shown.get("decay", 0.0)
        atol = 1e-9 * np.abs(change).max()
        fitting = {key for key in fitting if np.allclose(-rate * shown[key], change, rtol=0, atol=atol)}
    assert fitting


@every_setting
def test_what_is_called_one_number_is_one(spec: OptimizerSpec, setting: str) -> None:
    numbers = [key for key, part in spec.parts.items() if part.drawn == "number"]
    *_, step = walk(spec, "booth", np.full((2, 5), 0.5), values_of(spec, setting), steps=3)
    assert all(step.parts[key].shape == () for key in numbers)
    assert {part.dtype for part in step.parts.values()} == {np.dtype(np.float64)}


@pytest.mark.parametrize("spec", [pytest.param(spec, id=key) for key, spec in OPTIMIZERS.items() if spec.elementwise])
def test_each_column_walks_as_if_alone(spec: OptimizerSpec) -> None:
    starts = np.random.default_rng(0).uniform(-1.5, 1.5, size=(2, 37))
    values = values_of(spec, "fast")
    together = positions(walk(spec, "himmelblau", starts, values, steps=50))
    for i in range(0, 37, 6):
        alone = positions(walk(spec, "himmelblau", starts[:, i], values, steps=50))
        np.testing.assert_allclose(together[:, :, i], alone, rtol=1e-10, atol=1e-10)


def test_what_a_limit_turns_into_another() -> None:
    """No momentum is plain SGD; no decay is Adam."""
    start = SURFACES["booth"].landscape.start
    for key, limit, other in [("momentum", {"momentum": 0.0}, "sgd"), ("adamw", {"weight_decay": 0.0}, "adam")]:
        limited = walk(OPTIMIZERS[key], "booth", start, OPTIMIZERS[key].defaults | limit)
        plain = walk(OPTIMIZERS[other], "booth", start, OPTIMIZERS[other].defaults)
        np.testing.assert_array_equal(positions(limited), positions(plain))


# Refusals

PART, LINES = OPTIMIZERS["adam"].parts["g"], OPTIMIZERS["adam"].update_latex


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"drawn": "circle"}, "part 'gradient': drawn must be one of .*: got 'circle'"),
        ({"ink": "red"}, "part 'gradient': ink must be one of .*: got 'red'"),
    ],
)
def test_parts_refuse(change: dict[str, Any], message: str) -> None:
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
def test_hyperparameters_refuse(change: dict[str, Any], message: str) -> None:
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
        ({"rate_latex": r"\alpha / z_t"}, r"optimizer 'adam', the effective step: .*z_t stands for nothing"),
        (
            {"update_latex": LINES | {"m_hat": r"\hat m_t \leftarrow m_t /"}},
            "optimizer 'adam', line 'm_hat': .*cannot be",
        ),
        ({"state": {"m": "exp_avg"}}, r"state must hold lines but g and update, and \['m', 'v'\] among them"),
        ({"state": OPTIMIZERS["adam"].state | {"w": "weight"}}, "state must hold lines but g and update"),
        ({"state": OPTIMIZERS["adam"].state | {"g": "grad"}}, "state must hold lines but g and update"),
        ({"arguments": {"lr": "lr"}}, r"arguments must name each hyperparameter once: got \['lr'\]"),
        ({"arguments": OPTIMIZERS["adam"].arguments | {"line_search": "strong"}}, "arguments must name each"),
        ({"arguments": OPTIMIZERS["adam"].arguments | {"rho": 0.5}}, "Adam has no argument 'rho': it has params, lr"),
        ({"parts": {"g": PART}}, r"parts must be those of update_latex, in order: got \['g'\]"),
        ({"parts": dict.fromkeys(OPTIMIZERS["adam"].parts, PART)}, "parts that are drawn must differ in ink"),
        ({"references": ()}, "references must hold at least one"),
    ],
)
def test_specs_refuse(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(OPTIMIZERS["adam"], **change)
