"""The messages about the bifurcation view: the request, and the message before its frame."""

from typing import Literal

from pydantic import ValidationError, ValidationInfo, field_validator

from backend.messages import VERSION, CheckedScenario, Id, Message, Slot, Version
from backend.settings_messages import AxisRecord, axis_of
from trajectories.orbits import MOST_VALUES
from trajectories.sentences import show_value
from trajectories.settings_map import check_axes


class OrbitsRequest(Message):
    """From the browser: request where the last positions of a run lie for each value of one of its settings.

    The answer is one frame of kind ``orbits`` and then ``OrbitsDone``.

    Parameters
    ----------
    scenario : Scenario
        The scenario; the value of the axis in it is not used.
    axis : AxisRecord
        The setting.
    columns : int
        The number of values.
    live : bool
        Whether a pointer or a slider is being dragged.
    """

    kind: Literal["orbits"] = "orbits"
    version: Version = VERSION
    slot: Slot
    id: Id
    scenario: CheckedScenario
    axis: AxisRecord
    columns: int
    live: bool = False

    @field_validator("axis", mode="before")
    @classmethod
    def _valid_axis(cls, axis: object, info: ValidationInfo) -> AxisRecord:
        scenario = info.data.get("scenario")
        if scenario is None:  # the scenario is invalid, and its error is the one that is reported
            return AxisRecord(name="")
        try:
            record = AxisRecord.model_validate(axis)
        except ValidationError:
            raise ValueError(
                f"axis must be an object with a name, a run and the ends of a range: got {show_value(axis)}."
            ) from None
        check_axes(scenario, (axis_of(record),))
        return record

    @field_validator("columns", mode="before")
    @classmethod
    def _few_values(cls, columns: object) -> int:
        if type(columns) is int and 2 <= columns <= MOST_VALUES:
            return columns
        raise ValueError(f"columns must be a whole number from 2 to {MOST_VALUES}: got {show_value(columns)}.")


class OrbitsDone(Message):
    """After the frame.

    Parameters
    ----------
    columns : int
        The number of values that were sent; 0 if the socket has used up its budget.
    wait : float or None
        After how many seconds the socket may have them; null if they were sent, or if the walks are too long.
    """

    kind: Literal["orbits_done"] = "orbits_done"
    version: Version = VERSION
    slot: Slot
    id: int
    columns: int
    wait: float | None
