"""Loss and gradient of a landscape at many positions at once: one forward and one backward pass for all."""

import logging
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch

# A second to import, and needed by the first optimizer and by the first trace: here, before there are threads. Two
# threads that begin these imports at once meet in their circular imports and leave them half loaded.
import torch._dynamo
import torch._inductor.config
from cachetools import LRUCache
from torch import Tensor
from torch.fx.experimental.proxy_tensor import make_fx

from surfaces import Landscape
from trajectories.landscapes import catalogue
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
    """A landscape's recorded gradient.

    Parameters
    ----------
    columns : torch.jit.ScriptModule
        (2, n) -> (3, n). Not frozen, so that it can be part of a compiled loop.
    rows : callable
        (WIDTH, 2) -> (WIDTH, 3): the same for the rows of a walk, frozen.
    """

    columns: torch.jit.ScriptModule
    rows: Evaluate


_traced: LRUCache[Landscape, Traced] = LRUCache(64)  # those that were walked on last
_keeping = threading.Lock()


def evaluator(landscape: Landscape) -> Evaluate:
    """The fastest way to evaluate the rows of a walk, (WIDTH, 2) -> (WIDTH, 3), that is ready now.

    All ways give the same bits.
    """
    traced = traced_gradient(landscape)
    return traced.rows if traced is not None else _autograd_rows(landscape)


def columns_evaluator(landscape: Landscape) -> Evaluate:
    """The fastest way to evaluate any number of columns, (2, n) -> (3, n), that is ready now."""
    traced = traced_gradient(landscape)
    return traced.columns if traced is not None else autograd_evaluator(landscape)


def traced_gradient(landscape: Landscape) -> Traced | None:
    """A landscape's recorded gradient, if it is ready."""
    with _keeping:  # looking one up notes that it was used
        return _traced.get(landscape)


def autograd_evaluator(landscape: Landscape) -> Evaluate:
    """Evaluate with plain autograd: the reference of the traced way, and what there is until then."""

    def evaluate(positions: Tensor) -> Tensor:
        with torch.inference_mode(mode=False), torch.enable_grad():
            # Copied, each row lies together in memory: kernels round numbers that are spread out differently.
            x, y = (row.requires_grad_() for row in positions.clone(memory_format=torch.contiguous_format).unbind())
            losses = landscape.loss(x, y)
            return torch.stack((losses.detach(), *slopes(losses, (x, y))))

    return evaluate


def slopes(
    values: Tensor, by: Sequence[Tensor], *, create_graph: bool = False, retain_graph: bool | None = None
) -> tuple[Tensor, ...]:
    """Derivatives of each of some values by its own coordinates; zero where they do not depend on one.

    Parameters
    ----------
    values : Tensor, (n,)
        Computed from ``by``, element by element.
    by : sequence of Tensor, (n,)
        The coordinates.
    create_graph : bool
        Whether the derivatives will be differentiated in their turn.
    retain_graph : bool, optional
        Whether others are still to be differentiated that share a part of their computation; by default, as
        ``create_graph``.
    """
    if not values.requires_grad:  # a constant; and the slope of a plane is one
        return tuple(torch.zeros_like(one) for one in by)
    return torch.autograd.grad(
        values.sum(), by, create_graph=create_graph, retain_graph=retain_graph, materialize_grads=True
    )


def _autograd_rows(landscape: Landscape) -> Evaluate:
    columns = autograd_evaluator(landscape)
    return lambda positions: columns(positions.t()).t()


class _Rows(torch.nn.Module):
    """The gradient of columns for positions that are rows."""

    def __init__(self, columns: torch.nn.Module) -> None:
        super().__init__()
        self.columns = columns

    def forward(self, positions: Tensor) -> Tensor:
        gradient: Tensor = self.columns(positions.t().contiguous()).t()
        return gradient


def trace(landscape: Landscape) -> Traced:
    """Trace forward and backward once, then run the recorded operations without Python and without a tape.

    Three to four times as fast as autograd on a few numbers, where bookkeeping is nearly all of the cost.
    """

    def loss_and_slopes(positions: Tensor) -> Tensor:
        losses, pull_back = torch.func.vjp(landscape.loss, *positions.unbind())[:2]
        return torch.stack((losses, *pull_back(torch.ones_like(losses))))

    example = torch.tensor(landscape.start, dtype=torch.float64)[:, None].repeat(1, WIDTH)
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


def agrees_with_autograd(landscape: Landscape, traced: Traced) -> bool:
    """Whether a trace gives autograd's very bits all over the map, and beyond it, at two widths."""
    (x_low, x_high), (y_low, y_high) = landscape.bounds
    center = torch.tensor([[x_low + x_high], [y_low + y_high]], dtype=torch.float64) / 2
    size = torch.tensor([[x_high - x_low], [y_high - y_low]], dtype=torch.float64)
    expected = autograd_evaluator(landscape)
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
    """Trace every landscape of the catalogue; one that cannot be traced, or not exactly, keeps autograd."""
    for landscape in catalogue():
        if stop is not None and stop.is_set():
            return
        if landscape in _traced:
            continue
        traced = trace_exactly(landscape)
        if traced is not None:
            with _keeping:
                _traced[landscape] = traced


def trace_exactly(landscape: Landscape) -> Traced | None:
    """Trace a landscape; None, and a line in the log, if it cannot be traced or its trace has other bits."""
    try:
        traced = trace(landscape)
        if agrees_with_autograd(landscape, traced):
            return traced
        logger.warning("landscape %s: traced and plain gradient differ; the plain one stays", landscape.key)
    except Exception:  # whatever tracing meets, walks go on with autograd
        logger.warning("landscape %s: cannot be traced; plain autograd stays", landscape.key, exc_info=True)
    return None
