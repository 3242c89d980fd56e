"""One optimizer step for TorchScript: the torch operations of the class's own ``step``, without Python around them."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

Step = Callable[[list[Tensor], list[Tensor], list[list[Tensor]], list[float]], None]


@dataclass(frozen=True, kw_only=True)
class Kernel:
    """What a compiled loop calls instead of ``torch.optim``'s ``step``.

    The class takes the first step, which makes its state; the kernel continues on that same state. Bits are equal:
    a test compares every kernel with its class.

    Parameters
    ----------
    step : callable
        ``step(position, gradient, state, values)``, a plain function that TorchScript can compile. Each argument but
        the last is a list of one tensor, as torch's fused kernels take them: a list that is built inside the
        function would be dropped as dead code. ``position`` and ``state`` change in place.
    state : tuple of str
        The names under which torch's optimizer keeps the tensors of ``state``, in that order.
    values : tuple of str
        The hyperparameters of ``values``, in that order.
    """

    step: Step
    state: tuple[str, ...] = ()
    values: tuple[str, ...] = ("lr",)
