"""The outcome of a run: the judge's verdict, with its message."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from surfaces import Landscape
from trajectories.judge import Judge
from trajectories.message import Message
from trajectories.minima import minima_of
from trajectories.minimum_levels import is_global
from trajectories.network_outcome import judge_network
from trajectories.scenario import Scenario
from trajectories.spread import Spread, spread_of
from trajectories.verdicts import KINDS, NOWHERE, Kind

__all__ = ["KINDS", "Kind", "Outcome", "classify"]

FAR = 100  # map sizes: for a walk that ends farther away than this, the message says that it diverges


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a run ended.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    step : int
        The step from which the outcome holds until the end: arrival, the last departure from the map, divergence;
        for a run that is still moving, the last step.
    message : Message
        What happened, and at which steps.
    spread : Spread, optional
        How far noise spreads the run around the minimum, where a formula predicts it.
    """

    kind: Kind
    step: int
    message: Message
    spread: Spread | None = None

    def as_json(self) -> dict[str, object]:
        """Its fields as plain values."""
        return {"kind": self.kind, "step": self.step, "message": self.message.as_json()}


def classify(scenario: Scenario, record: NDArray[np.float64]) -> list[Outcome]:
    """Determine the outcome of each run of a scenario.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    record : ndarray, float64, (steps + 1, runs, 5 or more)
        x, y, loss, and the gradient along x and y; NaN after a divergence. Other columns are not used. See
        ``stepping.Walk``.

    Returns
    -------
    list of Outcome
        One for each run, by ``judge.Judge``, and for networks by ``network_outcome.judge_network``.
    """
    landscape = scenario.landscape
    if landscape.embedding is not None:
        return _classify_networks(landscape, record)
    judge = Judge(landscape, len(record) - 1, record.shape[1], noisy=scenario.noisy)
    judge.add_steps(0, torch.from_numpy(record[:, :, :5]))
    verdicts = judge.verdicts()
    outcomes = []
    for index in range(len(scenario.runs)):
        kind, step = KINDS[int(verdicts.kinds[index])], int(verdicts.steps[index])
        end = Ending(
            kind=kind,
            step=step,
            exit=int(verdicts.exits[index]),
            minimum=int(verdicts.minima[index]),
            position=record[-1, index, :2],
        )
        message = describe(landscape, end, len(record) - 1)
        if kind == "diverged" and landscape.formula is not None and _is_near(landscape, record[step, index, :2]):
            message = Message("outcome.undefined", step=step)
        spread = spread_of(scenario, index, record[:, index, :2])
        outcomes.append(Outcome(kind=kind, step=step, message=message, spread=spread))
    return outcomes


def _is_near(landscape: Landscape, position: NDArray[np.float64]) -> bool:
    """Whether a position is near enough to the map that its loss cannot be too large for a number."""
    return bool(np.abs(position / landscape.size).max() <= FAR)


def _classify_networks(landscape: Landscape, record: NDArray[np.float64]) -> list[Outcome]:
    outcomes = []
    for index, (kind, step, exit_step) in enumerate(judge_network(landscape, record)):
        end = Ending(kind=kind, step=step, exit=exit_step, minimum=NOWHERE, position=record[-1, index, :2])
        message = describe(landscape, end, len(record) - 1)
        if kind == "flat":
            message = Message("outcome.network_rests", step=step)
        outcomes.append(Outcome(kind=kind, step=step, message=message))
    return outcomes


@dataclass(frozen=True, kw_only=True, eq=False)
class Ending:
    """How one walk ended, as the judge gives it.

    Parameters
    ----------
    kind, step, exit, minimum
        The judge's verdict: see ``verdicts.Verdicts``.
    position : ndarray, float64, (2,)
        The last position.
    """

    kind: Kind
    step: int
    exit: int
    minimum: int
    position: NDArray[np.float64]


def describe(landscape: Landscape, end: Ending, steps: int) -> Message:
    """What happened to a walk, as a message.

    Parameters
    ----------
    landscape : Landscape
        The landscape that it descended.
    end : Ending
        How it ended.
    steps : int
        The number of its steps.
    """
    match end.kind:
        case "still_moving":
            return Message("outcome.still_moving", steps=steps)
        case "circling":
            lowest = is_global(landscape, minima_of(landscape)[end.minimum].value)
            return Message(f"outcome.circling_{'global' if lowest else 'local'}", step=end.step)
        case "left_the_map" if end.step == 0:
            return Message("outcome.began_off_the_map")
        case "left_the_map":
            lost = bool(np.abs(end.position / landscape.size).max() > FAR)
            if end.exit < end.step:
                return Message(
                    "outcome.ran_away_again" if lost else "outcome.left_again", first=end.exit, step=end.step
                )
            return Message("outcome.ran_away" if lost else "outcome.left_the_map", step=end.step)
        case _:
            return Message(f"outcome.{end.kind}", step=end.step)
