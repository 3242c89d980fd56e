"""The messages of the socket: typed records, read strictly from the browser (``reading``) and written to it as JSON.

Each message has its ``kind``, the ``version`` of the contract, and the ``slot`` that it belongs to. The browser's types
are generated from these records: see ``components/contract_types.py``. The messages about the examples of a step are in
``backend/example_messages.py``.
"""

from typing import Annotated, Literal, TypeGuard, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, field_validator

from backend.outcomes import OutcomeRecord, Statement
from charts.ground import GroundFacts
from trajectories import Change, Scenario
from trajectories.sentences import show_value

# Increased by 1 with every change that pages of the previous version would misread. Pages before version 2 sent none.
Version = Literal[4]
VERSION: Version = get_args(Version)[0]
# A newer request ends only the request of the same slot. A frame's header contains a slot's index in this list, so new
# slots are added at its end.
Slot = Literal["walk", "map", "model", "ground", "examples", "batches", "settings", "seeds", "orbits"]
SLOTS: tuple[Slot, ...] = get_args(Slot)
# While a pointer or a slider is dragged, a walk that takes at most this long is sent as one complete chunk.
LIVE_MS = 100
MAX_ID = 2**31 - 1
OLDER, NEWER = (f"This page is {word} than the server. Reload it." for word in ("older", "newer"))

# version: it has another version; unusable: it cannot be used; failed: a fault of the server; refused: it closes.
ErrorCode = Literal["version", "unusable", "failed", "refused"]


def is_id(number: object) -> TypeGuard[int]:
    """Whether a value can be a request's id."""
    return type(number) is int and 0 <= number <= MAX_ID


def _checked_id(number: object) -> int:
    if not is_id(number):
        raise ValueError(f"id must be a whole number from 0 to {MAX_ID}: got {show_value(number)}.")
    return number


Id = Annotated[int, BeforeValidator(_checked_id)]
CheckedScenario = Annotated[Scenario, BeforeValidator(Scenario.model_validate)]


class Message(BaseModel):
    """The base of all messages: frozen, strict, and without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Cancel(Message):
    """From the browser: end the request of a slot. There is no answer."""

    kind: Literal["cancel"] = "cancel"
    version: Version = VERSION
    slot: Slot


class Advise(Message):
    """From the browser: request advice on the last walk of a slot, which must be complete.

    The answer is an ``Advice`` for each run for which advice was found. A newer request or a ``cancel`` ends the
    search.

    Parameters
    ----------
    id : int
        The id of that walk's request. If it is not the last walk, there is no answer.
    """

    kind: Literal["advise"] = "advise"
    version: Version = VERSION
    slot: Slot
    id: Id


class WalkRequest(Message):
    """From the browser: request the steps of a scenario.

    Parameters
    ----------
    slot : str
        One of ``SLOTS``; a newer request ends the older one of its slot.
    id : int
        The browser's number for the request, 0 to ``MAX_ID``; all answers carry it.
    scenario : Scenario
        The scenario.
    inside : int, optional
        The index of the run whose parts of each step are sent as well.
    live, weights : bool
        Whether a pointer or slider is being dragged: then the first chunk may be sent later, with more steps; and
        whether all weights of networks are sent as well, at some of the steps.
    """

    kind: Literal["walk"] = "walk"
    version: Version = VERSION
    slot: Slot
    id: Id
    scenario: CheckedScenario
    inside: int | None = None
    live: bool = False
    weights: bool = False

    @field_validator("inside", mode="before")
    @classmethod
    def _one_of_the_runs(cls, inside: object, info: ValidationInfo) -> int | None:
        scenario = info.data.get("scenario")
        if scenario is None:  # the scenario is invalid, and its error is the one that is reported
            return None
        most = len(scenario.runs) - 1
        if inside is None or (type(inside) is int and 0 <= inside <= most):
            return inside
        raise ValueError(f"inside must be null or a run's number from 0 to {most}: got {show_value(inside)}.")


class GroundRequest(Message):
    """From the browser: request the map of a scenario with edited data.

    The answer is a ``Ground`` and then one frame of tones.

    Parameters
    ----------
    scenario : Scenario
        The scenario; its runs are not used.
    live : bool
        Whether an example is being dragged: then the map has fewer tones, and minima are not searched for.
    """

    kind: Literal["ground"] = "ground"
    version: Version = VERSION
    slot: Slot
    id: Id
    scenario: CheckedScenario
    live: bool = False


class Ground(Message):
    """The answer to a ``GroundRequest``: what belongs to the tones in the frame that follows."""

    kind: Literal["ground"] = "ground"
    version: Version = VERSION
    slot: Slot
    id: int
    facts: GroundFacts


class Begin(Message):
    """Before the first frame of an answer: the names of the numbers in its frames.

    Parameters
    ----------
    columns : tuple of str
        The names of the last axis of a frame's values.
    parts : tuple of str
        The keys of the parts of a step, in the order of the frame's second table; empty without ``inside``.
    runs : int
        How many runs each frame holds.
    """

    kind: Literal["begin"] = "begin"
    version: Version = VERSION
    slot: Slot
    id: int
    columns: tuple[str, ...]
    parts: tuple[str, ...]
    runs: int


class Done(Message):
    """After the last frame of a walk: the outcome of each run.

    There are no outcomes while an example is dragged, if the minima of the edited data are not known yet: the search
    would take longer than the walk.
    """

    kind: Literal["done"] = "done"
    version: Version = VERSION
    slot: Slot
    id: int
    steps: int
    outcomes: tuple[OutcomeRecord, ...]


class Advice(Message):
    """After ``done``, on request: what to try after the outcome of one run.

    Parameters
    ----------
    run : int
        The index of the run in the request, from 0.
    advice, message, detail : str, Statement and str
        The advice as text without a full stop; the same as key and arguments; if none was found, what was tried.
    change : Change or None
        The change of the scenario; null where there is none.
    """

    kind: Literal["advice"] = "advice"
    version: Version = VERSION
    slot: Slot
    id: int
    run: int
    advice: str
    message: Statement
    detail: str
    change: Change | None


class ErrorAnswer(Message):
    """The answer to a message that cannot be used, or whose answer failed; slot and id are null if it had none.

    These four fields must never change: pages of any version read ``kind``, ``version`` and ``message``, and pages
    from before version 2 read ``type``.
    """

    kind: Literal["error"] = "error"
    version: Version = VERSION
    slot: Slot | None = None
    id: int | None = None
    code: ErrorCode
    message: str
    type: Literal["error"] = "error"


class Busy(Message):
    """The answer to a request when the queue is full: send the request again after ``retry_ms`` milliseconds."""

    kind: Literal["busy"] = "busy"
    version: Version = VERSION
    slot: Slot
    id: int
    retry_ms: int
