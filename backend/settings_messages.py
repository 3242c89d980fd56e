"""The messages about maps of settings: the request, and its answers."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from backend.messages import VERSION, CheckedScenario, Id, Message, Slot, Version
from backend.outcomes import Statement
from trajectories import Axis
from trajectories.sentences import show_value
from trajectories.settings_map import MOST_VALUES, check_axes

WANTED = "axes must be one or two objects with a name, a run and the ends of a range"


class AxisRecord(BaseModel):
    """An axis of a map: see ``trajectories.Axis``.

    Parameters
    ----------
    name : str
        A hyperparameter, or "x", "y", "batch" or "noise".
    run : int
        The index of the run, from 0.
    low, high : float or None
        The range; null: that of the setting's record.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str
    run: int = 0
    low: float | None = None
    high: float | None = None


class SettingsRequest(Message):
    """From the browser: request how walks end for each value of one setting, or for each pair of values of two.

    The answer is a ``SettingsBegin``; for each level, from coarse to fine, a ``SettingsLevel`` and one frame of kind
    ``cells``, whose losses are the worst of the last 5 % of the steps; then ``SettingsDone``.

    Parameters
    ----------
    scenario : Scenario
        The scenario; the values of the axes in it are not used.
    axes : tuple of AxisRecord
        The setting along x, and the one along y if there is one.
    rows, columns : int
        The number of values of the finest level along y and along x; with one axis there is one row.
    live : bool
        Whether a pointer or a slider is being dragged: then only the finest level is sent.
    """

    kind: Literal["settings"] = "settings"
    version: Version = VERSION
    slot: Slot
    id: Id
    scenario: CheckedScenario
    axes: tuple[AxisRecord, ...]
    rows: int
    columns: int
    live: bool = False

    @field_validator("axes", mode="before")
    @classmethod
    def _valid_axes(cls, axes: object, info: ValidationInfo) -> tuple[AxisRecord, ...]:
        scenario = info.data.get("scenario")
        if scenario is None:  # the scenario is invalid, and its error is the one that is reported
            return (AxisRecord(name=""),)
        try:
            records = tuple(AxisRecord.model_validate(axis) for axis in axes)  # type: ignore[attr-defined]
        except (TypeError, ValidationError):
            raise ValueError(f"{WANTED}: got {show_value(axes)}.") from None
        check_axes(scenario, [axis_of(record) for record in records])
        return records

    @field_validator("rows", "columns", mode="before")
    @classmethod
    def _few_values(cls, count: object, info: ValidationInfo) -> int:
        if type(count) is int and 1 <= count <= MOST_VALUES:
            return count
        raise ValueError(f"{info.field_name} must be a whole number from 1 to {MOST_VALUES}: got {show_value(count)}.")


def axis_of(record: AxisRecord) -> Axis:
    """The axis that a record of the browser describes."""
    return Axis(name=record.name, run=record.run, low=record.low, high=record.high)


class LimitLine(BaseModel):
    """A line of theory over the map: see ``trajectories.limits``.

    Parameters
    ----------
    run : int
        The index of the run that it is about.
    statement, sentence : Statement and str
        What it is, as key and arguments; the same as text.
    source : str
        Author, year, equation.
    error, error_sentence : Statement or None, and str
        How far it is from exact, as key and arguments; the same as text. Null and empty if it is exact.
    lines : tuple of tuple of (float, float)
        Lines through points, in the settings' units; between two points a line is straight on the scales of the axes.
        With one axis each has a single point, whose second number is not used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    run: int
    statement: Statement
    sentence: str
    source: str
    error: Statement | None
    error_sentence: str
    lines: tuple[tuple[tuple[float, float], ...], ...]


class SettingsBegin(Message):
    """Before the first level: which runs are simulated.

    Parameters
    ----------
    runs : tuple of int
        The runs, in the order of the tables of each frame.
    """

    kind: Literal["settings"] = "settings"
    version: Version = VERSION
    slot: Slot
    id: int
    runs: tuple[int, ...]


class SettingsLevel(Message):
    """Before each frame: the values of its columns and rows, in rising order.

    Parameters
    ----------
    x, y : tuple of float
        The values along x and along y; with one axis y is empty, and the frame has one row.
    """

    kind: Literal["settings_level"] = "settings_level"
    version: Version = VERSION
    slot: Slot
    id: int
    x: tuple[float, ...]
    y: tuple[float, ...]


class BestCells(BaseModel):
    """The best cells of one run, each as (row, column); null if no cell qualifies.

    Parameters
    ----------
    run : int
        Its index.
    loss : (int, int) or None
        The least late loss.
    steps : (int, int) or None
        The fewest steps to arrive at a minimum.
    tried : int
        How many settings of this run the level has.
    loss_starts, steps_starts : float or None
        With these settings, the share of all starts of the surface's map from which the run arrives at the global
        minimum: of ``ALL_STARTS``. Null if it was not computed: during a gesture, or if the budget is used up.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    run: int
    loss: tuple[int, int] | None
    steps: tuple[int, int] | None
    tried: int
    loss_starts: float | None = None
    steps_starts: float | None = None


class SettingsDone(Message):
    """After the last frame.

    Parameters
    ----------
    rows, columns : int
        The number of cells of the finest level that was sent; 0 if there was none.
    coarse : bool
        Whether it has fewer cells than requested, since the socket has used up its budget.
    wait : float or None
        After how many seconds the socket may have the requested ones; null if never: the walks are too long.
    best : tuple of BestCells
        For each run, of the finest level that was sent.
    limits : tuple of LimitLine
        What theory says about these runs.
    """

    kind: Literal["settings_done"] = "settings_done"
    version: Version = VERSION
    slot: Slot
    id: int
    rows: int
    columns: int
    coarse: bool
    wait: float | None
    best: tuple[BestCells, ...]
    limits: tuple[LimitLine, ...]
