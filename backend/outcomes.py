"""An outcome as it is sent to the browser: its id, its statements by key and arguments, and their text."""

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
    advice : str
        What to try; empty where there is none.
    message, advice_message : Statement
        The same two by key and arguments; the latter is null where there is no advice.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Kind
    step: int
    sentence: str
    advice: str
    message: Statement
    advice_message: Statement | None


def tell_outcome(outcome: Outcome) -> OutcomeTold:
    """An outcome as it is sent: the one place that knows both."""
    advice = outcome.advice
    return OutcomeTold(
        kind=outcome.kind,
        step=outcome.step,
        sentence=say(outcome.message),
        advice=say(advice),
        message=_statement(outcome.message),
        advice_message=None if advice is None else _statement(advice),
    )


def _statement(message: Message) -> Statement:
    return Statement(key=message.key, arguments=dict(message.arguments))
