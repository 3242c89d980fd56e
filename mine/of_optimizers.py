"""The checks of an optimizer: its class takes steps, and its rule, if it has one, computes the same steps.

Each check takes the record and yields a sentence for everything that is wrong. The tests call the same checks on the
optimizers of the app.
"""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from optimizers import OptimizerSpec
from optimizers.evaluate import take_step
from trajectories.loops import agrees_with_class

START = (1.0, -0.5)
CURVATURES = (1.0, 4.0)  # of the bowl on which steps are taken
STEPS = 40
AGREES = 1e-9  # share of the largest coordinate
EQUAL = 1e-10


def path(spec: OptimizerSpec, start: Tensor, values: Mapping[str, float], steps: int = STEPS) -> list[Tensor]:
    """The positions of the class on a bowl, the start first; gradients are given as the engine gives them."""
    with torch.inference_mode():
        position = start.clone()
        position.grad = torch.zeros_like(position)
        optimizer = spec.build([position], **values)
        take = inspect.unwrap(type(optimizer).step)
        positions = [position.clone()]
        for _ in range(steps):
            position.grad.copy_(gradient(position))
            take(optimizer)
            positions.append(position.clone())
    return positions


def gradient(position: Tensor) -> Tensor:
    """The gradient of the bowl at positions (2,) or (2, n)."""
    curvatures = torch.tensor(CURVATURES, dtype=torch.float64)
    return position * (curvatures if position.ndim == 1 else curvatures[:, None])


def can_take_steps(spec: OptimizerSpec) -> Iterator[str]:
    """The class takes steps on two numbers with a given gradient, and its positions stay finite."""
    refusal = spec.refusal()
    if refusal is not None:
        yield f"cannot be used: {refusal}"
        return
    positions = path(spec, torch.tensor(START, dtype=torch.float64), spec.defaults)
    if positions[-1].dtype != torch.float64:
        yield f"{_name(spec)} must keep the positions in float64: got {positions[-1].dtype}."
    elif torch.equal(positions[-1], positions[0]):
        yield f"{_name(spec)} must move the position: it is unchanged after {STEPS} steps with the defaults."
    elif not torch.stack(positions).isfinite().all():
        yield f"{_name(spec)} must take finite steps with the defaults on a bowl: got {positions[-1].tolist()}."


def has_independent_columns(spec: OptimizerSpec) -> Iterator[str]:
    """If the record says that columns are independent, each column walks as if alone."""
    if not spec.elementwise:
        return
    starts = torch.rand(2, 7, dtype=torch.float64, generator=torch.Generator().manual_seed(0)) * 3 - 1.5
    together = path(spec, starts, spec.defaults)[-1]
    alone = torch.stack([path(spec, starts[:, place].clone(), spec.defaults)[-1] for place in range(7)], dim=1)
    if not torch.allclose(together, alone, rtol=EQUAL, atol=EQUAL):
        yield f"{_name(spec)} mixes the numbers of a tensor: the record must say elementwise=False."


def works_at_both_ends_of_its_ranges(spec: OptimizerSpec) -> Iterator[str]:
    """With the lowest and the highest value of each hyperparameter the class takes steps; no position is NaN."""
    for h in spec.hyperparameters:
        for value in (h.low, h.high):
            try:
                positions = path(spec, torch.tensor(START, dtype=torch.float64), spec.defaults | {h.name: value}, 20)
            except (ValueError, ArithmeticError) as problem:
                yield f"the range of {h.name} must hold values that the class accepts: {value:g} raises {problem}."
                continue
            if torch.stack(positions).isnan().any():
                yield f"the range of {h.name} must hold usable values: with {value:g} a position is no number."


def follows_its_rule(spec: OptimizerSpec) -> Iterator[str]:
    """The rule computes the positions of the class, and what torch stores of each line."""
    if not spec.written:
        return
    position = torch.tensor(START, dtype=torch.float64)
    optimizer = spec.build([position], **spec.defaults)
    ruled, memory = position.clone(), dict[str, Any]()
    for step in range(1, STEPS + 1):
        position.grad = gradient(position)
        optimizer.step()
        memory = take_step(spec.rule, spec.defaults, gradient(ruled), ruled, step, memory)
        ruled = torch.as_tensor(memory["position"])
        if not (ruled - position).abs().max() <= AGREES * position.abs().max().clamp(min=1):
            yield (
                f"update_latex must compute the steps of {_name(spec)}: after step {step} on a bowl the class is at "
                f"{_numbers(position)}, the rule at {_numbers(ruled)}."
            )
            return
    state = optimizer.state.get(position, {})
    for line, name in spec.state.items():
        # torch omits a value without effect, such as the velocity at momentum 0.
        if name in state and not torch.allclose(torch.as_tensor(state[name]).double(), memory[line], rtol=1e-6):
            yield f"state: line {line!r} must be what the class stores as {name!r}: the numbers differ."


def has_a_kernel_of_its_class(spec: OptimizerSpec) -> Iterator[str]:
    """A kernel, if the record has one, takes the steps of the class to the last bit."""
    if spec.kernel is not None and not agrees_with_class(spec):
        yield f"kernel must take the steps of {_name(spec)} to the last bit: it does not."


FIRST = (can_take_steps, has_independent_columns, has_a_kernel_of_its_class)
FURTHER = (works_at_both_ends_of_its_ranges, follows_its_rule)


def _name(spec: OptimizerSpec) -> str:
    return f"{spec.torch_class.__module__}.{spec.torch_class.__name__}"


def _numbers(position: Tensor) -> str:
    return f"({position[0].item():.6g}, {position[1].item():.6g})"
