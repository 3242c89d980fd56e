"""The messages about maps of every start: the request for a map of basins, and its answers."""

from typing import Literal

from pydantic import ValidationInfo, field_validator

from backend.messages import VERSION, CheckedScenario, Id, Message, Slot, Version
from trajectories.basin_map import MOST_ROWS, Window, check_window
from trajectories.sentences import show_value

MOST_COMPARED = 2
Runs = tuple[int, ...]


class MapRequest(Message):
    """From the browser: request where the walks of one or two runs end, from every cell of a map.

    The answer is a ``Map`` and then frames of kind ``cells``, from a coarse map to one of ``rows`` x ``columns``, each
    map in strips of rows; then ``Mapped``.

    Parameters
    ----------
    scenario : Scenario
        The scenario; its start is not used.
    runs : tuple of int
        The indices of the runs, one or two.
    window : ((float, float), (float, float)) or None
        The ranges of x and y that the cells fill; null: the bounds of the map.
    rows, columns : int
        The number of cells of the finest map.
    live : bool
        Whether a pointer or a slider is being dragged: then only the finest map is sent, and nothing is said about
        sensitive starts.
    """

    kind: Literal["map"] = "map"
    version: Version = VERSION
    slot: Slot
    id: Id
    scenario: CheckedScenario
    runs: Runs
    window: Window | None = None
    rows: int
    columns: int
    live: bool = False

    @field_validator("runs", mode="before")
    @classmethod
    def _different_runs(cls, runs: object, info: ValidationInfo) -> Runs:
        scenario = info.data.get("scenario")
        if scenario is None:  # the scenario is invalid, and its error is the one that is reported
            return (0,)
        most = len(scenario.runs) - 1
        if (
            isinstance(runs, list | tuple)
            and 1 <= len(runs) <= MOST_COMPARED
            and all(type(run) is int and 0 <= run <= most for run in runs)
            and len(set(runs)) == len(runs)
        ):
            return tuple(runs)
        raise ValueError(f"runs must be one or two different numbers from 0 to {most}: got {show_value(runs)}.")

    @field_validator("window", mode="before")
    @classmethod
    def _rising_window(cls, window: object, info: ValidationInfo) -> Window | None:
        scenario = info.data.get("scenario")
        return None if window is None or scenario is None else check_window(window, scenario.landscape)

    @field_validator("rows", "columns", mode="before")
    @classmethod
    def _few_cells(cls, count: object, info: ValidationInfo) -> int:
        if type(count) is int and 1 <= count <= MOST_ROWS:
            return count
        raise ValueError(f"{info.field_name} must be a whole number from 1 to {MOST_ROWS}: got {show_value(count)}.")


class Map(Message):
    """Before the first frame of a map: the window that its cells fill.

    Parameters
    ----------
    window : ((float, float), (float, float))
        The ranges of x and y.
    runs : tuple of int
        The runs, in the order of the tables of each frame.
    """

    kind: Literal["map"] = "map"
    version: Version = VERSION
    slot: Slot
    id: int
    window: Window
    runs: Runs


class Mapped(Message):
    """After the last frame of a map.

    Parameters
    ----------
    rows, columns : int
        The number of cells of the finest map that was sent; 0 if there was none.
    coarse : bool
        Whether it has fewer cells than requested, since the socket has used up its budget.
    wait : float or None
        After how many seconds the socket may have the requested ones; null if never: the walks are too long.
    sensitive : float or None
        The share of starts of the coarsest map from which rounding decides where the walk ends; null if it was not
        measured.
    """

    kind: Literal["mapped"] = "mapped"
    version: Version = VERSION
    slot: Slot
    id: int
    rows: int
    columns: int
    coarse: bool
    wait: float | None
    sensitive: float | None
