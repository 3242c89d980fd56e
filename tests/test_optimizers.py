"""Every optimizer that discovery finds, compared with torch, the papers and its own displayed rule.

A new file in ``optimizers/`` is tested without a change here; it needs its rule in NumPy in
``tests/reference_optimizers.py``.
"""

import importlib
import inspect
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
    gradients_of,
    group_of,
    positions,
    settings_of,
    starts,
    values_of,
    walk,
    walk_in_setting,
    walks_from,
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

# Defaults that differ from torch's on purpose, and what their help must mention.
STATED = {"momentum": (0.9, "is plain SGD (torch's default)")}


# The record


def test_the_optimizers_are_complete_and_in_order() -> None:
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
def test_the_class_is_that_of_torch_or_is_compared_with_it(spec: OptimizerSpec) -> None:
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
def test_the_range_of_the_learning_rate_includes_slow_and_divergent_walks(spec: OptimizerSpec) -> None:
    lr = spec.hyperparameters[0]
    assert (lr.name, lr.symbol, lr.scale) == ("lr", r"\alpha", "log")
    assert lr.low <= 1e-6
    assert lr.high >= 10


# The steps


@cache
def walks_by_the_paper(key: str, surfaces: tuple[str, ...], settings: tuple[str, ...]) -> Any:
    """Positions, (settings, steps + 1, 2, surfaces)."""
    rule = getattr(reference_optimizers, key, None)
    if rule is None:
        pytest.fail(
            f"optimizers/{key}.py has no independent rule to be compared with. "
            f"Write it from the paper, as the function {key} in tests/reference_optimizers.py."
        )
    values = [values_of(OPTIMIZERS[key], setting) for setting in settings]
    gradients = partial(gradients_of, surfaces)
    return reference_optimizers.walk_together(rule, gradients, starts(surfaces), STEPS, values)


@on_three_surfaces
@every_setting
def test_torch_walks_as_in_the_paper(spec: OptimizerSpec, surface: str, setting: str) -> None:
    (surfaces, column), group = beside(spec, surface), group_of(spec, setting)
    expected = walks_by_the_paper(spec.key, surfaces, group)[group.index(setting), ..., column]
    assert np.isfinite(expected).all()
    assert np.abs(expected[-1] - SURFACES[surface].landscape.start).max() > 1e-4
    np.testing.assert_allclose(positions(walk_in_setting(spec.key, surface, setting)), expected, rtol=1e-10, atol=1e-10)


@on_three_surfaces
@every_setting
def test_the_update_is_the_change_of_the_position(spec: OptimizerSpec, surface: str, setting: str) -> None:
    steps = walk_in_setting(spec.key, surface, setting)
    scale = np.maximum(1.0, np.abs((steps.before, steps.after)).max(axis=(0, 2)))[:, None]
    np.testing.assert_allclose(steps.parts["update"] / scale, (steps.after - steps.before) / scale, rtol=0, atol=1e-12)


@cache
def displayed(key: str, settings: tuple[str, ...]) -> tuple[list[dict[str, Any]], Any]:
    """What the LaTeX on the page computes, read a second way, from torch's positions and gradients on one surface.

    For each setting the result of each line, (steps, 2) or (steps,), and the effective step.
    """
    spec, count = OPTIMIZERS[key], len(settings)
    walks = [walk_in_setting(key, "rosenbrock", setting) for setting in settings]
    before, gradient = (np.stack([getattr(w, name) for w in walks], axis=2) for name in ("before", "gradient"))
    values = [values_of(spec, setting) for setting in settings]
    symbols = {h.symbol: np.array([value[h.name] for value in values]) for h in spec.hyperparameters}
    rule = DisplayedRule(spec.update_latex, symbols)
    lines: dict[str, list[Any]] = {line: [] for line in (*spec.update_latex, "rate")}
    for position, g in zip(before, gradient, strict=True):
        computed = rule.step(position, g) | {"rate": rule.evaluate(spec.rate_latex)}
        for line, value in computed.items():
            shape = (count,) if line in spec.parts and spec.parts[line].drawn == "number" else (2, count)
            lines[line].append(np.broadcast_to(value, shape))
    stacked = {line: np.array(values) for line, values in lines.items()}
    return [{line: numbers[..., place] for line, numbers in stacked.items()} for place in range(count)], walks


@every_setting
def test_the_displayed_rule_computes_every_part_and_the_step(spec: OptimizerSpec, setting: str) -> None:
    """The LaTeX on the page, read a second way, gives every part that is shown and torch's next position."""
    group = group_of(spec, setting)
    computed, steps = (of[group.index(setting)] for of in displayed(spec.key, group))
    lines = {line: numbers for line, numbers in computed.items() if line != "rate"}
    assert list(steps.parts) == [key for key in spec.update_latex if key != "g"], "a part for each line, in order"
    rtol = 1e-4 if steps.in_single_precision else 1e-9
    np.testing.assert_array_equal(lines.pop("g"), steps.gradient)
    change = lines.pop("update") - steps.before
    scale = rtol * np.abs(change).max(axis=1, keepdims=True) + 1e-12
    np.testing.assert_allclose(change / scale, steps.parts["update"] / scale, rtol=0, atol=1)
    for key, line in lines.items():
        numbers = line.reshape(STEPS, -1)
        scale = rtol * np.maximum(np.abs(numbers).max(axis=1, keepdims=True), 1e-30)
        part = steps.parts[key].reshape(STEPS, -1)
        np.testing.assert_allclose(part / scale, numbers / scale, rtol=0, atol=1, err_msg=key)


@every_setting
def test_the_effective_step_times_a_part_is_the_step(spec: OptimizerSpec, setting: str) -> None:
    """The rate on the page, times the gradient or the part that stands for it, is subtracted; the same part always."""
    group = group_of(spec, setting)
    computed, steps = (of[group.index(setting)] for of in displayed(spec.key, group))
    shown = steps.parts | {"g": steps.gradient}
    change = shown["update"] - shown.get("decay", 0.0)
    allowed = 1e-9 * np.abs(change).max(axis=1, keepdims=True)
    parts = {key for key, part in spec.parts.items() if part.drawn in {"arrow", "move"}} - {"update"}
    assert any((np.abs(-computed["rate"] * shown[key] - change) <= allowed).all() for key in parts)


@every_setting
def test_a_part_that_is_drawn_as_a_number_is_one_number(spec: OptimizerSpec, setting: str) -> None:
    numbers = [key for key, part in spec.parts.items() if part.drawn == "number"]
    steps = walk(spec, "booth", np.full((2, 5), 0.5), values_of(spec, setting), steps=3)
    assert all(steps.parts[key].shape == (3,) for key in numbers)
    assert {part.dtype for part in steps.parts.values()} == {np.dtype(np.float64)}


@pytest.mark.parametrize("spec", [pytest.param(spec, id=key) for key, spec in OPTIMIZERS.items() if spec.elementwise])
def test_each_column_walks_as_if_alone(spec: OptimizerSpec) -> None:
    starts = np.random.default_rng(0).uniform(-1.5, 1.5, size=(2, 37))
    values = values_of(spec, "fast")
    together = positions(walk(spec, "himmelblau", starts, values, steps=50))
    columns = range(0, 37, 6)
    each = walks_from(spec, "himmelblau", [starts[:, i] for i in columns], values, steps=50)
    for i, alone in zip(columns, map(positions, each), strict=True):
        np.testing.assert_allclose(together[:, :, i], alone, rtol=1e-10, atol=1e-10)


def test_at_a_limit_an_optimizer_equals_a_simpler_one() -> None:
    """No momentum is plain SGD; no decay is Adam."""
    start = SURFACES["booth"].landscape.start
    for key, limit, other in [("momentum", {"momentum": 0.0}, "sgd"), ("adamw", {"weight_decay": 0.0}, "adam")]:
        limited = walk(OPTIMIZERS[key], "booth", start, OPTIMIZERS[key].defaults | limit)
        plain = walk(OPTIMIZERS[other], "booth", start, OPTIMIZERS[other].defaults)
        np.testing.assert_array_equal(positions(limited), positions(plain))
