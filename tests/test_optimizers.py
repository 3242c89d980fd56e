"""Every optimizer that discovery finds, held against torch, the papers and its own displayed rule.

The surfaces and values here are the test's own; a new file in ``optimizers/`` is checked without a change to this one.
It needs its rule in NumPy in ``tests/reference_optimizers.py``.
"""

import inspect
import math
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch

from optimizers import OPTIMIZERS, Hyperparameter, OptimizerSpec
from surfaces import SURFACES
from tests import reference_optimizers
from tests.displayed_rule import DisplayedRule

STEPS = 200
SPECS = [pytest.param(spec, id=key) for key, spec in OPTIMIZERS.items()]
every_optimizer = pytest.mark.parametrize("spec", SPECS)
every_hyperparameter = pytest.mark.parametrize(
    ("spec", "hyperparameter"),
    [pytest.param(spec, h, id=f"{key}-{h.name}") for key, spec in OPTIMIZERS.items() for h in spec.hyperparameters],
)
on_three_surfaces = pytest.mark.parametrize("surface", ["rosenbrock", "himmelblau", "booth"])
SETTINGS = ["default", "fast", "forgetful", "edge"]
in_several_settings = pytest.mark.parametrize("setting", SETTINGS)

# What differs from torch's default on purpose, and what the help must say of it.
STATED = {"momentum": (0.9, "torch's own default")}


def values_of(spec: OptimizerSpec, setting: str) -> dict[str, float]:
    """The defaults, and three sets that differ from them in every hyperparameter."""

    def value(h: Hyperparameter) -> float:
        by_scale = {
            "complement": {"fast": 1 - (1 - h.default) / 2, "forgetful": 1 - (1 - h.default) * 3, "edge": h.low},
            "linear": {"fast": (h.default + h.high) / 3, "forgetful": (h.default + h.high) / 2, "edge": h.low},
            "log": {"fast": h.default * 100, "forgetful": h.default / 10, "edge": math.sqrt(h.default * h.high)},
        }
        return h.default if setting == "default" else by_scale[h.scale][setting]

    # Learning rates that go somewhere and stay out of chaos, where rounding alone would part the walks.
    factors = {
        "gradient": {"default": 0.3, "fast": 0.2, "forgetful": 0.5, "edge": 0.1},
        "adaptive": {"default": 1.0, "fast": 3.0, "forgetful": 2.0, "edge": 0.5},
    }
    lr = spec.defaults["lr"] * factors[spec.family][setting]
    return {h.name: value(h) for h in spec.hyperparameters} | {"lr": lr}


def slope(surface: str, position: Any) -> Any:
    """The gradient, shape of the position: (2,) or (2, n), as a float64 array."""
    leaf = torch.tensor(np.asarray(position), dtype=torch.float64, requires_grad=True)
    (gradient,) = torch.autograd.grad(SURFACES[surface].loss(leaf[0], leaf[1]).sum(), leaf)
    return gradient.numpy()


class Step(NamedTuple):
    """One step of torch's optimizer, as arrays."""

    before: Any
    gradient: Any
    after: Any
    parts: dict[str, Any]
    in_single_precision: bool  # some of what torch remembers, besides the count of the steps


def walk(spec: OptimizerSpec, surface: str, start: Any, values: dict[str, float], steps: int = STEPS) -> list[Step]:
    position = torch.tensor(start, dtype=torch.float64)
    optimizer = spec.build([position], **values)
    walked = []
    for _ in range(steps):
        before = position.clone()
        position.grad = torch.from_numpy(slope(surface, position))
        optimizer.step()
        state = optimizer.state.get(position, {})
        parts = spec.anatomy(state, optimizer.param_groups[0], position.grad, before)
        single = any(kept.dtype == torch.float32 for name, kept in state.items() if name != "step")
        arrays = {name: part.numpy().copy() for name, part in parts.items()}
        walked.append(Step(before.numpy(), position.grad.numpy(), position.numpy().copy(), arrays, single))
    return walked


@cache
def walk_in_setting(key: str, surface: str, setting: str) -> list[Step]:
    spec = OPTIMIZERS[key]
    return walk(spec, surface, SURFACES[surface].start, values_of(spec, setting))


def positions(walked: list[Step]) -> Any:
    return np.array([walked[0].before, *(step.after for step in walked)])


# The record


def test_the_twelve_are_there_in_the_order_of_the_story() -> None:
    story = "sgd momentum nesterov adagrad rmsprop adadelta adam adamw nadam radam adamax amsgrad"
    assert " ".join(key for key in OPTIMIZERS if key in story.split()) == story


@every_optimizer
def test_build_takes_exactly_the_hyperparameters(spec: OptimizerSpec) -> None:
    _, *keywords = inspect.signature(spec.build).parameters.values()
    assert [keyword.name for keyword in keywords] == [h.name for h in spec.hyperparameters]
    assert {keyword.kind for keyword in keywords} == {inspect.Parameter.KEYWORD_ONLY}


@every_optimizer
def test_texts_are_sentences_and_build_shows_an_example(spec: OptimizerSpec) -> None:
    for text in [spec.idea, *(h.help for h in spec.hyperparameters)]:
        assert text[0].isupper()
        assert text.endswith(".")
    assert ">>> " in (spec.build.__doc__ or "")
    assert "Teaches: " in (spec.build.__doc__ or "")


@every_optimizer
def test_lines_are_latex_that_any_converter_reads(spec: OptimizerSpec) -> None:
    for key, line in spec.update_latex.items():
        assert r" \leftarrow " in line, key
        assert line.count("{") == line.count("}"), key
        assert not {"$", r"\newcommand", r"\def"} & set(line.split()), key


@every_optimizer
def test_one_of_torch_optims_own_classes(spec: OptimizerSpec) -> None:
    optimizer = spec.build([torch.zeros(2, dtype=torch.float64)], **spec.defaults)
    assert type(optimizer).__module__.startswith("torch.optim.")


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


@in_several_settings
@on_three_surfaces
@every_optimizer
def test_torch_walks_as_the_paper_says(spec: OptimizerSpec, surface: str, setting: str) -> None:
    rule = getattr(reference_optimizers, spec.key, None)
    if rule is None:
        pytest.fail(
            f"optimizers/{spec.key}.py has no independent rule to be held against. "
            f"Write it from the paper, as the function {spec.key} in tests/reference_optimizers.py."
        )
    start, values = np.array(SURFACES[surface].start), values_of(spec, setting)
    expected = reference_optimizers.walk(rule, lambda position: slope(surface, position), start, STEPS, **values)
    assert np.isfinite(expected).all()
    assert np.abs(expected[-1] - start).max() > 1e-4
    np.testing.assert_allclose(positions(walk_in_setting(spec.key, surface, setting)), expected, rtol=1e-10, atol=1e-10)


@in_several_settings
@on_three_surfaces
@every_optimizer
def test_anatomys_update_is_the_change_of_position(spec: OptimizerSpec, surface: str, setting: str) -> None:
    for step in walk_in_setting(spec.key, surface, setting):
        scale = max(1.0, np.abs(step.before).max(), np.abs(step.after).max())
        np.testing.assert_allclose(step.parts["update"], step.after - step.before, rtol=0, atol=1e-12 * scale)


@in_several_settings
@every_optimizer
def test_the_displayed_rule_computes_the_anatomy_and_the_step(spec: OptimizerSpec, setting: str) -> None:
    """The LaTeX on the page, read as a program, gives every part that the anatomy reports and torch's next position."""
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


@every_optimizer
def test_parts_have_the_positions_shape_or_none(spec: OptimizerSpec) -> None:
    for shape in [(2,), (2, 5)]:
        *_, step = walk(spec, "booth", np.full(shape, 0.5), values_of(spec, "default"), steps=3)
        assert {part.shape for part in step.parts.values()} <= {shape, ()}
        assert {part.dtype for part in step.parts.values()} == {np.dtype(np.float64)}


@every_optimizer
def test_each_column_walks_as_if_alone(spec: OptimizerSpec) -> None:
    starts = np.random.default_rng(0).uniform(-1.5, 1.5, size=(2, 37))
    values = values_of(spec, "fast")
    together = positions(walk(spec, "himmelblau", starts, values, steps=50))
    for i in range(0, 37, 6):
        alone = positions(walk(spec, "himmelblau", starts[:, i], values, steps=50))
        np.testing.assert_allclose(together[:, :, i], alone, rtol=1e-10, atol=1e-10)


def test_what_a_limit_turns_into_another() -> None:
    """No momentum is plain SGD; no decay is Adam."""
    start = SURFACES["booth"].start
    for key, limit, other in [("momentum", {"momentum": 0.0}, "sgd"), ("adamw", {"weight_decay": 0.0}, "adam")]:
        limited = walk(OPTIMIZERS[key], "booth", start, OPTIMIZERS[key].defaults | limit)
        plain = walk(OPTIMIZERS[other], "booth", start, OPTIMIZERS[other].defaults)
        np.testing.assert_array_equal(positions(limited), positions(plain))


# Refusals


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"default": 2.0}, "lr: default 2.0 must lie in the range 0.0 to 1.0"),
        ({"low": float("nan")}, "must lie in the range"),
        ({"high": float("inf")}, "must lie in the range"),
        ({"scale": "log"}, "a log scale needs low above 0: got 0.0"),
        ({"scale": "complement"}, "a complement scale needs high below 1: got 1.0"),
        ({"scale": "cubic"}, "scale must be one of .*: got 'cubic'"),
        ({"scale": "switch"}, "a switch goes from 0 to 1, and its default is one of them: got 0.0 to 1.0 and 0.1"),
        ({"scale": "switch", "default": 1.0, "high": 2.0}, "a switch goes from 0 to 1, .*: got 0.0 to 2.0 and 1.0"),
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
        ({"references": ()}, "references must hold at least one"),
    ],
)
def test_specs_refuse(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(OPTIMIZERS["adam"], **change)
