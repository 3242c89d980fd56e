"""Steps by an optimizer's rule, with a tensor for each hyperparameter: one value for each column of an ensemble."""

import logging
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from formulas import Value
from optimizers import OPTIMIZERS, OptimizerSpec
from optimizers.evaluate import take_step
from trajectories.gradient import WIDTH
from trajectories.once import once
from trajectories.torchscript import torchscript

logger = logging.getLogger(__name__)

Step = Callable[[Tensor, Tensor, Tensor, tuple[Tensor, ...], tuple[Tensor, ...]], tuple[Tensor, ...]]
"""``step(position, gradient, t, memory, values)``: the new position, then the new memory."""


class RuleStepper:
    """Steps columns by an optimizer's rule.

    Parameters
    ----------
    spec : OptimizerSpec
        The optimizer.
    values : mapping of str to float or Tensor, float64, (n,)
        Every hyperparameter.
    """

    def __init__(self, spec: OptimizerSpec, values: Mapping[str, float | Tensor]) -> None:
        self._step = rule_step(spec.key)
        self._values = tuple(torch.as_tensor(values[h.name], dtype=torch.float64) for h in spec.hyperparameters)
        self._memory = _initial(spec)
        self._t = torch.zeros((), dtype=torch.float64)

    def take(self, positions: Tensor, gradients: Tensor) -> Tensor:
        """The positions after one more step, (2, n)."""
        self._t += 1
        moved, *memory = self._step(positions, gradients, self._t, self._memory, self._values)
        self._memory = tuple(memory)
        return moved


def _initial(spec: OptimizerSpec) -> tuple[Tensor, ...]:
    """The rule's memory before the first step: scalars, which broadcast to the columns in that step."""
    remembered = (line for line in spec.rule.lines if line.key in spec.rule.remembered)
    return tuple(torch.tensor(line.initial, dtype=torch.float64) for line in remembered)


@once(64)
def rule_step(optimizer: str) -> Step:
    """One step of a rule as a function of tensors: traced if the trace gives the same bits, else evaluated."""
    spec = OPTIMIZERS[optimizer]
    keys = [line.key for line in spec.rule.lines if line.key in spec.rule.remembered]
    names = [h.name for h in spec.hyperparameters]

    def evaluated(
        position: Tensor, gradient: Tensor, t: Tensor, memory: tuple[Tensor, ...], values: tuple[Tensor, ...]
    ) -> tuple[Tensor, ...]:
        known, named = dict(zip(keys, memory, strict=True)), dict(zip(names, values, strict=True))
        step = take_step(spec.rule, named, gradient, position, t, known)
        return tuple(_tensor(step[key]) for key in ("position", *keys))

    try:
        with torchscript(), torch.no_grad():
            trace: Callable[..., Step] = torch.jit.trace
            recorded = trace(evaluated, _example(spec, WIDTH, 1), check_trace=False)
            for width, t in ((WIDTH, 1), (4 * WIDTH, 3), (4 * WIDTH, 30)):
                example = _example(spec, width, t)
                for one, other in zip(evaluated(*example), recorded(*example), strict=True):
                    if not torch.equal(one, other):
                        raise ValueError(f"traced and evaluated steps differ at step {t}")
    except Exception:  # if tracing fails for any reason, the rule itself is evaluated
        logger.warning("optimizer %s: its rule cannot be traced; it is evaluated instead", spec.key, exc_info=True)
        return evaluated
    return recorded


def _example(
    spec: OptimizerSpec, width: int, t: int
) -> tuple[Tensor, Tensor, Tensor, tuple[Tensor, ...], tuple[Tensor, ...]]:
    """Arguments for a step, with one value for each column of every hyperparameter."""
    position, gradient = torch.rand(2, 2, width, dtype=torch.float64, generator=torch.Generator().manual_seed(t))
    memory = (
        tuple(torch.full((2, width), 0.5, dtype=torch.float64) for _ in _initial(spec)) if t > 1 else _initial(spec)
    )
    values = tuple(torch.full((width,), h.default, dtype=torch.float64) for h in spec.hyperparameters)
    return position, gradient, torch.tensor(float(t), dtype=torch.float64), memory, values


def _tensor(value: Value) -> Tensor:
    return value if isinstance(value, Tensor) else torch.tensor(value, dtype=torch.float64)
