"""What is said on the socket: messages read, chunks packed, answers written."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic_core import from_json

from charts.words import say
from trajectories import Chunk, Outcome, Scenario, ScenarioError
from trajectories.sentences import show_value, suggest

MAX_CHARACTERS = 16_384
MAX_ID = 2**31 - 1
NUMBER = struct.Struct("<I")
HEADER = struct.Struct("<4I")  # id, first step, count, runs; the header keeps the float64 that follow aligned
FIELDS = ("id", "scenario", "inside", "cancel")


class MessageError(ValueError):
    """A message that cannot be used: its text is one sentence; ``request`` is the message's id, if it had one."""

    def __init__(self, sentence: str, request: int | None = None) -> None:
        super().__init__(sentence)
        self.request = request


@dataclass(frozen=True, kw_only=True, eq=False)
class Request:
    """A scenario that a client wants to see, under the number that the client gave it.

    ``inside``: the run into whose steps it wants to look, if any.
    Two requests are never equal: the newest one is told from all others by identity.
    """

    id: int
    scenario: Scenario
    inside: int | None = None


def read_message(text: str | None) -> Request | None:
    """Read what a client sent.

    Parameters
    ----------
    text : str or None
        The message; None if it was not a text.

    Returns
    -------
    Request or None
        None means: stop what is going on.

    Raises
    ------
    MessageError
        For anything else, whatever it is.
    """
    message = _parse(text)
    for field in message:
        if field not in FIELDS:
            raise MessageError(f"A message has no {show_value(field)}. {suggest(field, FIELDS)}", _id_of(message))
    if message.get("cancel") is True and "scenario" not in message:
        return None
    request = _id_of(message)
    if request is None:
        raise MessageError(f"id must be a whole number from 0 to {MAX_ID}: got {show_value(message.get('id'))}.")
    if "scenario" not in message or "cancel" in message:
        raise MessageError('A message is either an id with a scenario, or {"cancel": true}.', request)
    try:
        scenario = Scenario.model_validate(message["scenario"])
    except ScenarioError as error:
        raise MessageError(str(error), request) from None
    inside = message.get("inside")
    if not (inside is None or (type(inside) is int and 0 <= inside < len(scenario.runs))):
        most = len(scenario.runs) - 1
        raise MessageError(
            f"inside must be null or a run's number from 0 to {most}: got {show_value(inside)}.", request
        )
    return Request(id=request, scenario=scenario, inside=inside)


def _parse(text: str | None) -> dict[str, object]:
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


def _id_of(message: dict[str, object]) -> int | None:
    number = message.get("id")
    return number if type(number) is int and 0 <= number <= MAX_ID else None


def pack(request: int, chunk: Chunk) -> bytes:
    """A chunk as the socket carries it: the header, then float64, little-endian, in C order: values, then parts."""
    runs, count, _ = chunk.values.shape
    tables = [chunk.values] if chunk.inside is None else [chunk.values, chunk.inside]
    body = b"".join(table.astype("<f8", copy=False).tobytes() for table in tables)
    return HEADER.pack(request, chunk.first, count, runs) + body


def renumber(request: int, packed: bytes) -> bytes:
    """A packed chunk under another request's id."""
    return NUMBER.pack(request) + packed[NUMBER.size :]


def done(request: Request, outcomes: Sequence[Outcome]) -> str:
    """What follows the last chunk."""
    answer = {"type": "done", "id": request.id, "steps": request.scenario.steps}
    return json.dumps(answer | {"outcomes": [tell_outcome(outcome) for outcome in outcomes]})


def tell_outcome(outcome: Outcome) -> dict[str, object]:
    """An outcome for the browser: its id, its messages by key and arguments, and their text."""
    told = outcome.as_json()
    return {
        "kind": told["kind"],
        "step": told["step"],
        "sentence": say(outcome.message),
        "advice": say(outcome.advice),
        "message": told["message"],
        "advice_message": told["advice"],
    }


def error(sentence: str, request: int | None) -> str:
    """What answers a message that cannot be used."""
    return json.dumps({"type": "error", "id": request, "message": sentence})


def busy(request: Request, retry: float) -> str:
    """What answers a request that cannot even wait: ask again after so many seconds."""
    return json.dumps({"type": "busy", "id": request.id, "retry_ms": round(1000 * retry)})
