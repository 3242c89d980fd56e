"""Loss and gradient of a landscape at many positions at once: one forward and one backward pass for all of them."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

import torch

# The first optimizer and the first trace need these modules, which take a second to import. They are imported here,
# before threads are started: they import each other, and two threads that import them at once find them incomplete.
import torch._dynamo
import torch._inductor.config
from cachetools import LRUCache
from torch import Tensor
from torch.fx.experimental.proxy_tensor import make_fx

from surfaces import Landscape, Model
from trajectories.derivatives import derivatives_by
from trajectories.examples import (
    EvaluateData,
    EvaluateExamples,
    Mean,
    autograd_examples,
    examples_agree,
    losses_of,
    trace_examples,
    trace_losses,
)
from trajectories.landscapes import catalogue
from trajectories.scenario import MAX_RUNS
from trajectories.torchscript import torchscript, trace_graph

Evaluate = Callable[[Tensor], Tensor]
"""Positions (2, n) -> loss, gradient along x and along y (3, n), for any n, column by column."""

# Always eight rows, whatever the number of runs: a kernel may round an incomplete vector differently from a complete
# one, and no run may change in its last digit because another run was added or hidden.
WIDTH = MAX_RUNS
OTHER_WIDTH = 4 * WIDTH  # a trace that works only for the width of its example fails at this one

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Traced:
    """A landscape's traced gradient.

    Parameters
    ----------
    columns : torch.jit.ScriptModule
        (2, n) -> (3, n). Not frozen, so that it can be part of a compiled loop.
    rows : callable
        (WIDTH, 2) -> (WIDTH, 3): the same for the rows of a walk, frozen.
    """

    columns: torch.jit.ScriptModule
    rows: Evaluate


@dataclass(frozen=True, eq=False)
class TracedModel:
    """A model's traced functions.

    Parameters
    ----------
    examples : torch.jit.ScriptModule
        Loss and gradient of every example: see ``examples.EvaluateExamples``.
    mean : torch.nn.Module
        Not scripted, so that it can be part of a compiled loop.
    evaluate : EvaluateData
        The same, scripted and frozen.
    """

    examples: torch.jit.ScriptModule
    mean: Mean
    evaluate: EvaluateData


_traced: LRUCache[Landscape, Traced] = LRUCache(64)  # the most recently used ones
# A model's trace does not depend on its data, so it serves every edit of them and every batch.
_models: LRUCache[Model, TracedModel] = LRUCache(64)
_lock = threading.Lock()


def evaluator(landscape: Landscape) -> Evaluate:
    """The fastest function that is ready now for the rows of a walk, (WIDTH, 2) -> (WIDTH, 3).

    The traced function and autograd give the same bits.
    """
    if landscape.model is not None:
        columns = columns_evaluator(landscape)
        return lambda positions: columns(positions.t().contiguous()).t()
    traced = traced_gradient(landscape)
    return traced.rows if traced is not None else _autograd_rows(landscape)


def columns_evaluator(landscape: Landscape) -> Evaluate:
    """The fastest function that is ready now for any number of columns, (2, n) -> (3, n)."""
    if landscape.model is not None and landscape.examples is not None:
        evaluate, data = data_evaluator(landscape.model), [landscape.examples.inputs, landscape.examples.targets]
        return lambda positions: evaluate(positions, data, [])
    traced = traced_gradient(landscape)
    return traced.columns if traced is not None else autograd_evaluator(landscape)


def examples_evaluator(model: Model) -> EvaluateExamples:
    """The fastest function that is ready now for single examples, (3, m, n)."""
    traced = traced_model(model)
    return traced.examples if traced is not None else autograd_examples(model)


def data_evaluator(model: Model) -> EvaluateData:
    """The fastest function that is ready now for the mean over examples, all of them or a batch: see ``Mean``."""
    traced = traced_model(model)
    return traced.evaluate if traced is not None else Mean(autograd_examples(model), losses_of(model))


def traced_model(model: Model) -> TracedModel | None:
    """A model's traced functions, if they are ready."""
    with _lock:
        return _models.get(model)


def traced_gradient(landscape: Landscape) -> Traced | None:
    """A landscape's traced gradient, if it is ready."""
    with _lock:  # reading changes the cache's order of use
        return _traced.get(landscape)


def autograd_evaluator(landscape: Landscape) -> Evaluate:
    """Evaluate with plain autograd: the reference for the traced gradient, and used until that is ready."""

    def evaluate(positions: Tensor) -> Tensor:
        with torch.inference_mode(mode=False), torch.enable_grad():
            # After the copy each row is contiguous: kernels round numbers that are not contiguous differently.
            x, y = (row.requires_grad_() for row in positions.clone(memory_format=torch.contiguous_format).unbind())
            losses = landscape.loss(x, y)
            return torch.stack((losses.detach(), *derivatives_by(losses, (x, y))))

    return evaluate


def _autograd_rows(landscape: Landscape) -> Evaluate:
    columns = autograd_evaluator(landscape)
    return lambda positions: columns(positions.t()).t()


class _Rows(torch.nn.Module):
    """The gradient for positions that are rows, by the function for columns."""

    def __init__(self, columns: torch.nn.Module) -> None:
        super().__init__()
        self.columns = columns

    def forward(self, positions: Tensor) -> Tensor:
        gradient: Tensor = self.columns(positions.t().contiguous()).t()
        return gradient


def trace(landscape: Landscape) -> Traced:
    """Trace the forward and backward pass once; the traced operations then run without Python and autograd.

    Three to four times as fast as autograd, which on a few numbers spends nearly all of its time in its own management.
    """

    def loss_and_gradient(positions: Tensor) -> Tensor:
        losses, pull_back = torch.func.vjp(landscape.loss, *positions.unbind())[:2]
        return torch.stack((losses, *pull_back(torch.ones_like(losses))))

    example = torch.tensor(landscape.start, dtype=torch.float64)[:, None].repeat(1, WIDTH)
    graph = make_fx(loss_and_gradient)(example)
    _free_width(graph)
    columns = trace_graph(graph, (example,))
    with torchscript(), torch.inference_mode():
        rows = torch.jit.freeze(torch.jit.script(_Rows(columns).eval()))
        for _ in range(3):
            rows(example.t())  # TorchScript optimizes the graph in the first calls
    return Traced(columns=columns, rows=rows)


def _free_width(graph: torch.fx.GraphModule) -> None:
    """Replace fixed widths by the input's width."""
    for node in graph.graph.find_nodes(op="call_function", target=torch.ops.aten.view.default):
        values, shape = node.args
        if shape.count(WIDTH) == 1:
            node.args = (values, [-1 if size == WIDTH else size for size in shape])


def agrees_with_autograd(landscape: Landscape, traced: Traced) -> bool:
    """Whether a trace gives the same bits as autograd on the map and beyond it, at two widths."""
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
    """Trace every landscape of the catalogue; where a trace fails or is not exact, autograd stays in use."""
    for landscape in catalogue():
        if stop is not None and stop.is_set():
            return
        if landscape.model is not None:
            trace_model(landscape.model)
            continue
        if landscape in _traced or landscape.embedding is not None:
            continue
        traced = trace_exactly(landscape)
        if traced is not None:
            with _lock:
                _traced[landscape] = traced


def trace_model(model: Model) -> None:
    """Trace a model's examples; if that fails or the trace gives other bits, autograd stays in use."""
    if model in _models:
        return
    try:
        examples, losses = trace_examples(model), trace_losses(model)
        if examples_agree(model, examples, losses):
            mean = Mean(examples, losses).eval()
            with torchscript(), torch.inference_mode():
                evaluate = torch.jit.freeze(torch.jit.script(mean))
            with _lock:
                _models[model] = TracedModel(examples=examples, mean=mean, evaluate=evaluate)
            return
        logger.warning("model on %s: traced and autograd differ; autograd stays in use", model.dataset.key)
    except Exception:  # if tracing fails for any reason, autograd stays in use
        logger.warning("model on %s: cannot be traced; autograd stays in use", model.dataset.key, exc_info=True)


def trace_exactly(landscape: Landscape) -> Traced | None:
    """Trace a landscape; None, and a warning in the log, if tracing fails or the trace gives other bits."""
    try:
        traced = trace(landscape)
        if agrees_with_autograd(landscape, traced):
            return traced
        logger.warning("landscape %s: traced gradient and autograd differ; autograd stays in use", landscape.key)
    except Exception:  # if tracing fails for any reason, autograd stays in use
        logger.warning("landscape %s: cannot be traced; autograd stays in use", landscape.key, exc_info=True)
    return None
