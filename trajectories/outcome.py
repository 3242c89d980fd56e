"""What became of a run: the judge's verdict, with its message."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from surfaces import Landscape
from trajectories.basins import is_global
from trajectories.judge import Judge
from trajectories.message import Message
from trajectories.minima import minima_of
from trajectories.scenario import Scenario
from trajectories.verdicts import KINDS, Kind

__all__ = ["KINDS", "Kind", "Outcome", "classify"]

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
    message : Message
        The same for people: what happened, with its numbers.
    """

    kind: Kind
    step: int
    message: Message

    def as_json(self) -> dict[str, object]:
        """Its fields as plain values."""
        return {"kind": self.kind, "step": self.step, "message": self.message.as_json()}


def classify(scenario: Scenario, record: NDArray[np.float64]) -> list[Outcome]:
    """Say how each run of a scenario ended.

    Parameters
    ----------
    scenario : Scenario
        What was walked.
    record : ndarray, float64, (steps + 1, runs, 5)
        x, y, loss, and the gradient along x and y; NaN after a divergence. See ``stepping.Walk``.

    Returns
    -------
    list of Outcome
        One for each run, by ``judge.Judge``.
    """
    landscape = scenario.landscape
    judge = Judge(landscape, len(record) - 1, record.shape[1], noisy=bool(scenario.noise))
    judge.see_many(0, torch.from_numpy(record))
    verdicts = judge.verdicts()
    outcomes = []
    for index in range(len(scenario.runs)):
        kind, step = KINDS[int(verdicts.kinds[index])], int(verdicts.steps[index])
        positions = record[:, index, :2]
        message = describe(landscape, kind, step, len(record) - 1, int(verdicts.minima[index]), positions[-1])
        outcomes.append(Outcome(kind=kind, step=step, message=message))
    return outcomes


def describe(
    landscape: Landscape, kind: Kind, step: int, steps: int, minimum: int, end: NDArray[np.float64]
) -> Message:
    """What happened to a walk, as a message.

    Parameters
    ----------
    landscape : Landscape
        What it descended.
    kind, step, minimum
        The judge's verdict: see ``verdicts.Verdicts``.
    steps : int
        How many steps it took.
    end : ndarray, float64, (2,)
        Its last position.
    """
    lost = kind == "left_the_map" and bool(np.abs(end / landscape.size).max() > FAR)
    match kind:
        case "still_moving":
            return Message("outcome.still_moving", steps=steps)
        case "circling":
            lowest = is_global(landscape, minima_of(landscape)[minimum].value)
            return Message(f"outcome.circling_{'global' if lowest else 'local'}", step=step)
        case "left_the_map" if step == 0:
            return Message("outcome.began_off_the_map")
        case "left_the_map" if lost:
            return Message("outcome.ran_away", step=step)
        case _:
            return Message(f"outcome.{kind}", step=step)
