"""The compiled loops of the catalogue: made in the background, checked against torch's classes, and cached."""

import inspect
import logging
import threading
from collections.abc import Sequence
from functools import partial

import torch
from cachetools import LRUCache
from torch import Tensor

from optimizers import OPTIMIZERS, OptimizerSpec
from surfaces import Landscape, Model
from trajectories.compiled import CompiledLoop
from trajectories.gradient import Traced, TracedModel, trace_all, traced_gradient, traced_model
from trajectories.landscapes import catalogue
from trajectories.source import GradientSource, source_of

# Steps in the check of a kernel against its class: enough to take each branch of a rule.
CHECK_STEPS = 40
CHECK_BATCH = 3

logger = logging.getLogger(__name__)

# The most recently used ones. All landscapes of one model, with whatever data, use the same loop.
_loops: LRUCache[Landscape | Model, CompiledLoop] = LRUCache(64)
_lock = threading.Lock()


def compiled_loop(landscape: Landscape) -> CompiledLoop | None:
    """A landscape's compiled loop, if it is ready."""
    with _lock:  # reading changes the cache's order of use
        return _loops.get(landscape.model or landscape)


def compile_all(stop: threading.Event | None = None) -> None:
    """Trace every landscape of the catalogue and compile its loop; where that fails, the classes take the steps."""
    trace_all(stop)
    keys = [key for key, spec in OPTIMIZERS.items() if agrees_with_class(spec)]
    for landscape in catalogue():
        if stop is not None and stop.is_set():
            return
        traced = _traced(landscape)  # none for a network: the classes take its steps
        if traced is None or compiled_loop(landscape) is not None:
            continue
        try:
            loop = CompiledLoop(traced, keys)
            if not agrees_with_classes(loop, landscape, keys):
                logger.warning(
                    "landscape %s: its loop and torch's classes differ; the classes stay in use", landscape.key
                )
                continue
            with _lock:
                _loops[landscape.model or landscape] = loop
        except Exception:  # if TorchScript fails for any reason, the classes stay in use
            logger.warning(
                "landscape %s: its loop cannot be compiled; the classes stay in use", landscape.key, exc_info=True
            )


def _traced(landscape: Landscape) -> Traced | TracedModel | None:
    return traced_gradient(landscape) if landscape.model is None else traced_model(landscape.model)


def agrees_with_classes(loop: CompiledLoop, landscape: Landscape, keys: Sequence[str]) -> bool:
    """Whether a loop gives the same bits as the classes, for each optimizer from the landscape's start.

    With data, for all examples and for batches. TorchScript optimizes a loop in its first calls. These are the first
    calls, so that no visitor has to wait for it.
    """
    batches = (0,) if landscape.model is None else (0, CHECK_BATCH)
    return all(_agrees(loop, landscape, keys, batch) for batch in batches)


@torch.inference_mode()
def _agrees(loop: CompiledLoop, landscape: Landscape, keys: Sequence[str], batch: int) -> bool:
    # Two sources, since each gives its batches in order.
    our_source, their_source = (source_of(landscape, batch, 0.0, 0) for _ in range(2))
    ours, theirs = (_present(landscape, source, len(keys)) for source in (our_source, their_source))
    record = torch.zeros(CHECK_STEPS + 1, *ours.shape, dtype=torch.float64)
    kernels = loop.kernels()
    take_steps = []
    for key, our_row, their_row in zip(keys, ours, theirs, strict=True):
        spec = OPTIMIZERS[key]
        loop.add(kernels, key, _first_step(spec, our_row[:2], our_row[3:5]), spec.defaults)
        optimizer = _first_step(spec, their_row[:2], their_row[3:5])
        take_steps.append(partial(inspect.unwrap(type(optimizer).step), optimizer))
    for first in range(1, CHECK_STEPS, CHECK_STEPS // 4):
        loop.take(ours, record, our_source.steps(first, CHECK_STEPS // 4), kernels)
    for step, row in enumerate(record[1:], start=1):
        for take_step in take_steps:
            take_step()
        theirs[:, 2:] = their_source.rows(step, theirs[:, :2])
        if not torch.equal(row.nan_to_num(nan=1.5), theirs.nan_to_num(nan=1.5)):
            return False
    return True


def _present(landscape: Landscape, source: GradientSource, rows: int) -> Tensor:
    """Rows of x, y and the source's results at the landscape's start."""
    positions = torch.tensor(landscape.start, dtype=torch.float64).repeat(rows, 1)
    return torch.cat((positions, source.rows(0, positions)), dim=1)


def _first_step(spec: OptimizerSpec, position: Tensor, gradient: Tensor) -> torch.optim.Optimizer:
    position.grad = gradient
    optimizer = spec.build([position], **spec.defaults)
    inspect.unwrap(type(optimizer).step)(optimizer)
    return optimizer


def agrees_with_class(spec: OptimizerSpec) -> bool:
    """Whether an optimizer has a kernel that moves a position to the same bits as its class."""
    if spec.kernel is None:
        return False
    kernel = spec.kernel
    values = [spec.defaults[name] for name in kernel.values]
    gradients = torch.randn(CHECK_STEPS, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        ours, theirs = torch.ones(2, 2, dtype=torch.float64)
        continued = _first_step(spec, ours, gradients[0].clone())
        reference = _first_step(spec, theirs, gradients[0].clone())
        take_step = inspect.unwrap(type(reference).step)
        state = [[continued.state[ours][name]] for name in kernel.state]
        for gradient in gradients[1:]:
            theirs.grad = gradient
            take_step(reference)
            kernel.step([ours], [gradient], state, values)
    agrees = torch.equal(ours, theirs)
    if not agrees:
        logger.warning("optimizer %s: its kernel and torch's class differ; the class stays in use", spec.key)
    return agrees
