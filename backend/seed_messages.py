"""The messages about many seeds of a scenario: the request for a fan of walks, and its answers."""

from typing import Literal

from pydantic import ValidationInfo, field_validator

from backend.messages import VERSION, CheckedScenario, Id, Message, Slot, Version
from trajectories.clouds import Pair
from trajectories.sentences import show_value
from trajectories.thinning import LEAST_POINTS

MOST_COUNT, MOST_POINTS = 64, 1024


class SeedsRequest(Message):
    """From the browser: request the walks of some runs with many seeds.

    For each run the answer is a ``Fan`` and then one frame of kind ``fan``; at the end a ``Fanned``.

    Parameters
    ----------
    scenario : Scenario
        The scenario; its seed is the first one of the fan, and the others are the numbers after it.
    runs : tuple of int
        The indices of the runs.
    count : int
        How many seeds.
    points : int
        The largest number of points of a path.
    live : bool
        Whether a pointer or a slider is being dragged.
    """

    kind: Literal["seeds"] = "seeds"
    version: Version = VERSION
    slot: Slot
    id: Id
    scenario: CheckedScenario
    runs: tuple[int, ...]
    count: int
    points: int
    live: bool = False

    @field_validator("runs", mode="before")
    @classmethod
    def _different_runs(cls, runs: object, info: ValidationInfo) -> tuple[int, ...]:
        scenario = info.data.get("scenario")
        if scenario is None:  # the scenario is invalid, and its error is the one that is reported
            return (0,)
        most = len(scenario.runs) - 1
        if (
            isinstance(runs, list | tuple)
            and 1 <= len(runs) <= most + 1
            and all(type(run) is int and 0 <= run <= most for run in runs)
            and len(set(runs)) == len(runs)
        ):
            return tuple(runs)
        raise ValueError(f"runs must be different numbers from 0 to {most}, at least one: got {show_value(runs)}.")

    @field_validator("count", mode="before")
    @classmethod
    def _few_seeds(cls, count: object) -> int:
        return _whole("count", count, 1, MOST_COUNT)

    @field_validator("points", mode="before")
    @classmethod
    def _few_points(cls, points: object) -> int:
        return _whole("points", points, LEAST_POINTS, MOST_POINTS)


def _whole(name: str, number: object, low: int, high: int) -> int:
    if type(number) is int and low <= number <= high:
        return number
    raise ValueError(f"{name} must be a whole number from {low} to {high}: got {show_value(number)}.")


class CloudRecord(Message):
    """The ends of a fan that are nearest to one minimum: see ``trajectories.clouds.Cloud``."""

    minimum: int
    count: int
    center: Pair
    axes: tuple[Pair, Pair]
    deviations: Pair


class Fan(Message):
    """Before the frame of a run: how its walks end.

    Parameters
    ----------
    run : int
        The index of the run in the request.
    count, arrived, circled : int
        How many walks there are, how many of them arrive at a minimum, and how many circle one until the end.
    clouds : tuple of CloudRecord
        The clouds of the ends.
    """

    kind: Literal["fan"] = "fan"
    version: Version = VERSION
    slot: Slot
    id: int
    run: int
    count: int
    arrived: int
    circled: int
    clouds: tuple[CloudRecord, ...]


class Fanned(Message):
    """After the last frame of a fan.

    Parameters
    ----------
    runs : tuple of int
        The runs that were sent.
    wait : float or None
        After how many seconds the socket may have those that are missing, since it has used up its budget; null if none
        is missing.
    """

    kind: Literal["fanned"] = "fanned"
    version: Version = VERSION
    slot: Slot
    id: int
    runs: tuple[int, ...]
    wait: float | None
