"""Convert an outcome for the browser: its id, its message as key and arguments, and its text."""

from dataclasses import asdict

from pydantic import BaseModel, ConfigDict

from charts.words import say
from trajectories import Outcome
from trajectories.message import Message
from trajectories.outcome import Kind


class Statement(BaseModel):
    """A message as data, without text: a key of ``trajectories.message.KEYS`` and its arguments."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    key: str
    arguments: dict[str, str | int | float]


class SpreadRecord(BaseModel):
    """How far noise spreads a run around a minimum: see ``trajectories.spread.Spread``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    center: tuple[float, float]
    axes: tuple[tuple[float, float], tuple[float, float]]
    predicted: tuple[float, float]
    measured: tuple[float, float]
    first: int


class OutcomeRecord(BaseModel):
    """The outcome of a run, for the browser.

    Parameters
    ----------
    kind : str
        One of ``trajectories.KINDS``.
    step : int
        The step from which the outcome holds until the end.
    sentence : str
        Its text in English, without a full stop.
    message : Statement
        The same as key and arguments.
    spread : SpreadRecord or None
        How far noise spreads the run around the minimum; None where no formula predicts it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Kind
    step: int
    sentence: str
    message: Statement
    spread: SpreadRecord | None


def outcome_for_browser(outcome: Outcome) -> OutcomeRecord:
    """Convert an outcome for the browser; no other code converts outcomes."""
    return OutcomeRecord(
        kind=outcome.kind,
        step=outcome.step,
        sentence=say(outcome.message),
        message=message_for_browser(outcome.message),
        spread=None if outcome.spread is None else SpreadRecord(**asdict(outcome.spread)),
    )


def message_for_browser(message: Message) -> Statement:
    """Convert a message for the browser."""
    return Statement(key=message.key, arguments=dict(message.arguments))
