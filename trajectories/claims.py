"""Checks whether a lesson's claims and goals are true, from the walks of a scenario."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lessons.base import Goal, Smallest
from lessons.claim import Claim
from trajectories.minima import minima_of
from trajectories.minimum_levels import RADIUS
from trajectories.scenario import Scenario
from trajectories.sentences import show_number, show_text
from trajectories.spread import LAST
from trajectories.sweep import smallest
from trajectories.trajectory import Trajectory
from trajectories.verdicts import KINDS

CLOSE = 0.01  # relative tolerance of a claimed length


def holds(claim: Claim, scenario: Scenario, walks: Sequence[Trajectory]) -> bool:
    """Whether a claim is true of a scenario's walks.

    Parameters
    ----------
    claim : Claim
        The claim.
    scenario : Scenario
        The scenario.
    walks : sequence of Trajectory
        The result of ``simulate``: one walk for each run, in order.

    Returns
    -------
    bool
        True if every part of the claim is true. A claim about a run that the scenario does not have is false.

    Examples
    --------
    >>> from trajectories import parse_link, simulate
    >>> scenario, _ = parse_link("surface=hump&steps=150&run=sgd:lr=0.05")
    >>> holds(Claim(run=0, outcome="local_minimum", by=100), scenario, simulate(scenario))
    True
    """
    itself = next(_misses(claim, scenario, walks), None) is None
    return itself and all(holds(other, scenario, walks) for other in claim.also)


def explain(claim: Claim, scenario: Scenario, walks: Sequence[Trajectory]) -> str:
    """Sentences on the parts of a claim that are false; empty where the claim is true.

    Examples
    --------
    >>> from trajectories import parse_link, simulate
    >>> scenario, _ = parse_link("surface=hump&steps=150&run=sgd:lr=0.05")
    >>> explain(Claim(run=0, outcome="global_minimum"), scenario, simulate(scenario))
    'Run 0 (SGD): outcome should be global_minimum, and is local_minimum.'
    """
    misses = list(_misses(claim, scenario, walks))
    if not misses:
        return " ".join(filter(None, (explain(other, scenario, walks) for other in claim.also)))
    label = f" ({scenario.runs[claim.run].label})" if claim.run < len(scenario.runs) else ""
    return f"Run {claim.run}{label}: {'; '.join(misses)}."


def reached(goal: Goal, own: Scenario, scenario: Scenario, walks: Sequence[Trajectory]) -> bool:
    """Whether a goal of a lesson is reached.

    Parameters
    ----------
    goal : Goal
        The goal.
    own : Scenario
        The lesson's own scenario; the goal names the parts of it that must not change.
    scenario : Scenario
        The learner's scenario.
    walks : sequence of Trajectory
        The result of ``simulate`` for it.

    Examples
    --------
    >>> from lessons import LESSONS
    >>> from trajectories import parse_link, simulate
    >>> goal = LESSONS["hump"].goals[0]  # the smallest momentum
    >>> own, _ = parse_link(LESSONS["hump"].scenario)
    >>> scenario, _ = parse_link(goal.solution)
    >>> reached(goal, own, own, simulate(own)), reached(goal, own, scenario, simulate(scenario))
    (False, True)
    """
    unchanged = all(getattr(scenario, part) == getattr(own, part) for part in goal.keep)
    if not unchanged or not holds(goal.claim, scenario, walks):
        return False
    return goal.smallest is None or _is_smallest(goal.smallest, goal.claim, scenario)


def measured(claim: Claim, scenario: Scenario, walks: Sequence[Trajectory]) -> list[tuple[int, str, float]]:
    """The present value of everything for which a claim gives a range.

    Parameters
    ----------
    claim : Claim
        The claim.
    scenario : Scenario
        The scenario.
    walks : sequence of Trajectory
        The result of ``simulate``.

    Returns
    -------
    list of (int, str, float)
        The index of the run, one of ``lessons.claim.RANGES``, and the value, which may be infinite or NaN. Runs that
        the scenario does not have are left out.

    Examples
    --------
    >>> from trajectories import parse_link, simulate
    >>> scenario, _ = parse_link("surface=cars_standardized&steps=200&batch=1&run=sgd:lr=0.1")
    >>> [(run, name, round(value, 2)) for run, name, value in measured(
    ...     Claim(run=0, spread=(0, 0.05)), scenario, simulate(scenario)
    ... )]
    [(0, 'spread', 0.13)]
    """
    own = [
        (claim.run, part, measure(scenario, walks[claim.run]))
        for part, (_, _, measure) in _MEASURES.items()
        if getattr(claim, part) is not None and claim.run < len(walks)
    ]
    return own + [found for other in claim.also for found in measured(other, scenario, walks)]


def _is_smallest(wanted: Smallest, claim: Claim, scenario: Scenario) -> bool:
    """Whether a hyperparameter, rounded to the grid, has the smallest value for which the claim is true."""
    values = scenario.runs[wanted.run].values if wanted.run < len(scenario.runs) else {}
    if wanted.name not in values:
        return False
    likely = None
    if claim.run == wanted.run and claim.outcome in KINDS:
        kind = KINDS.index(claim.outcome)
        likely = lambda ends: ends.kinds == kind  # noqa: E731
    least = smallest(scenario, wanted.run, wanted.name, wanted.step, partial(holds, claim), likely)
    return least is not None and values[wanted.name] < least + wanted.step / 2


def _misses(claim: Claim, scenario: Scenario, walks: Sequence[Trajectory]) -> Iterator[str]:
    """A sentence for each false part of a claim, without its ``also``."""
    for run in (claim.run, claim.beats):
        if run is not None and run >= len(walks):
            yield f"there is no run {run}, only {len(walks)}"
            return
    walk = walks[claim.run]
    yield from _of_outcome(claim, scenario, walk)
    yield from _of_loss(claim, walks)
    if claim.first_step is not None and not math.isclose(_first_step(walk), claim.first_step, rel_tol=CLOSE):
        yield f"its first step should be {show_number(claim.first_step)} of lr, and is {show_number(_first_step(walk))}"
    for word, point, place in (("start", claim.start, 0), ("end", claim.near, -1)):
        if point is not None and not _away(scenario, walk, point)[place] <= RADIUS:
            yield f"it should {word} near {point}, and {word}s at {tuple(walk.positions[place].tolist())}"
    yield from _of_ranges(claim, scenario, walk)


def _of_ranges(claim: Claim, scenario: Scenario, walk: Trajectory) -> Iterator[str]:
    for part, (name, unit, measure) in _MEASURES.items():
        claimed: tuple[float, float] | None = getattr(claim, part)
        if claimed is not None and not claimed[0] <= (value := measure(scenario, walk)) <= claimed[1]:
            low, high = map(show_number, claimed)
            yield f"its {name} should be {low} to {high}{unit}, and is {value:.3g}"


def _of_outcome(claim: Claim, scenario: Scenario, walk: Trajectory) -> Iterator[str]:
    if claim.outcome is None:
        return
    if claim.outcome not in KINDS:
        raise ValueError(f"outcome must be one of {', '.join(KINDS)}: got {show_text(claim.outcome)}.")
    if claim.outcome == "left_the_map" and walk.outcome.kind == "diverged" and _was_outside(scenario, walk):
        return  # it left the map, and its numbers overflowed later
    if walk.outcome.kind != claim.outcome:
        yield f"outcome should be {claim.outcome}, and is {walk.outcome.kind}"
    elif claim.by is not None and walk.outcome.step > claim.by:
        yield f"it should be there by step {claim.by}, and is at step {walk.outcome.step}"


def _was_outside(scenario: Scenario, walk: Trajectory) -> bool:
    low, high = np.array(scenario.landscape.bounds).T
    return bool(((walk.positions < low) | (walk.positions > high)).any())


def _of_loss(claim: Claim, walks: Sequence[Trajectory]) -> Iterator[str]:
    loss = _final_loss(walks[claim.run])
    bars = [("", claim.below)] if claim.below is not None else []
    if claim.beats is not None:
        bars.append((f"run {claim.beats}'s ", _final_loss(walks[claim.beats])))
    for whose, bar in bars:
        if not loss < bar:
            yield f"its loss should be below {whose}{show_number(bar)}, and is {show_number(loss)}"


def _final_loss(walk: Trajectory) -> float:
    """The last loss; infinity where it is NaN, so that a diverged run is worse than any other."""
    loss = float(walk.losses[-1])
    return math.inf if math.isnan(loss) else loss


def _first_step(walk: Trajectory) -> float:
    return float(np.abs(walk.positions[1] - walk.positions[0]).max()) / float(walk.hyperparameter("lr")[1])


def _spread(scenario: Scenario, walk: Trajectory) -> float:
    """The root of the mean squared distance from the global minimum over the last half of a walk, in shares of the map.

    Infinite where the distances overflow or no minimum is known.
    """
    minima = minima_of(scenario.landscape)
    if not minima or not np.isfinite(walk.positions).all():
        return math.inf
    away = _away(scenario, walk, (minima[0].x, minima[0].y))[round(LAST * scenario.steps) :]
    with np.errstate(over="ignore"):
        return float(np.sqrt((away**2).mean()))


def _held(_scenario: Scenario, walk: Trajectory) -> float:
    """The share of a network's path that the plane holds; NaN on other surfaces, and where the walk has diverged."""
    if "distance" not in walk.measures:
        return math.nan
    with np.errstate(over="ignore", invalid="ignore"):
        away, moved = (float((walk.measures[name] ** 2).sum()) for name in ("distance", "moved"))
    return 1 - away / moved if moved > 0 else math.nan


def _last(name: str) -> Callable[[Scenario, Trajectory], float]:
    """What computes the last value of a network's measure; NaN on surfaces that do not have it."""
    return lambda _scenario, walk: float(walk.measures[name][-1]) if name in walk.measures else math.nan


def _away(scenario: Scenario, walk: Trajectory, point: tuple[float, float]) -> NDArray[np.float64]:
    """The distances from a point to the positions of a walk, (steps + 1,), in shares of the map."""
    with np.errstate(over="ignore"):
        away: NDArray[np.float64] = np.hypot(*((walk.positions - point) / scenario.landscape.size).T)
    return away


# What a claim can give a range for: its name in a sentence, its unit, and what computes it.
_MEASURES: Mapping[str, tuple[str, str, Callable[[Scenario, Trajectory], float]]] = {
    "spread": ("spread", " of the map", _spread),
    "held": ("share held by the plane", "", _held),
    "accuracy": ("accuracy", "", _last("accuracy")),
    "validation": ("validation loss", "", _last("validation_loss")),
}
