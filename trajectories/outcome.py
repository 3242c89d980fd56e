"""Where a run ended up."""

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from surfaces import Landscape
from trajectories.advice import BOUNCING, advise
from trajectories.minima import lowest, minima_of
from trajectories.scenario import Run, Scenario
from trajectories.terrain import is_steep, standstill_near

Kind = Literal["global minimum", "local minimum", "saddle", "flat", "still moving", "left the map", "diverged"]
KINDS: tuple[Kind, ...] = get_args(Kind)

SENTENCES: dict[Kind, str] = {
    "global minimum": "reached the global minimum at step {step}",
    "local minimum": "caught in a local minimum since step {step}",
    "saddle": "resting on a saddle since step {step}",
    "flat": "resting on flat ground since step {step}",
    "still moving": "still moving after {steps}",
    "left the map": "left the map at step {step}",
    "diverged": "diverged at step {step}",
}

RADIUS = 0.02  # of the map's width and height: so near to a point counts as being there
REST_SHARE = 0.05  # of the steps, at least REST_STEPS: so long must a run have been there
REST_STEPS = 3
FAR = 100  # maps away: that is no excursion any more


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a run ended.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    step : int
        The step since when it is so: arrival, the last departure from the map, divergence; the last
        step for a run that is still moving.
    sentence : str
        For people, without a full stop: "reached the global minimum at step 83".
    advice : str
        What to try, to be read on after a colon: "halve lr, to 0.05".
    """

    kind: Kind
    step: int
    sentence: str
    advice: str


def classify(scenario: Scenario, run: Run, positions: NDArray[np.float64], diverged: int | None) -> Outcome:
    """Say how a run ended.

    Parameters
    ----------
    scenario : Scenario
        What was walked.
    run : Run
        Whose outcome it is.
    positions : ndarray, float64, (steps + 1, 2)
        Where it was.
    diverged : int or None
        The first step at which a number was not finite.
    """
    kind: Kind = "diverged"
    step = diverged
    if step is None:
        kind, step = _arrival(scenario.landscape, positions)
    maps = positions / scenario.landscape.size
    lost = kind == "diverged" or (kind == "left the map" and bool(np.abs(maps[-1]).max() > FAR))
    advice = advise(kind, step, scenario, run, positions, lost)
    return Outcome(kind=kind, step=step, sentence=_sentence(kind, step, maps, lost), advice=advice)


def _sentence(kind: Kind, step: int, maps: NDArray[np.float64], lost: bool) -> str:
    """What became of a run, in words that its path bears out; ``maps``: its positions, in widths and heights of one."""
    sentence = SENTENCES[kind].format(step=step, steps="1 step" if step == 1 else f"{step} steps")
    if kind == "left the map" and step == 0:
        return "began off the map and stayed there"
    if kind == "left the map" and lost:
        return f"{sentence} and diverges"
    if kind in ("global minimum", "local minimum") and _circles(maps[step:]):
        return f"circles the {kind} since step {step}"
    return sentence


def _circles(stay: NDArray[np.float64]) -> bool:
    """Whether somebody near a point goes round it, or to and fro, and does not come to rest."""
    recent = stay[-max(REST_STEPS, len(stay) // 4) :]
    walked = float(np.hypot(*np.diff(recent, axis=0).T).sum())
    return walked > RADIUS and float(np.hypot(*(recent[-1] - recent[0]))) < BOUNCING * walked


def _arrival(landscape: Landscape, positions: NDArray[np.float64]) -> tuple[Kind, int]:
    """The kind of place where a run ended, and the step since when it is there."""
    low, high = np.array(landscape.bounds).T
    outside = ((positions < low) | (positions > high)).any(axis=1)
    if outside[-1]:
        return "left the map", _since(outside)
    last = len(positions) - 1
    rested = last - min(max(REST_STEPS, math.ceil(REST_SHARE * last)), last)
    end_x, end_y = positions[-1].tolist()
    width, height = size = landscape.size
    minima = sorted(minima_of(landscape), key=lambda m: math.hypot((end_x - m.x) / width, (end_y - m.y) / height))
    for nearest in minima[:1]:
        since = _since(_near(positions, (nearest.x, nearest.y), size))
        if since <= rested:
            return _minimum(landscape, nearest.value), since
    since = _since(_near(positions, (end_x, end_y), size))
    kind = _standing(landscape, end_x, end_y) if since <= rested else "still moving"
    return kind, last if kind == "still moving" else since


def _near(positions: NDArray[np.float64], point: tuple[float, float], size: tuple[float, float]) -> NDArray[np.bool_]:
    away: NDArray[np.float64] = (positions - point) / size
    near: NDArray[np.bool_] = np.einsum("ij,ij->i", away, away) <= RADIUS**2
    return near


def _since(holds: NDArray[np.bool_]) -> int:
    """The first step from which it holds to the end; one past the end if it does not hold there."""
    broken = np.flatnonzero(~holds)
    return int(broken[-1]) + 1 if broken.size else 0


def _standing(landscape: Landscape, x: float, y: float) -> Kind:
    """What somebody rests on who is near no minimum that is known or found."""
    if is_steep(landscape, x, y):
        return "still moving"
    width, height = landscape.size
    standstill = standstill_near(landscape, x, y, reach=(RADIUS * width, RADIUS * height))
    if standstill is None:
        return "still moving"
    match standstill.bends:
        case (-1, 1):
            return "saddle"
        case (0 | 1, 1):  # a level trough counts: there is no way down
            return _minimum(landscape, standstill.loss)
        case _:
            return "flat"


def _minimum(landscape: Landscape, loss: float) -> Kind:
    bottom = lowest(landscape)
    if bottom is None or math.isclose(loss, bottom, rel_tol=1e-4, abs_tol=1e-5):
        return "global minimum"  # or the only one that anybody knows of
    return "local minimum"
