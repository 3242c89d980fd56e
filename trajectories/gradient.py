"""Loss and gradient of a surface at many positions at once: one forward and one backward pass for all."""

import logging
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch

# A second to import, and needed by the first optimizer and by the first trace: here, before there are threads. Two
# threads that begin these imports at once meet in their circular imports and leave them half loaded.
import torch._dynamo
import torch._inductor.config
from torch import Tensor
from torch.fx.experimental.proxy_tensor import make_fx

from surfaces import SURFACES, Surface
from trajectories.scenario import MAX_RUNS

Evaluate = Callable[[Tensor], Tensor]
"""Positions (2, n) in; loss, gradient along x and along y (3, n) out. Any n; column by column."""

# Eight rows, whatever the number of runs: a kernel may round the rest of a row differently from whole
# vectors, and no run may change in its last digit because another one joined or was hidden.
WIDTH = MAX_RUNS
OTHER_WIDTH = 4 * WIDTH  # a trace that has learned the width of its example by heart fails here

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Traced:
    """A surface's recorded gradient.

    Parameters
    ----------
    columns : torch.jit.ScriptModule
        (2, n) -> (3, n). Not frozen, so that it can be part of a compiled loop.
    rows : callable
        (WIDTH, 2) -> (WIDTH, 3): the same for the rows of a walk, frozen.
    """

    columns: torch.jit.ScriptModule
    rows: Evaluate


_traced: dict[str, Traced] = {}


def evaluator(surface: Surface) -> Evaluate:
    """The fastest way to evaluate the rows of a walk, (WIDTH, 2) -> (WIDTH, 3), that is ready now.

    All ways give the same bits.
    """
    traced = traced_gradient(surface)
    return traced.rows if traced is not None else _autograd_rows(surface)


def columns_evaluator(surface: Surface) -> Evaluate:
    """The fastest way to evaluate any number of columns, (2, n) -> (3, n), that is ready now."""
    traced = traced_gradient(surface)
    return traced.columns if traced is not None else autograd_evaluator(surface)


def traced_gradient(surface: Surface) -> Traced | None:
    """A surface's recorded gradient, if it is ready."""
    return _traced.get(surface.key)


def autograd_evaluator(surface: Surface) -> Evaluate:
    """Evaluate with plain autograd: the reference of the traced way, and what there is until then."""

    def evaluate(positions: Tensor) -> Tensor:
        with torch.inference_mode(mode=False), torch.enable_grad():
            # Copied, each row lies together in memory: kernels round numbers that are spread out differently.
            x, y = (row.requires_grad_() for row in positions.clone(memory_format=torch.contiguous_format).unbind())
            losses = surface.loss(x, y)
            slopes = torch.autograd.grad(losses.sum(), (x, y))
            return torch.stack((losses.detach(), *slopes))

    return evaluate


def _autograd_rows(surface: Surface) -> Evaluate:
    columns = autograd_evaluator(surface)
    return lambda positions: columns(positions.t()).t()


class _Rows(torch.nn.Module):
    """The gradient of columns for positions that are rows."""

    def __init__(self, columns: torch.nn.Module) -> None:
        super().__init__()
        self.columns = columns

    def forward(self, positions: Tensor) -> Tensor:
        gradient: Tensor = self.columns(positions.t().contiguous()).t()
        return gradient


def trace(surface: Surface) -> Traced:
    """Trace forward and backward once, then run the recorded operations without Python and without a tape.

    Three to four times as fast as autograd on a few numbers, where bookkeeping is nearly all of the cost.
    """

    def loss_and_slopes(positions: Tensor) -> Tensor:
        losses, pull_back = torch.func.vjp(surface.loss, *positions.unbind())[:2]
        return torch.stack((losses, *pull_back(torch.ones_like(losses))))

    example = torch.tensor(surface.start, dtype=torch.float64)[:, None].repeat(1, WIDTH)
    graph = make_fx(loss_and_slopes)(example)
    _simplify(graph)
    with torchscript(), torch.inference_mode():
        columns = torch.jit.trace(graph.eval(), (example,), check_trace=False)  # type: ignore[no-untyped-call]
        rows = torch.jit.freeze(torch.jit.script(_Rows(columns).eval()))
        for _ in range(3):
            rows(example.t())  # its first calls optimize the graph
    return Traced(columns=columns, rows=rows)


def _simplify(graph: torch.fx.GraphModule) -> None:
    """Drop powers of one, which are what is left of a square's derivative, and let shapes follow the input's width."""
    for node in graph.graph.find_nodes(op="call_function", target=torch.ops.aten.pow.Tensor_Scalar):
        if node.args[1] == 1:
            node.replace_all_uses_with(node.args[0])
    for node in graph.graph.find_nodes(op="call_function", target=torch.ops.aten.view.default):
        values, shape = node.args
        if shape.count(WIDTH) == 1:
            node.args = (values, [-1 if size == WIDTH else size for size in shape])
    graph.graph.eliminate_dead_code()
    graph.recompile()


@contextmanager
def torchscript() -> Iterator[None]:
    """Silence TorchScript's one warning.

    It is no longer developed, but its successors need a C++ compiler on the server. Without it everything works as
    before, only slower.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message=r".*torch\.jit\..* is (deprecated|not supported)", category=DeprecationWarning
        )
        yield


def agrees_with_autograd(surface: Surface, traced: Traced) -> bool:
    """Whether a trace gives autograd's very bits all over the map, and beyond it, at two widths."""
    (x_low, x_high), (y_low, y_high) = surface.bounds
    center = torch.tensor([[x_low + x_high], [y_low + y_high]], dtype=torch.float64) / 2
    size = torch.tensor([[x_high - x_low], [y_high - y_low]], dtype=torch.float64)
    expected = autograd_evaluator(surface)
    generator = torch.Generator().manual_seed(0)
    for reach in (0.0, 0.01, 0.5, 1.0, 3.0, 1e3, 1e200):
        for width in (WIDTH, OTHER_WIDTH):
            noise = torch.rand(2, width, dtype=torch.float64, generator=generator)
            positions = center + reach * size * (2 * noise - 1)
            with torch.inference_mode():
                found = [traced.columns(positions)]
                if width == WIDTH:
                    found.append(traced.rows(positions.t()).t())
            exact = expected(positions).nan_to_num(nan=1.5)
            if not all(torch.equal(results.nan_to_num(nan=1.5), exact) for results in found):
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
            traced = trace(surface)
            if agrees_with_autograd(surface, traced):
                _traced[surface.key] = traced
            else:
                logger.warning("surface %s: traced and plain gradient differ; the plain one stays", surface.key)
        except Exception:  # whatever tracing meets, walks go on with autograd
            logger.warning("surface %s: cannot be traced; plain autograd stays", surface.key, exc_info=True)
