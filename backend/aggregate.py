"""What the answers about many walks at once have in common: computed in pieces, within the socket's budget."""

import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from typing import ClassVar, Generic, Protocol, TypeVar

from backend.lanes import Lane
from backend.log import line
from backend.messages import ErrorAnswer, Message, Slot
from backend.pace import Pace
from backend.superseded import Superseded
from backend.walking import SUPERSEDED
from backend.workers import Workers
from trajectories import Scenario, format_settings


class AggregateRequest(Protocol):
    """A request about many walks."""

    @property
    def slot(self) -> Slot:
        """Its slot."""

    @property
    def id(self) -> int:
        """The browser's number for it."""

    @property
    def scenario(self) -> Scenario:
        """The scenario."""

    @property
    def live(self) -> bool:
        """Whether it belongs to a gesture."""


R = TypeVar("R", bound=AggregateRequest)


class AggregateAnswer(ABC, Generic[R]):
    """The answer to one request about many walks.

    Parameters
    ----------
    request : AggregateRequest
        The request.
    workers : Workers
        The threads. A piece of the answer gets a thread when no walk waits, or after many chunks of walks.
    budget : Pace
        The steps of walks that the socket may still have computed: see ``maps.map_budget``.
    superseded : Superseded
        Whether a newer request of the slot has replaced this one: then no further piece is computed.
    """

    event: ClassVar[str]
    """The name of the event in the log."""

    def __init__(self, request: R, workers: Workers, budget: Pace, superseded: Superseded) -> None:
        self.outcome = SUPERSEDED
        self._request = request
        self._workers = workers
        self._budget = budget
        self._superseded = superseded
        self._began = time.perf_counter()

    def _refuse(self, problem: ValueError) -> ErrorAnswer:
        """The answer if the optimizer or the landscape cannot be stepped as an ensemble."""
        self.outcome = "refused"
        return ErrorAnswer(code="unusable", message=str(problem), slot=self._request.slot, id=self._request.id)

    def _lane(self) -> Lane:
        """The lane of its pieces."""
        return Lane.LIVE if self._request.live else Lane.SLOW

    @abstractmethod
    def messages(self) -> AsyncIterator[Message | bytes]:
        """The messages and frames of the answer, unless the request is superseded; or a sentence."""

    @abstractmethod
    def _counts(self) -> dict[str, int]:
        """The numbers in the log line: how much was computed."""

    def log_line(self, outcome: str) -> str:
        """The log line about this request, without data, which belong to the visitor."""
        return line(
            self.event,
            scenario=format_settings(self._request.scenario),
            **self._counts(),
            ms=1000 * (time.perf_counter() - self._began),
            live=self._request.live,
            request=outcome,
        )
