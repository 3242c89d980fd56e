"""Simulate one walk for each value of a hyperparameter, and find the best value."""

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from optimizers import OPTIMIZERS, Hyperparameter
from trajectories.checks import check_whole
from trajectories.ends import Ends, ends_of
from trajectories.once import once
from trajectories.scales import spaced
from trajectories.scenario import MAX_RUNS, Run, Scenario
from trajectories.sentences import show_number, show_text, suggest
from trajectories.settings_map import Axis, ensembles_of
from trajectories.stretch import stretch_of
from trajectories.trajectory import Trajectory, simulate

MOST_VALUES = 2000
T = TypeVar("T")

Likely = Callable[[Ends], NDArray[np.bool_]]
"""``likely(ends)``: for which walks of an ensemble a condition may be true, bool (n,), estimated from their ends."""
Holds = Callable[[Scenario, Sequence[Trajectory]], bool]
"""``holds(scenario, walks)``: whether a condition is true of a scenario and the walks of its runs."""


def sweep(scenario: Scenario, run: int, name: str, values: Iterable[float]) -> list[Trajectory]:
    """Simulate one run of a scenario once for each value of one of its hyperparameters, all else unchanged.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    run : int
        The index of the run, from 0.
    name : str
        The hyperparameter.
    values : iterable of float
        Its values.

    Returns
    -------
    list of Trajectory
        One for each value, in order, with exactly the numbers of ``simulate``.

    Raises
    ------
    ValueError
        If there is no such run or hyperparameter, or a value is out of its range.

    Examples
    --------
    On a quadratic with curvatures 0.04 and 1, gradient descent converges for learning rates below 2:

    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=matyas&start=1,-1&steps=100&run=sgd")
    >>> [float(walk.losses[-1].round(4)) for walk in sweep(scenario, 0, "lr", [0.01, 1.0, 1.9, 2.0])]
    [0.134, 0.0, 0.0, 1.0]
    """
    return _walk_all(scenario, [changed(scenario, run, name, value).runs[run] for value in values])


@once(64)
def sweep_ends(scenario: Scenario, run: int, name: str, values: tuple[float, ...]) -> Ends:
    """How the walks of ``sweep`` end, computed as one ensemble: several times as fast, and equal except for rounding.

    Parameters
    ----------
    scenario, run, name
        As in ``sweep``.
    values : tuple of float
        The values.

    Raises
    ------
    ValueError
        As ``sweep``; or if the optimizer cannot step many walks as one tensor.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=matyas&start=1,-1&steps=100&run=sgd")
    >>> [float(loss.round(4)) for loss in sweep_ends(scenario, 0, "lr", (0.01, 1.0, 1.9, 2.0)).losses]
    [0.134, 0.0, 0.0, 1.0]
    """
    for value in values:
        changed(scenario, run, name, value)
    ((_, columns),) = ensembles_of(scenario, run, (Axis(name=name, run=run),), (values,))
    return ends_of(columns)


def smallest(
    scenario: Scenario, run: int, name: str, step: float, holds: Holds, likely: Likely | None = None
) -> float | None:
    """Find the smallest value of a hyperparameter for which a condition is true.

    Parameters
    ----------
    scenario, run, name
        As in ``sweep``.
    step : float
        All multiples of this number in the hyperparameter's range are tried: a condition that is true for one value
        need not be true for the next.
    holds : callable
        ``holds(scenario, walks)``, called with the scenario that has the value, and with the walks of all its runs.
    likely : callable, optional
        ``likely(ends)``: for which values the condition may be true, bool (n,), estimated from an ensemble's ends. Then
        only these values are simulated as single walks, and the values just below the one that is found.

    Returns
    -------
    float or None
        None where the condition is true for no value.

    Raises
    ------
    ValueError
        If there is no such run or hyperparameter, or if the step does not give a grid of 1 to 2000 values.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=hump&steps=150&run=momentum:lr=0.07")
    >>> smallest(scenario, 0, "momentum", 0.1, lambda _, walks: walks[0].outcome.kind == "global_minimum")
    0.9
    """
    others = simulated(scenario)
    values = grid(hyperparameter(scenario, run, name), step)
    indices = list(range(len(values)))
    if likely is not None:
        indices = np.flatnonzero(likely(sweep_ends(scenario, run, name, tuple(values)))).tolist()

    def first_that_holds(some: Sequence[int]) -> int | None:
        walks = sweep(scenario, run, name, [values[index] for index in some])
        for index, walk in zip(some, walks, strict=True):
            if holds(changed(scenario, run, name, values[index]), (*others[:run], walk, *others[run + 1 :])):
                return index
        return None

    # As many values at once as a scenario may have runs.
    found = next((index for some in _by_eight(indices) if (index := first_that_holds(some)) is not None), None)
    # An ensemble and a single walk may differ by rounding, so the values just below the found one are simulated too.
    while found is not None and likely is not None and found > 0 and first_that_holds([found - 1]) is not None:
        found -= 1
    return None if found is None else values[found]


@once(64)
def tuned(
    scenario: Scenario, values: int = 25, low: float = 0.001, high: float = 1.0
) -> tuple[tuple[float, float], ...]:
    """Find the best learning rate of each run, with the same grid and the same measure for all runs.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    values : int
        The number of learning rates that are tried for each run.
    low, high : float
        The first and the last of them; they are evenly spaced on a log scale.

    Returns
    -------
    tuple of (float, float)
        For each run its best learning rate, the smallest of equally good ones, and its measure: see ``late_loss``.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=plane&steps=150&run=sgd&run=adam")
    >>> [lr for lr, _ in tuned(scenario, values=4, low=0.01, high=10)]
    [10.0, 1.0]
    """
    lrs = spaced(low, high, values, "log")
    best = []
    for run in range(len(scenario.runs)):
        late_losses = sweep_ends(scenario, run, "lr", lrs).late_losses.tolist()
        index = int(np.argmin(late_losses))
        best.append((lrs[index], late_losses[index]))
    return tuple(best)


def first_loss(scenario: Scenario) -> float:
    """The loss at a scenario's start."""
    x, y = torch.tensor(scenario.start, dtype=torch.float64)
    return float(scenario.landscape.loss(x, y))


def late_loss(walk: Trajectory) -> float:
    """The worst loss in the last 5 % of a walk's steps: a low loss on the way to another place does not count.

    Infinite for a walk that ends off the map or diverges: off the map the loss may fall without limit.
    """
    if walk.outcome.kind in {"left_the_map", "diverged"}:
        return math.inf
    return float(walk.losses[-stretch_of(len(walk.losses) - 1) :].max())


def grid(of: Hyperparameter, step: float) -> list[float]:
    """The multiples of a step in a hyperparameter's range, each exact in decimals: 0.29, not 29 * 0.01."""
    if not 0 < step <= of.high or of.high / step > MOST_VALUES:
        raise ValueError(
            f"step of {of.name} must give 1 to {MOST_VALUES} values up to {show_number(of.high)}: "
            f"got {show_number(step)}."
        )
    exact, low, high = (Fraction(show_number(number)) for number in (step, of.low, of.high))
    return [float(exact * k) for k in range(math.ceil(low / exact), math.floor(high / exact) + 1)]


def hyperparameter(scenario: Scenario, run: int, name: str) -> Hyperparameter:
    """The record of a run's hyperparameter; where there is none, a ValueError whose text is a sentence for people."""
    optimizer = scenario.runs[check_whole("run", run, 0, len(scenario.runs) - 1)].optimizer
    known = {h.name: h for h in OPTIMIZERS[optimizer].hyperparameters}
    if name not in known:
        raise ValueError(f"{optimizer} has no {show_text(name)}. {suggest(name, known)}")
    return known[name]


def changed(scenario: Scenario, run: int, name: str, value: float) -> Scenario:
    """The scenario with another value of one hyperparameter of one run."""
    hyperparameter(scenario, run, name)
    runs = list(scenario.runs)
    runs[run] = Run(optimizer=runs[run].optimizer, values={**runs[run].values, name: value})
    return scenario.model_copy(update={"runs": tuple(runs)})


def _walk_all(scenario: Scenario, runs: Sequence[Run]) -> list[Trajectory]:
    """Simulate any number of runs, as many at once as a scenario may have."""
    return [walk for some in _by_eight(runs) for walk in simulated(scenario.model_copy(update={"runs": tuple(some)}))]


def _by_eight(items: Sequence[T]) -> list[Sequence[T]]:
    return [items[first : first + MAX_RUNS] for first in range(0, len(items), MAX_RUNS)]


# The longest walks of eight runs take 3 MB, those of a lesson 50 kB.
@once(48)
def simulated(scenario: Scenario) -> tuple[Trajectory, ...]:
    """The result of ``simulate``, cached: figures and goals need the same few scenarios."""
    return tuple(simulate(scenario))
