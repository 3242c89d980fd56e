"""Loss and gradient of every example of a model, at many positions at once.

The full gradient, the gradient of a batch and the gradients of single examples all come from one function, which is
traced once per model: examples are its arguments, so a trace serves any data and any batch.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.fx.experimental.proxy_tensor import make_fx

from surfaces import Model
from trajectories.torchscript import trace_graph

EvaluateExamples = Callable[[Tensor, Tensor, Tensor], Tensor]
"""Positions (2, m), inputs (inputs, n) or (inputs, m, n), targets (n,) or (m, n) -> loss, gradient along x and along y
of every example at every position, (3, m, n)."""

# The shape of the trace's example; the trace itself has no shapes.
_POSITIONS, _EXAMPLES = 8, 5


def autograd_examples(model: Model) -> EvaluateExamples:
    """Evaluate with plain autograd: the reference for the trace, and used until that is ready."""

    def evaluate(positions: Tensor, inputs: Tensor, targets: Tensor) -> Tensor:
        with torch.inference_mode(mode=False), torch.enable_grad():
            # Every pair of position and example has weights of its own, so no derivative is a sum.
            x, y = (
                row[:, None].expand(-1, targets.shape[-1]).contiguous().requires_grad_()
                for row in positions.clone().unbind()
            )
            losses = model.example_loss(x, y, inputs.clone(), targets.clone())
            gradient = torch.autograd.grad(losses.sum(), (x, y), materialize_grads=True)
            return torch.stack((losses.detach(), *gradient))

    return evaluate


EvaluateData = Callable[[Tensor, list[Tensor], list[Tensor]], Tensor]
"""The signature of ``Mean.forward``."""


class Mean(torch.nn.Module):
    """The mean loss over all examples, and the mean gradient over all of them or over a batch.

    Parameters
    ----------
    examples : EvaluateExamples
        Loss and gradient of every example; as a ScriptModule, so that this module can be scripted.
    losses : callable
        The loss of every example, (m, n), with the same arguments.
    """

    def __init__(self, examples: Any, losses: Any) -> None:
        super().__init__()
        self.examples = examples
        self.losses = losses

    def forward(self, positions: Tensor, data: list[Tensor], batch: list[Tensor]) -> Tensor:
        """Loss and gradient, (3, m); with a batch also the loss of the batch, (4, m).

        Parameters
        ----------
        positions : Tensor, float64, (2, m)
            The positions.
        data : list of Tensor
            Inputs, (inputs, n), and targets, (n,).
        batch : list of Tensor
            The examples of the batch by their index, int64, (size,) or, for each position its own, (m, size); without
            such a tensor the gradient is that of all examples.
        """
        inputs, targets = data
        if len(batch) == 0:
            results: Tensor = self.examples(positions, inputs, targets).mean(2)
            return results
        which = batch[0]
        if which.dim() == 1:  # the same examples for all positions, which are selected faster in this way
            examples = self.examples(positions, inputs.index_select(1, which), targets.index_select(0, which))
        else:
            examples = self.examples(positions, inputs[:, which], targets[which])
        own = examples.mean(2)
        losses = self.losses(positions, inputs, targets).mean(1)
        return torch.cat((losses[None], own[1:], own[:1]))


def losses_of(model: Model) -> EvaluateExamples:
    """The losses of every example at every position, (m, n), without gradients."""

    def evaluate(positions: Tensor, inputs: Tensor, targets: Tensor) -> Tensor:
        x, y = (positions[:, :, None] + torch.zeros_like(targets)).unbind()
        return model.example_loss(x, y, inputs, targets)

    return evaluate


def trace_losses(model: Model) -> Any:
    """Trace the losses of a model's examples: a ScriptModule with the signature of ``losses_of``."""
    example = _sample(model, _POSITIONS, _EXAMPLES)
    return trace_graph(make_fx(losses_of(model))(*example), example)


def trace_examples(model: Model) -> Any:
    """Trace the evaluation of a model's examples: a ScriptModule with the signature of ``EvaluateExamples``."""
    example = _sample(model, _POSITIONS, _EXAMPLES)

    def loss_and_gradient(positions: Tensor, inputs: Tensor, targets: Tensor) -> Tensor:
        x, y = (positions[:, :, None] + torch.zeros_like(targets)).unbind()
        losses, pull_back = torch.func.vjp(lambda x, y: model.example_loss(x, y, inputs, targets), x, y)[:2]
        return torch.stack((losses, *pull_back(torch.ones_like(losses))))

    return trace_graph(make_fx(loss_and_gradient)(*example), example)


def examples_agree(model: Model, examples: EvaluateExamples, losses: EvaluateExamples) -> bool:
    """Whether traces give the same bits as autograd for other numbers of positions and examples, and for batches."""
    pairs = ((autograd_examples(model), examples), (losses_of(model), losses))
    for positions, count in ((_POSITIONS, _EXAMPLES), (_POSITIONS, 1), (_POSITIONS, 50), (37, 17)):
        shared = _sample(model, positions, count)
        own = shared[0], shared[1][:, None].repeat(1, positions, 1), shared[2].repeat(positions, 1)
        for expected, traced in pairs:
            for sample in (shared, own):
                with torch.inference_mode():
                    found = traced(*sample)
                exact = expected(*sample).nan_to_num(nan=1.5)
                if found.shape != exact.shape or not torch.equal(found.nan_to_num(nan=1.5), exact):
                    return False
    return True


def _sample(model: Model, positions: int, examples: int) -> tuple[Tensor, Tensor, Tensor]:
    """Positions, inputs and targets of these numbers, at random."""
    generator = torch.Generator().manual_seed(positions * examples)

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, dtype=torch.float64, generator=generator)

    # Targets of 0 and 1 suit classes, and numbers as well.
    return 3 * normal(2, positions), normal(len(model.dataset.inputs), examples), (normal(examples) > 0).double()
