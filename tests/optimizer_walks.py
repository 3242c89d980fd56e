"""Walks of every optimizer in several settings, for the tests: each step's position, gradient and parts as arrays."""

import math
from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np
import torch

from optimizers import OPTIMIZERS, Hyperparameter, OptimizerSpec, Part
from optimizers.evaluate import take_step
from surfaces import SURFACES
from trajectories.gradient import columns_evaluator

STEPS = 200
SIDE_BY_SIDE = ("rosenbrock", "himmelblau", "booth")

# The optimizers that are our own code, and torch's that each of them equals at its defaults.
OURS = {"dissected": "adam"}


def settings_of(spec: OptimizerSpec) -> list[str]:
    """The names that ``values_of`` knows: four sets of values, and each switch turned to its other side."""
    return ["default", "fast", "forgetful", "edge", *(h.name for h in spec.hyperparameters if h.scale == "switch")]


def values_of(spec: OptimizerSpec, setting: str) -> dict[str, float]:
    """The defaults, three sets that differ from them in every number, and the defaults with one switch turned."""
    # Learning rates that go somewhere and stay out of chaos, where rounding alone would part the walks.
    factors = {
        "gradient": {"default": 0.3, "fast": 0.2, "forgetful": 0.5, "edge": 0.1},
        "adaptive": {"default": 1.0, "fast": 3.0, "forgetful": 2.0, "edge": 0.5},
    }

    def value(h: Hyperparameter) -> float:
        if h.scale == "switch":
            return 1 - h.default if h.name == setting else h.default
        by_scale = {
            "complement": {"fast": 1 - (1 - h.default) / 2, "forgetful": 1 - (1 - h.default) * 3, "edge": h.low},
            "linear": {"fast": (h.default + h.high) / 3, "forgetful": (h.default + h.high) / 2, "edge": h.low},
            "log": {"fast": h.default * 100, "forgetful": h.default / 10, "edge": math.sqrt(h.default * h.high)},
        }
        return by_scale[h.scale].get(setting, h.default)

    lr = spec.defaults["lr"] * factors[spec.family].get(setting, factors[spec.family]["default"])
    return {h.name: value(h) for h in spec.hyperparameters} | {"lr": lr}


def slope(surface: str, position: Any) -> Any:
    """The gradient, shape of the position: (2,) or (2, n), as a float64 array; autograd's, to its bits."""
    with torch.inference_mode():
        columns = torch.tensor(np.asarray(position).reshape(2, -1), dtype=torch.float64)
        gradient = columns_evaluator(SURFACES[surface].landscape)(columns)[1:]
    return gradient.numpy().reshape(np.shape(position))


class Step(NamedTuple):
    """One step of the optimizer, as arrays."""

    before: Any
    gradient: Any
    after: Any
    parts: dict[str, Any]
    in_single_precision: bool  # some of what torch remembers, besides the count of the steps


def slopes(surfaces: tuple[str, ...], positions: Any) -> Any:
    """The gradients of columns, each on a surface of its own: (2, surfaces)."""
    rows = np.array([slope(surface, positions[:, column]) for column, surface in enumerate(surfaces)])
    return rows.T.copy()  # row by row in memory, as torch's fused kernels take for granted


def walk(spec: OptimizerSpec, surface: str, start: Any, values: dict[str, float], steps: int = STEPS) -> list[Step]:
    """Step by step, with a look inside each: torch's own numbers, and by the rule what follows from them."""
    return _walk(spec, partial(slope, surface), start, values, steps)


def _walk(
    spec: OptimizerSpec, slope_at: Callable[[Any], Any], start: Any, values: dict[str, float], steps: int
) -> list[Step]:
    position = torch.tensor(np.array(start), dtype=torch.float64)
    optimizer = spec.build([position], **values)
    walked = []
    memory: dict[str, Any] = {}
    for t in range(1, steps + 1):
        before = position.clone()
        position.grad = torch.from_numpy(slope_at(position))
        optimizer.step()
        state = optimizer.state.get(position, {})
        kept = {key: state[name].to(torch.float64, copy=True) for key, name in spec.state.items() if name in state}
        memory = take_step(spec.rule, values, position.grad, before, t, memory, kept)
        single = any(number.dtype == torch.float32 for name, number in state.items() if name != "step")
        arrays = {key: _array(memory[key], part, before) for key, part in spec.parts.items() if key != "g"}
        walked.append(Step(before.numpy(), position.grad.numpy(), position.numpy().copy(), arrays, single))
    return walked


def _array(number: Any, part: Part, position: Any) -> Any:
    """A part as it is shown: one number, or the shape of the position."""
    shape = () if part.drawn == "number" else position.shape
    return np.broadcast_to(np.asarray(number, dtype=np.float64), shape).copy()


def beside(spec: OptimizerSpec, surface: str) -> tuple[tuple[str, ...], int]:
    """Which surfaces an optimizer walks on at once, as columns of one tensor, and this one's place among them.

    Where columns do not mix it is the same as one by one (``test_each_column_walks_as_if_alone``), for less.
    """
    together = SIDE_BY_SIDE if spec.elementwise and surface in SIDE_BY_SIDE else (surface,)
    return together, together.index(surface)


def starts(surfaces: tuple[str, ...]) -> Any:
    """The surfaces' own starts, (2, surfaces)."""
    return np.array([SURFACES[surface].landscape.start for surface in surfaces]).T.copy()


@cache
def walk_in_setting(key: str, surface: str, setting: str) -> list[Step]:
    """A walk from the surface's own start, taken once for all tests."""
    surfaces, column = beside(OPTIMIZERS[key], surface)

    def cut(numbers: Any) -> Any:
        return numbers[:, column] if np.ndim(numbers) else numbers

    return [
        Step(
            *map(cut, (step.before, step.gradient, step.after)),
            parts={name: cut(part) for name, part in step.parts.items()},
            in_single_precision=step.in_single_precision,
        )
        for step in _walk_on(key, surfaces, setting)
    ]


@cache
def _walk_on(key: str, surfaces: tuple[str, ...], setting: str) -> list[Step]:
    spec = OPTIMIZERS[key]
    return _walk(spec, partial(slopes, surfaces), starts(surfaces), values_of(spec, setting), STEPS)


def positions(walked: list[Step]) -> Any:
    """All positions of a walk, the start first."""
    return np.array([walked[0].before, *(step.after for step in walked)])
