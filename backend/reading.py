"""Read the messages of the browser strictly: a message that cannot be used is answered with one sentence."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json

from backend.example_messages import BatchesRequest, ExamplesRequest
from backend.map_messages import MapRequest
from backend.messages import (
    NEWER,
    OLDER,
    SLOTS,
    VERSION,
    Advise,
    Cancel,
    ErrorCode,
    GroundRequest,
    Message,
    Slot,
    WalkRequest,
    is_id,
)
from backend.orbit_messages import OrbitsRequest
from backend.seed_messages import SeedsRequest
from backend.settings_messages import SettingsRequest
from trajectories.sentences import show_text, show_value, suggest

# A table of 500 rows and three columns, each number with all its digits, has about 35 000 characters.
MAX_CHARACTERS = 65_536

Aggregate = MapRequest | SettingsRequest | SeedsRequest | OrbitsRequest
Request = WalkRequest | GroundRequest | ExamplesRequest | BatchesRequest | Aggregate
FromBrowser = Request | Cancel | Advise
FROM_BROWSER: dict[str, type[FromBrowser]] = {
    "walk": WalkRequest,
    "ground": GroundRequest,
    "cancel": Cancel,
    "advise": Advise,
    "examples": ExamplesRequest,
    "batches": BatchesRequest,
    "map": MapRequest,
    "seeds": SeedsRequest,
    "orbits": OrbitsRequest,
    "settings": SettingsRequest,
}


class MessageError(ValueError):
    """A message that cannot be used; the error's text is one sentence.

    Parameters
    ----------
    sentence : str
        Why it cannot be used.
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


def read_message(text: str | None) -> FromBrowser:
    """Read a message of the browser.

    Parameters
    ----------
    text : str or None
        The message; None if it was binary.

    Returns
    -------
    FromBrowser
        The message as a record.

    Raises
    ------
    MessageError
        If it is anything else.
    """
    message = _parse(text)
    version = message.get("version")
    if not (type(version) is int and version == VERSION):
        newer = type(version) is int and version > VERSION
        raise _refusal(NEWER if newer else OLDER, message, "version")
    kind = message.get("kind")
    model = FROM_BROWSER.get(kind) if isinstance(kind, str) else None
    if model is None:
        raise _refusal(f"kind must be one of {', '.join(FROM_BROWSER)}: got {show_value(kind)}.", message)
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
    return MessageError(sentence, number if is_id(number) else None, known, code)


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
