"""Convert an outcome for the browser: its id, its message as key and arguments, and its text."""

from pydantic import BaseModel, ConfigDict

from charts.words import say
from trajectories import Outcome
from trajectories.message import Message
from trajectories.outcome import Kind


class Statement(BaseModel):
    """A message without its words: a key of ``trajectories.message.KEYS`` and its arguments."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    key: str
    arguments: dict[str, str | int | float]


class OutcomeTold(BaseModel):
    """The outcome of a run, for the browser.

    Parameters
    ----------
    kind : str
        One of ``trajectories.KINDS``.
    step : int
        The step from which on it holds.
    sentence : str
        Its text in English, without a full stop.
    message : Statement
        The same as key and arguments.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Kind
    step: int
    sentence: str
    message: Statement


def tell_outcome(outcome: Outcome) -> OutcomeTold:
    """Convert an outcome for the browser. Only this function uses both records."""
    return OutcomeTold(
        kind=outcome.kind,
        step=outcome.step,
        sentence=say(outcome.message),
        message=state(outcome.message),
    )


def state(message: Message) -> Statement:
    """Convert a message for the browser."""
    return Statement(key=message.key, arguments=dict(message.arguments))
