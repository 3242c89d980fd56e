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
    """The names that ``values_of`` knows: four sets of values, and each switch in its other position."""
    return ["default", "fast", "forgetful", "edge", *(h.name for h in spec.hyperparameters if h.scale == "switch")]


def values_of(spec: OptimizerSpec, setting: str) -> dict[str, float]:
    """The defaults, three sets that differ from them in every number, and the defaults with one switch changed."""
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


def gradient_of(surface: str, position: Any) -> Any:
    """The gradient, shape of the position: (2,) or (2, n), as a float64 array; autograd's, to its bits."""
    with torch.inference_mode():
        columns = torch.tensor(np.asarray(position).reshape(2, -1), dtype=torch.float64)
        gradient = columns_evaluator(SURFACES[surface].landscape)(columns)[1:]
    return gradient.numpy().reshape(np.shape(position))


class Steps(NamedTuple):
    """The steps of a walk, as arrays whose first axis is the step."""

    before: Any
    gradient: Any
    after: Any
    parts: dict[str, Any]
    in_single_precision: bool  # part of the state of torch, besides the count of steps


def gradients_of(surfaces: tuple[str, ...], positions: Any) -> Any:
    """The gradients of columns, each on a surface of its own: (..., 2, surfaces), of the shape of the positions."""
    columns = [gradient_of(surface, positions[..., column].T).T for column, surface in enumerate(surfaces)]
    return np.stack(columns, axis=-1)  # row by row in memory, as torch's fused kernels take for granted


def walk(spec: OptimizerSpec, surface: str, start: Any, values: dict[str, float], steps: int = STEPS) -> Steps:
    """Step by step, with a look inside each: torch's own numbers, and by the rule what follows from them."""
    return walks_from(spec, surface, [start], values, steps)[0]


def walks_from(
    spec: OptimizerSpec, surface: str, starts: list[Any], values: dict[str, float], steps: int
) -> list[Steps]:
    """Walks from several starts of one shape, each stepped by an optimizer of its own."""
    return _walk(spec, partial(_gradients_on, surface), starts, [values] * len(starts), steps)


def walks_in(
    spec: OptimizerSpec, surface: str, start: Any, settings: list[dict[str, float]], steps: int
) -> list[Steps]:
    """Walks from one start, each in a setting of its own."""
    return _walk(spec, partial(_gradients_on, surface), [start] * len(settings), settings, steps)


def _gradients_on(surface: str, positions: Any) -> Any:
    """The gradients at positions of any shape (walks, 2, ...)."""
    return np.moveaxis(gradient_of(surface, np.moveaxis(positions, 0, -1)), -1, 0)


def _walk(
    spec: OptimizerSpec,
    gradients_at: Callable[[Any], Any],
    starts: list[Any],
    settings: list[dict[str, float]],
    steps: int,
) -> list[Steps]:
    """Walks from several starts, each in its own setting; all gradients of a step are evaluated in one call."""
    positions = [torch.tensor(np.array(start), dtype=torch.float64) for start in starts]
    optimizers = [spec.build([position], **values) for position, values in zip(positions, settings, strict=True)]
    walks = [_Record() for _ in settings]
    for t in range(1, steps + 1):
        gradients = gradients_at(np.stack([position.numpy() for position in positions]))
        for position, gradient, optimizer, values, record in zip(
            positions, gradients, optimizers, settings, walks, strict=True
        ):
            before = position.clone()
            position.grad = torch.from_numpy(gradient.copy())
            optimizer.step()
            state = optimizer.state.get(position, {})
            kept = {key: state[name].to(torch.float64, copy=True) for key, name in spec.state.items() if name in state}
            record.memory = take_step(spec.rule, values, position.grad, before, t, record.memory, kept)
            record.steps.append((before.numpy(), gradient, position.numpy().copy(), record.memory))
            record.single = any(number.dtype == torch.float32 for name, number in state.items() if name != "step")
    return [record.stacked(spec) for record in walks]


class _Record:
    """What a walk has done so far."""

    def __init__(self) -> None:
        self.memory: dict[str, Any] = {}
        self.steps: list[tuple[Any, Any, Any, dict[str, Any]]] = []
        self.single = False

    def stacked(self, spec: OptimizerSpec) -> Steps:
        before, gradient, after = (np.array(column) for column in list(zip(*self.steps, strict=True))[:3])
        numbers = [memory for *_, memory in self.steps]
        parts = {
            key: _stacked([memory[key] for memory in numbers], part, before)
            for key, part in spec.parts.items()
            if key != "g"
        }
        return Steps(before, gradient, after, parts, self.single)


def _stacked(numbers: list[Any], part: Part, positions: Any) -> Any:
    """A part at each step as it is shown: one number, or the shape of the position."""
    if part.drawn == "number":
        return np.array([np.broadcast_to(np.asarray(number, dtype=np.float64), ()) for number in numbers])
    if all(isinstance(number, torch.Tensor) for number in numbers):
        return np.broadcast_to(torch.stack(numbers).numpy(), positions.shape)
    arrays = [np.broadcast_to(np.asarray(number, dtype=np.float64), positions.shape[1:]) for number in numbers]
    return np.array(arrays)


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
def walk_in_setting(key: str, surface: str, setting: str) -> Steps:
    """A walk from the surface's own start, taken once for all tests."""
    surfaces, column = beside(OPTIMIZERS[key], surface)
    steps = _walks_on(key, surfaces, group_of(OPTIMIZERS[key], setting))[setting]
    return steps._replace(
        before=steps.before[..., column],
        gradient=steps.gradient[..., column],
        after=steps.after[..., column],
        parts={name: part[..., column] if part.ndim > 1 else part for name, part in steps.parts.items()},
    )


def group_of(spec: OptimizerSpec, setting: str) -> tuple[str, ...]:
    """The settings that are walked together: the default alone, which quick tests need, and all others."""
    return (setting,) if setting == "default" else tuple(s for s in settings_of(spec) if s != "default")


@cache
def _walks_on(key: str, surfaces: tuple[str, ...], settings: tuple[str, ...]) -> dict[str, Steps]:
    spec = OPTIMIZERS[key]
    values = [values_of(spec, setting) for setting in settings]
    walks = _walk(spec, partial(gradients_of, surfaces), [starts(surfaces)] * len(settings), values, STEPS)
    return dict(zip(settings, walks, strict=True))


def positions(steps: Steps) -> Any:
    """All positions of a walk, the start first."""
    return np.concatenate((steps.before[:1], steps.after))
