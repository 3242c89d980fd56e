"""Loss and gradient of a surface at several positions at once: one forward and one backward for all."""

import logging
import threading
import warnings
from collections.abc import Callable

import torch

# A second to import, and needed by the first optimizer and by the first trace: here, before there are threads. Two that
# begin these imports at once trip over their circles, and leave them broken for everybody after.
import torch._dynamo
import torch._inductor.config
from torch import Tensor
from torch.fx.experimental.proxy_tensor import make_fx

from surfaces import SURFACES, Surface
from trajectories.scenario import MAX_RUNS

Evaluate = Callable[[Tensor], Tensor]
"""Positions (MAX_RUNS, 2) in; loss, slope along x and slope along y (MAX_RUNS, 3) out."""

# Eight rows, whatever the number of runs: a kernel may round the rest of a row differently from whole
# vectors, and no run may change in its last digit because another one joined or was hidden.
WIDTH = MAX_RUNS

logger = logging.getLogger(__name__)
_traced: dict[str, Evaluate] = {}


def evaluator(surface: Surface) -> Evaluate:
    """The fastest way to evaluate a surface that is ready now; all of them give the same bits."""
    return _traced.get(surface.key) or autograd_evaluator(surface)


def autograd_evaluator(surface: Surface) -> Evaluate:
    """Evaluate with plain autograd: what the traced way is held against, and what there is until then."""

    def evaluate(positions: Tensor) -> Tensor:
        with torch.inference_mode(mode=False), torch.enable_grad():
            x, y = (row.requires_grad_() for row in _rows(positions).unbind())
            losses = surface.loss(x, y)
            slopes = torch.autograd.grad(losses.sum(), (x, y))
            return torch.stack((losses.detach(), *slopes), 1)

    return evaluate


def _rows(positions: Tensor) -> Tensor:
    """x and y, each lying together in memory: kernels round numbers that are spread out differently."""
    return positions.t().clone(memory_format=torch.contiguous_format)


def traced_evaluator(surface: Surface) -> Evaluate:
    """Trace forward and backward once, then run the recorded operations without Python and without a tape.

    Three to four times as fast as autograd on so few numbers, where bookkeeping is nearly all of the cost.
    """
    ones = torch.ones(WIDTH, dtype=torch.float64)

    def loss_and_slopes(positions: Tensor) -> Tensor:
        losses, pull_back = torch.func.vjp(surface.loss, *_rows(positions).unbind())[:2]
        return torch.stack((losses, *pull_back(ones)), 1)

    example = torch.zeros(WIDTH, 5, dtype=torch.float64)[:, :2] + torch.tensor(surface.start, dtype=torch.float64)
    graph = make_fx(loss_and_slopes)(example)
    for node in graph.graph.find_nodes(op="call_function", target=torch.ops.aten.pow.Tensor_Scalar):
        if node.args[1] == 1:  # what is left of a square's derivative
            node.replace_all_uses_with(node.args[0])
    graph.graph.eliminate_dead_code()
    graph.recompile()
    with warnings.catch_warnings():
        # TorchScript is no longer developed, but its successors need a C++ compiler on the server; without
        # it all works as before, only slower: see ``warm``.
        warnings.filterwarnings(
            "ignore", message=r".*torch\.jit\..* is (deprecated|not supported)", category=DeprecationWarning
        )
        with torch.inference_mode():
            traced: Evaluate = torch.jit.freeze(
                torch.jit.trace(graph.eval(), (example,), check_trace=False)  # type: ignore[no-untyped-call]
            )
            for _ in range(3):
                traced(example)  # its first calls optimize the graph
    return traced


def agrees_with_autograd(surface: Surface, evaluate: Evaluate) -> bool:
    """Whether an evaluator gives autograd's very bits all over the map, and beyond it."""
    (x_low, x_high), (y_low, y_high) = surface.bounds
    center = torch.tensor([x_low + x_high, y_low + y_high], dtype=torch.float64) / 2
    size = torch.tensor([x_high - x_low, y_high - y_low], dtype=torch.float64)
    expected = autograd_evaluator(surface)
    generator = torch.Generator().manual_seed(0)
    for reach in (0.0, 0.01, 0.5, 1.0, 3.0, 1e3, 1e200):
        positions = center + reach * size * (2 * torch.rand(WIDTH, 2, dtype=torch.float64, generator=generator) - 1)
        with torch.inference_mode():
            if not torch.equal(evaluate(positions).nan_to_num(nan=1.5), expected(positions).nan_to_num(nan=1.5)):
                return False
    return True


def trace_all(stop: threading.Event | None = None) -> None:
    """Trace every surface; one that cannot be traced, or not exactly, keeps autograd."""
    for surface in SURFACES.values():
        if stop is not None and stop.is_set():
            return
        if surface.key in _traced:
            continue
        try:
            evaluate = traced_evaluator(surface)
            if agrees_with_autograd(surface, evaluate):
                _traced[surface.key] = evaluate
            else:
                logger.warning("surface %s: traced and plain gradient differ; the plain one stays", surface.key)
        except Exception:  # whatever tracing meets, walking goes on with autograd
            logger.warning("surface %s: cannot be traced; plain autograd stays", surface.key, exc_info=True)
