"""One optimizer step for TorchScript: the torch operations of the class's ``step``, without its Python code."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

Step = Callable[[list[Tensor], list[Tensor], list[list[Tensor]], list[float]], None]


@dataclass(frozen=True, kw_only=True)
class Kernel:
    """The function that a compiled loop calls instead of the ``step`` of a ``torch.optim`` class.

    The class takes the first step, which creates its state; the kernel continues with the same state. The results are
    equal bit for bit: a test compares every kernel with its class.

    Parameters
    ----------
    step : callable
        ``step(position, gradient, state, values)``, a plain function that TorchScript can compile. Each argument but
        the last is a list of one tensor, because torch's fused kernels take lists, and TorchScript would remove a
        list that the function itself creates as dead code. ``position`` and ``state`` change in place.
    state : tuple of str
        The names of the tensors of ``state`` in the state of torch's optimizer, in that order.
    values : tuple of str
        The names of the hyperparameters in ``values``, in that order.
    """

    step: Step
    state: tuple[str, ...] = ()
    values: tuple[str, ...] = ("lr",)
