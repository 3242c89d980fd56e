"""An outcome as it is sent to the browser: its id, its statement by key and arguments, and the text."""

from pydantic import BaseModel, ConfigDict

from charts.words import say
from trajectories import Outcome
from trajectories.message import Message
from trajectories.outcome import Kind


class Statement(BaseModel):
    """What is to be said without its words: a key of ``trajectories.message.KEYS`` and its arguments."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    key: str
    arguments: dict[str, str | int | float]


class OutcomeTold(BaseModel):
    """What became of a run, for the browser.

    Parameters
    ----------
    kind : str
        One of ``trajectories.KINDS``.
    step : int
        The step since when it is so.
    sentence : str
        For people, in English, without a full stop.
    message : Statement
        The same by key and arguments.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Kind
    step: int
    sentence: str
    message: Statement


def tell_outcome(outcome: Outcome) -> OutcomeTold:
    """An outcome as it is sent: the one place that knows both."""
    return OutcomeTold(
        kind=outcome.kind,
        step=outcome.step,
        sentence=say(outcome.message),
        message=state(outcome.message),
    )


def state(message: Message) -> Statement:
    """A message as it is sent."""
    return Statement(key=message.key, arguments=dict(message.arguments))
