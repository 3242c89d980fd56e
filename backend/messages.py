"""The messages of the socket: typed records, read strictly from the browser and written to it as JSON.

Each message says its ``kind``, the ``version`` of the contract, and the ``slot`` that it belongs to. The browser's
types are generated from these records: see ``components/contract_types.py``.
"""

from typing import Annotated, Any, Literal, TypeGuard, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails, from_json

from backend.outcomes import OutcomeTold, Statement
from trajectories import Change, Scenario
from trajectories.sentences import show_text, show_value, suggest

# Rises by 1 with every change that a page of the version before would misread. Pages before 2 named no version.
Version = Literal[3]
VERSION: Version = get_args(Version)[0]
# What one socket is answered in side by side: a newer request ends only the one of its own slot. In a frame's header
# a slot is its place here, so that new ones are added at the end.
Slot = Literal["walk", "map", "model"]
SLOTS: tuple[Slot, ...] = get_args(Slot)
# While a gesture is live (a pointer or a slider is dragged), a walk is shown whole if it takes no longer than this.
LIVE_MS = 100
MAX_CHARACTERS = 16_384
MAX_ID = 2**31 - 1
OLDER, NEWER = (f"This page is {word} than the server. Reload it." for word in ("older", "newer"))

# version: of another contract; unusable: a message that cannot be used; failed: a fault of the server;
# refused: the connection is closed.
ErrorCode = Literal["version", "unusable", "failed", "refused"]


class MessageError(ValueError):
    """A message that cannot be used: its text is one sentence.

    Parameters
    ----------
    sentence : str
        What is wrong with it.
    request : int, optional
        The message's id, if it had one.
    slot : str, optional
        The message's slot, if it had one.
    code : str
        One of ``ErrorCode``.
    """

    def __init__(
        self, sentence: str, request: int | None = None, slot: Slot | None = None, code: ErrorCode = "unusable"
    ) -> None:
        super().__init__(sentence)
        self.request = request
        self.slot = slot
        self.code = code


def _is_id(number: object) -> TypeGuard[int]:
    return type(number) is int and 0 <= number <= MAX_ID


def _checked_id(number: object) -> int:
    if not _is_id(number):
        raise ValueError(f"id must be a whole number from 0 to {MAX_ID}: got {show_value(number)}.")
    return number


Id = Annotated[int, BeforeValidator(_checked_id)]


class Message(BaseModel):
    """What every message has in common: frozen, strict, and without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Cancel(Message):
    """From the browser: end what goes on in a slot. It is not answered."""

    kind: Literal["cancel"] = "cancel"
    version: Version = VERSION
    slot: Slot


class Advise(Message):
    """From the browser: what could be tried after the last walk of a slot, once that is done.

    Answered by an ``Advice`` for each run of which there is something to say, unless a newer request or a ``cancel``
    ends that.

    Parameters
    ----------
    id : int
        The walk's; of an older one than the last nothing is said.
    """

    kind: Literal["advise"] = "advise"
    version: Version = VERSION
    slot: Slot
    id: Id


class WalkRequest(Message):
    """From the browser: a scenario whose steps it wants.

    Parameters
    ----------
    slot : str
        One of ``SLOTS``; a newer request ends the older one of its slot.
    id : int
        The browser's number for the request, 0 to ``MAX_ID``; all answers carry it.
    scenario : Scenario
        What to walk.
    inside : int, optional
        The run whose step parts are sent as well.
    live : bool
        Whether a gesture goes on, so that a whole picture is worth more than an early one.
    """

    kind: Literal["walk"] = "walk"
    version: Version = VERSION
    slot: Slot
    id: Id
    scenario: Scenario
    inside: int | None = None
    live: bool = False

    @field_validator("scenario", mode="before")
    @classmethod
    def _checked_scenario(cls, scenario: object) -> Scenario:
        return Scenario.model_validate(scenario)

    @field_validator("inside", mode="before")
    @classmethod
    def _one_of_the_runs(cls, inside: object, info: ValidationInfo) -> int | None:
        scenario = info.data.get("scenario")
        if scenario is None:  # the sentence about the scenario comes first
            return None
        most = len(scenario.runs) - 1
        if inside is None or (type(inside) is int and 0 <= inside <= most):
            return inside
        raise ValueError(f"inside must be null or a run's number from 0 to {most}: got {show_value(inside)}.")


class Begin(Message):
    """Before the first frame of an answer: what the numbers of its frames are.

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
    """After the last frame of an answer: what became of each run."""

    kind: Literal["done"] = "done"
    version: Version = VERSION
    slot: Slot
    id: int
    steps: int
    outcomes: tuple[OutcomeTold, ...]


class Advice(Message):
    """After ``done``, if asked for: what to try after one run's outcome.

    Parameters
    ----------
    run : int
        Which of the runs that were walked, from 0.
    advice, message, detail : str, Statement and str
        For people, without a full stop; the same by key and arguments; where nothing was found, what was tried.
    change : Change or None
        What to change; null where there is nothing to do.
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
    """What answers a message that cannot be used, or whose answer failed; slot and id are null if it had none.

    ``kind``, ``version`` and ``message`` are read by pages of any version, ``type`` by those from before version 2:
    these four never change.
    """

    kind: Literal["error"] = "error"
    version: Version = VERSION
    slot: Slot | None = None
    id: int | None = None
    code: ErrorCode
    message: str
    type: Literal["error"] = "error"


class Busy(Message):
    """What answers a request that cannot even wait: ask again after so many milliseconds."""

    kind: Literal["busy"] = "busy"
    version: Version = VERSION
    slot: Slot
    id: int
    retry_ms: int


Upward = WalkRequest | Cancel | Advise
UPWARD: dict[str, type[Upward]] = {"walk": WalkRequest, "cancel": Cancel, "advise": Advise}


def read_message(text: str | None) -> Upward:
    """Read what a client sent.

    Parameters
    ----------
    text : str or None
        The message; None if it was not a text.

    Returns
    -------
    WalkRequest, Cancel or Advise
        What the client wants.

    Raises
    ------
    MessageError
        For anything else, whatever it is.
    """
    message = _parse(text)
    version = message.get("version")
    if not (type(version) is int and version == VERSION):
        newer = type(version) is int and version > VERSION
        raise _refusal(NEWER if newer else OLDER, message, "version")
    kind = message.get("kind")
    model = UPWARD.get(kind) if isinstance(kind, str) else None
    if model is None:
        raise _refusal(f"kind must be one of {', '.join(UPWARD)}: got {show_value(kind)}.", message)
    try:
        return model.model_validate(message)
    except ValidationError as error:
        details = error.errors(include_url=False)
        unknown = [detail for detail in details if detail["type"] == "extra_forbidden"]
        raise _refusal(_sentence(model, (unknown or details)[0]), message) from None


def _parse(text: str | None) -> dict[str, Any]:
    if text is None:
        raise MessageError("A message must be a text, in JSON: got bytes.")
    if len(text) > MAX_CHARACTERS:
        raise MessageError(f"A message may have at most {MAX_CHARACTERS} characters: got {len(text)}.")
    try:
        message = from_json(text)
    except ValueError:
        raise MessageError("This message is not valid JSON.") from None
    if not isinstance(message, dict):
        raise MessageError(f"A message must be an object: got {show_value(message)}.")
    return message


def _refusal(sentence: str, message: dict[str, Any], code: ErrorCode = "unusable") -> MessageError:
    number, slot = message.get("id"), message.get("slot")
    known = slot if isinstance(slot, str) and slot in SLOTS else None
    return MessageError(sentence, number if _is_id(number) else None, known, code)


def _sentence(model: type[Message], detail: ErrorDetails) -> str:
    """One of pydantic's errors as a sentence."""
    kind, name = model.model_fields["kind"].default, str(detail["loc"][0])
    match detail["type"]:
        case "value_error":
            return str(detail["ctx"]["error"])
        case "missing":
            return f"A message of kind {kind} needs a value for {name}."
        case "extra_forbidden":
            return f"A message of kind {kind} has no {show_text(name)}. {suggest(name, model.model_fields)}"
        case "literal_error":
            return f"{name} must be one of {', '.join(SLOTS)}: got {show_value(detail['input'])}."
        case _:
            return f"{name} must be true or false: got {show_value(detail['input'])}."
