"""The messages about the examples of a step: which are in its batch, and what they do to the step."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from backend.messages import VERSION, Id, Message, Slot, Version
from trajectories import Scenario
from trajectories.sentences import show_value

Pair = tuple[float, float]


class _AboutData(Message):
    """A request about the examples of a scenario, whose surface has data."""

    version: Version = VERSION
    slot: Slot
    id: Id
    scenario: Scenario

    @field_validator("scenario", mode="before")
    @classmethod
    def _scenario_with_data(cls, scenario: object) -> Scenario:
        checked = Scenario.model_validate(scenario)
        if checked.landscape.example_count == 0:
            raise ValueError(f"surface must be one with data: got {show_value(checked.surface)}.")
        return checked


def _whole(name: str, number: object, most: int) -> int:
    if type(number) is int and 0 <= number <= most:
        return number
    raise ValueError(f"{name} must be a whole number from 0 to {most}: got {show_value(number)}.")


class ExamplesRequest(_AboutData):
    """From the browser: request the gradients of the examples that one step of one run uses.

    Parameters
    ----------
    slot : str
        One of ``SLOTS``; a newer request ends the older one of its slot.
    id : int
        The browser's number for the request; the answer carries it.
    scenario : Scenario
        The scenario, on a surface with data and two weights.
    run : int
        The index of the run.
    step : int
        The steps taken before: the step that begins at this position.
    losses : bool
        Whether the loss of the batch on the map is requested as well.
    landings : bool
        Whether the ends of the step with other batches are requested as well.
    """

    kind: Literal["examples"] = "examples"
    run: int
    step: int
    losses: bool = False
    landings: bool = False

    @field_validator("scenario")
    @classmethod
    def _scenario_of_two_weights(cls, scenario: Scenario) -> Scenario:
        if scenario.landscape.examples is None:
            raise ValueError(f"surface must be one with data and two weights: got {show_value(scenario.surface)}.")
        return scenario

    @field_validator("run", mode="before")
    @classmethod
    def _one_of_the_runs(cls, run: object, info: ValidationInfo) -> int:
        scenario = info.data.get("scenario")  # None: the scenario is invalid, and its error is the one that is reported
        return 0 if scenario is None else _whole("run", run, len(scenario.runs) - 1)

    @field_validator("step", mode="before")
    @classmethod
    def _one_of_the_steps(cls, step: object, info: ValidationInfo) -> int:
        scenario = info.data.get("scenario")
        return 0 if scenario is None else _whole("step", step, scenario.steps)


class BatchesRequest(_AboutData):
    """From the browser: request which examples are in the batches of the steps from ``first`` on.

    The order of the examples does not depend on the start and on the runs, so it is requested once and not sent with
    every walk.
    """

    kind: Literal["batches"] = "batches"
    first: int

    @field_validator("first", mode="before")
    @classmethod
    def _one_of_the_steps(cls, first: object, info: ValidationInfo) -> int:
        scenario = info.data.get("scenario")
        return 0 if scenario is None else _whole("first", first, scenario.steps)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BatchMap(_Part):
    """The loss of a batch on an even grid over the map, as tones of the map, and the levels of the map's lines.

    Parameters
    ----------
    columns, rows : int
        The number of points along x and along y; the first and the last lie on the bounds of the map.
    tones : tuple of float
        Row after row; y increases with the row, x with the column. Losses lower or higher than any on the map have
        tones below 0 or above 1.
    levels : tuple of float
        The tones of the map's contour lines.
    """

    columns: int
    rows: int
    tones: tuple[float, ...]
    levels: tuple[float, ...]


class Landings(_Part):
    """Where the step would end with other batches.

    Parameters
    ----------
    own : (float, float)
        With the walk's own batch.
    others : tuple of (float, float)
        With other batches of the same size; positions that are not finite are left out.
    batches : int
        With how many batches the step was taken, the walk's own included.
    every : bool
        Whether these are all batches of this size; else they were drawn at random.
    """

    own: Pair
    others: tuple[Pair, ...]
    batches: int
    every: bool


class Examples(Message):
    """The answer to an ``ExamplesRequest``.

    Parameters
    ----------
    batch : tuple of int
        The examples of the step's batch by their index; without batches all examples.
    gradients : tuple of (float, float)
        The gradient of each of them at the position where the step begins, in the order of ``batch``.
    batch_gradient, full_gradient : (float, float)
        The mean of these, and the gradient over all examples.
    map : BatchMap or None
        The loss of the batch, if it was requested.
    landings : Landings or None
        The ends of the step with other batches, if they were requested.
    """

    kind: Literal["examples"] = "examples"
    version: Version = VERSION
    slot: Slot
    id: int
    run: int
    step: int
    batch: tuple[int, ...]
    gradients: tuple[Pair, ...]
    batch_gradient: Pair
    full_gradient: Pair
    map: BatchMap | None
    landings: Landings | None


class Batches(Message):
    """The answer to a ``BatchesRequest``.

    Parameters
    ----------
    first : int
        The first step of the answer: that of the request.
    count : int
        How many examples there are.
    batches : tuple of tuple of int
        For each step from ``first`` on, the examples of its batch by their index. There are as many steps as fit into
        ``backend.examples.MOST_INDICES`` numbers.
    """

    kind: Literal["batches"] = "batches"
    version: Version = VERSION
    slot: Slot
    id: int
    first: int
    count: int
    batches: tuple[tuple[int, ...], ...]
