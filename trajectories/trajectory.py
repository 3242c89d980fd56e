"""The record of a run: complete, or in chunks while it is computed."""

import threading
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from trajectories.landscapes import catalogue
from trajectories.loops import compile_all
from trajectories.minimum_levels import minimum_levels
from trajectories.network_walk import NetworkWalk
from trajectories.outcome import Outcome, classify
from trajectories.scenario import Run, Scenario
from trajectories.stepping import COLUMNS, Walk
from trajectories.terrain import typical_gradient
from trajectories.walk import walk_of

# The first chunk is short, so that the first steps are shown at once.
FIRST_CHUNK_SECONDS = 0.025
CHUNK_SECONDS = 0.050
# Steps between two checks of the clock and of cancellation: under a millisecond in a compiled loop, a few without.
STEPS_BETWEEN_CHECKS = 8


@dataclass(frozen=True, kw_only=True, eq=False)
class Trajectory:
    """The record of one run; index 0 is the start.

    Parameters
    ----------
    positions : ndarray, float64, (steps + 1, 2)
        Read-only. Rows after a divergence are NaN, in the other arrays too.
    losses : ndarray, float64, (steps + 1,)
        The loss at each position, without noise and over all examples.
    gradients : ndarray, float64, (steps + 1, 2)
        The gradient at each position as the optimizer gets it: with batches that of the batch, noise included.
    batch_losses : ndarray, float64, (steps + 1,), or None
        The loss of the batch that the gradient belongs to, at the same position; None without batches.
    measures : mapping of str to ndarray, float64, (steps + 1,)
        The other columns of a network's walk by name: see ``network_walk.NetworkWalk``.
    parts : mapping of str to ndarray, (steps + 1, ...)
        The parts of each step, if requested: row n belongs to the step that led to position n, row 0 is NaN.
    settings : Run
        The optimizer and its hyperparameters.
    outcome : Outcome
        How the run ended.
    """

    positions: NDArray[np.float64]
    losses: NDArray[np.float64]
    gradients: NDArray[np.float64]
    batch_losses: NDArray[np.float64] | None = None
    measures: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    parts: Mapping[str, NDArray[np.float64]]
    settings: Run
    outcome: Outcome

    def __post_init__(self) -> None:
        for array in (
            self.positions,
            self.losses,
            self.gradients,
            self.batch_losses,
            *self.measures.values(),
            *self.parts.values(),
        ):
            if array is not None:
                array.flags.writeable = False

    def hyperparameter(self, name: str) -> NDArray[np.float64]:
        """A hyperparameter's value at each step, float64 (steps + 1,).

        Row n is the value with which step n was taken; row 0 is NaN, since no step leads to the start.

        Raises
        ------
        KeyError
            If the optimizer has no such hyperparameter.
        """
        steps = range(1, len(self.losses))
        return np.array([np.nan, *(self.settings.values_at(step)[name] for step in steps)])


@dataclass(frozen=True, kw_only=True, eq=False)
class Chunk:
    """Some consecutive steps of all runs.

    Parameters
    ----------
    first : int
        The step of the first row; 0 is the start.
    values : ndarray, float64, (runs, count, columns)
        The record of each step. Read-only.
    columns : tuple of str
        The names of the last axis of ``values``: x, y, loss, and the gradient along x and y as the optimizer gets
        it; with batches ``batch_loss``, the loss of the batch that this gradient belongs to; then the name of each
        hyperparameter that changes from step to step. Row n of such a column holds the value with which step n was
        taken; row 0 is NaN.
    inside : ndarray, float64, (count, parts, 2), optional
        The parts of one run's steps, if requested: see ``inside.Inside.parts``. Read-only.
    parts : tuple of str
        The keys of these parts, in their order; empty where there are none.
    weights : mapping of int to ndarray, float32, (runs, size)
        All weights of the runs of a network at some of the steps, if they were requested: see ``network_walk``.

    Raises
    ------
    ValueError
        If the number of names differs from the number of columns or parts.
    """

    first: int
    values: NDArray[np.float64]
    columns: tuple[str, ...] = COLUMNS
    inside: NDArray[np.float64] | None = None
    parts: tuple[str, ...] = ()
    weights: Mapping[int, NDArray[np.float32]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        width = 0 if self.inside is None else self.inside.shape[1]
        if (len(self.columns), len(self.parts)) != (self.values.shape[2], width):
            raise ValueError(
                f"A chunk of {self.values.shape[2]} columns and {width} parts needs as many names: "
                f"got {len(self.columns)} and {len(self.parts)}."
            )
        self.values.flags.writeable = False
        if self.inside is not None:
            self.inside.flags.writeable = False


def simulate(scenario: Scenario, *, parts: bool = False) -> list[Trajectory]:
    """Take all steps of a scenario.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    parts : bool
        Whether to record the parts of every step too, which is slower.

    Returns
    -------
    list of Trajectory
        One for each run, in order.

    Examples
    --------
    On a bowl, the distance of plain gradient descent to the minimum shrinks by the same share at every step:

    >>> from trajectories import Run, Scenario, simulate
    >>> run = Run(optimizer="sgd", values={"lr": 1})
    >>> (sgd,) = simulate(Scenario(surface="matyas", start=(1, 1), steps=2, runs=[run]))
    >>> sgd.positions.round(4).tolist()
    [[1.0, 1.0], [0.96, 0.96], [0.9216, 0.9216]]
    """
    walk = walk_of(scenario, inside=range(len(scenario.runs)) if parts else ())
    walk.advance(scenario.steps)
    known = len(COLUMNS) + (1 if scenario.batch else 0)
    return [
        Trajectory(
            positions=walk.record[:, index, :2].copy(),
            losses=walk.record[:, index, 2].copy(),
            gradients=walk.record[:, index, 3:5].copy(),
            batch_losses=walk.record[:, index, 5].copy() if scenario.batch else None,
            measures=MappingProxyType(
                {name: walk.record[:, index, at].copy() for at, name in enumerate(walk.columns) if at >= known}
            ),
            parts=MappingProxyType(walk.inside[index].all_parts() if parts else {}),
            settings=run,
            outcome=outcome,
        )
        for index, (run, outcome) in enumerate(zip(scenario.runs, classify(walk.scenario, walk.record), strict=True))
    ]


def stream(
    scenario: Scenario,
    cancelled: Callable[[], bool] = lambda: False,
    inside: int | None = None,
    first_chunk: float | None = None,
    weights: bool = False,
) -> Generator[Chunk, None, tuple[Outcome, ...]]:
    """Take the steps of a scenario and yield them as they are computed, with exactly the numbers of ``simulate``.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    cancelled : callable
        Called every few steps; once it returns True, the generator ends.
    inside : int, optional
        The run for which the chunks contain the parts of each step.
    first_chunk : float, optional
        Seconds of computing after which the first chunk is yielded, by default 0.025. A walk that ends earlier is
        yielded as one chunk.
    weights : bool
        Whether the chunks contain all weights of a network at some of their steps.

    Yields
    ------
    Chunk
        The first after ``first_chunk``, the others about every 50 ms. Together they contain each step from 0 to the
        last once, in order.

    Returns
    -------
    tuple of Outcome
        The generator's return value: one outcome for each run, or none if it was cancelled. Get it with
        ``outcomes = yield from stream(scenario)``, or from ``StopIteration.value``.

    Examples
    --------
    >>> from trajectories import Run, Scenario, stream
    >>> scenario = Scenario(surface="matyas", start=(1, 1), steps=20, runs=[Run(optimizer="sgd")])
    >>> sum(chunk.values.shape[1] for chunk in stream(scenario))
    21
    """
    deadline = time.perf_counter() + (FIRST_CHUNK_SECONDS if first_chunk is None else first_chunk)
    walk = walk_of(scenario, inside=() if inside is None else (inside,))
    parts = () if inside is None else tuple(walk.inside[inside].names)
    sent = 0
    while not walk.finished:
        if cancelled():
            return ()
        walk.advance(STEPS_BETWEEN_CHECKS)
        if time.perf_counter() >= deadline or walk.step == scenario.steps:
            yield Chunk(
                first=sent,
                values=walk.record[sent : walk.step + 1].transpose(1, 0, 2).copy(),
                columns=walk.columns,
                inside=None if inside is None else walk.inside[inside].parts(sent, walk.step),
                parts=parts,
                weights=_weights_since(walk, sent) if weights else {},
            )
            sent = walk.step + 1
            deadline = time.perf_counter() + CHUNK_SECONDS
    return () if cancelled() else tuple(classify(walk.scenario, walk.record))


def _weights_since(walk: Walk | NetworkWalk, first: int) -> dict[int, NDArray[np.float32]]:
    kept = walk.weights if isinstance(walk, NetworkWalk) else {}
    return {step: weights for step, weights in kept.items() if first <= step <= walk.step}


def warm(stop: threading.Event | None = None) -> None:
    """Prepare fast walks: measure the catalogue's basins, trace its gradients and compile its loops.

    This takes seconds: call it in a separate thread.

    Parameters
    ----------
    stop : threading.Event, optional
        Set it to end the work early when the server stops.
    """
    for landscape in catalogue():
        if stop is not None and stop.is_set():
            return
        if landscape.embedding is not None:
            continue
        typical_gradient(landscape)
        minimum_levels(landscape)
    compile_all(stop)
