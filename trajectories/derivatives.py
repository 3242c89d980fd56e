"""Derivatives by autograd, at many positions at once."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor


def derivatives_by(
    values: Tensor, by: Sequence[Tensor], *, create_graph: bool = False, retain_graph: bool | None = None
) -> tuple[Tensor, ...]:
    """The derivatives of each value by its own coordinates; zero where a value does not depend on a coordinate.

    Parameters
    ----------
    values : Tensor, (n,)
        Computed from ``by``, element by element.
    by : sequence of Tensor, (n,)
        The coordinates.
    create_graph : bool
        Whether the derivatives will be differentiated again.
    retain_graph : bool, optional
        Whether other values that share a part of the computation will be differentiated afterwards; by default, as
        ``create_graph``.
    """
    if not values.requires_grad:  # a constant, such as the gradient of a plane
        return tuple(torch.zeros_like(one) for one in by)
    return torch.autograd.grad(
        values.sum(), by, create_graph=create_graph, retain_graph=retain_graph, materialize_grads=True
    )


def derivatives_of(
    loss: Callable[[Tensor, Tensor], Tensor], positions: Tensor, *, hessians: bool = True
) -> tuple[Tensor, Tensor, Tensor]:
    """Loss, gradient and Hessian at many positions at once.

    Parameters
    ----------
    loss : callable
        As that of a ``Landscape``.
    positions : Tensor, float64, (n, 2)
        Where it is evaluated.
    hessians : bool
        Whether Hessians are computed; otherwise they are zero.

    Returns
    -------
    losses : Tensor, (n,)
    gradients : Tensor, (n, 2)
    hessians : Tensor, (n, 2, 2)
    """
    with torch.inference_mode(mode=False), torch.enable_grad():
        by = tuple(column.clone().requires_grad_() for column in positions.unbind(-1))
        losses = loss(*by)
        gradients = derivatives_by(losses, by, create_graph=hessians)
        if hessians:
            rows = [torch.stack(derivatives_by(gradient, by, retain_graph=True), -1) for gradient in gradients]
        else:
            rows = [torch.zeros_like(positions)] * 2
    return losses.detach(), torch.stack(gradients, -1).detach(), torch.stack(rows, -2).detach()
