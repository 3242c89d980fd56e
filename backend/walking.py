"""Answer one request for a walk: from the cache, or by computing one chunk after the other."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import nullcontext, suppress

from backend import metrics
from backend.answers import MOST_ANSWER_BYTES, Answer, Answers, key_of
from backend.frames import pack, readdress
from backend.lanes import Lane
from backend.log import line
from backend.messages import LIVE_MS, Begin, Done, Message, WalkRequest
from backend.outcomes import outcome_for_browser
from backend.workers import Workers
from surfaces import is_visitors
from trajectories import Chunk, Outcome, Scenario, format_settings

# The arguments of a source: the scenario, a function that returns whether the request is superseded, the run whose
# parts are sent, the seconds until the first chunk, and whether weights of networks are sent.
Source = Callable[
    [Scenario, Callable[[], bool], int | None, float | None, bool], Generator[Chunk, None, tuple[Outcome, ...]]
]
DONE, SUPERSEDED = "done", "superseded"


class WalkAnswer:
    """The answer to one request for a walk.

    Parameters
    ----------
    request : WalkRequest
        The request.
    workers : Workers
        The threads that step.
    answers : Answers
        The cache of answers.
    source : callable
        Computes the walk of a scenario.
    superseded : callable
        Returns whether a newer request of the slot has replaced this one.
    network_turn : Lock
        The connection's: it has one thread at a time for all its walks of networks, which hold Python's lock.
    """

    def __init__(
        self,
        request: WalkRequest,
        workers: Workers,
        answers: Answers,
        source: Source,
        superseded: Callable[[], bool],
        network_turn: asyncio.Lock,
    ) -> None:
        self.outcome = SUPERSEDED
        self.outcomes: tuple[Outcome, ...] = ()
        self._request = request
        self._workers = workers
        self._answers = answers
        self._superseded = superseded
        self._is_network = request.scenario.landscape.embedding is not None
        self._turn = network_turn if self._is_network else nullcontext()
        self._key = key_of(request.scenario, request.inside, request.weights)
        first_chunk = LIVE_MS / 1000 if request.live else None
        self._walk = source(request.scenario, superseded, request.inside, first_chunk, request.weights)
        self._sent = 0
        self._complete = False  # whether the last step has been computed
        self._columns: tuple[str, ...] = ()
        self._parts: tuple[str, ...] = ()
        self._frames: list[bytes] | None = []
        self._bytes = 0
        self._began = time.perf_counter()
        self._waited = 0.0
        self._from_memory = False

    async def messages(self) -> AsyncIterator[Message | bytes]:
        """The names of the columns, the frames and, unless the request is superseded, the outcomes.

        Raises
        ------
        BusyError
            If the queue is full.
        """
        try:
            answer = self._answers.get(self._key)
            while answer is None and not self._superseded():
                result = await self._next()
                if self._superseded():
                    return
                if isinstance(result, Answer):
                    answer = result
                else:
                    if self._sent == len(result):
                        yield self._begin(self._columns, self._parts)
                    for frame in result:
                        yield frame
            if answer is None or self._superseded():
                return
            if self._sent == 0:
                yield self._begin(answer.columns, answer.parts)
            for frame in answer.frames[self._sent :]:
                self._from_memory = True
                self._count()
                yield readdress(self._request.slot, self._request.id, frame)
            self.outcomes = answer.outcomes
            self.outcome = DONE
            metrics.KEPT.inc(self._from_memory)
            yield self._done(answer.outcomes)
        finally:
            with suppress(ValueError):  # a thread is still computing a chunk; the source itself checks whether to stop
                self._walk.close()

    def log_line(self, outcome: str) -> str:
        """The log line about this request."""
        return line(
            "walked",
            scenario=format_settings(self._request.scenario),
            steps=self._request.scenario.steps,
            ms=1000 * (time.perf_counter() - self._began),
            wait_ms=1000 * self._waited,
            chunks=self._sent,
            memory=self._from_memory,
            request=outcome,
            outcome=", ".join(outcome.kind for outcome in self.outcomes),
        )

    def _begin(self, columns: tuple[str, ...], parts: tuple[str, ...]) -> Begin:
        request = self._request
        runs = len(request.scenario.runs)
        return Begin(slot=request.slot, id=request.id, columns=columns, parts=parts, runs=runs)

    def _done(self, outcomes: tuple[Outcome, ...]) -> Done:
        request = self._request
        converted = tuple(map(outcome_for_browser, outcomes))
        return Done(slot=request.slot, id=request.id, steps=request.scenario.steps, outcomes=converted)

    async def _next(self) -> list[bytes] | Answer:
        """The frames of the next chunk, or, at the end of the walk, the complete answer."""
        asked = time.perf_counter()

        def compute() -> list[bytes] | Answer:
            waited = time.perf_counter() - asked
            self._waited += waited
            metrics.WAIT.observe(waited)
            # Another request for the same scenario may have been computed while this one waited.
            if self._sent == 0 and (known := self._answers.get(self._key)) is not None:
                return known
            if self._complete and self._without_verdict():
                return self._answer(())
            try:
                chunk = next(self._walk)
            except StopIteration as end:
                return self._answer(end.value)
            self._complete = chunk.first + chunk.values.shape[1] > self._request.scenario.steps
            self._columns, self._parts = chunk.columns, chunk.parts
            metrics.STEPS.inc(chunk.values.shape[0] * chunk.values.shape[1])
            return pack(self._request.slot, self._request.id, chunk)

        lane = Lane.FIRST if self._sent == 0 else Lane.SLOW if self._is_network else Lane.LATER
        async with self._turn:
            result = await self._workers.call(compute, lane)
        if isinstance(result, list):
            for frame in result:
                self._count()
                self._keep(frame)
        elif self._frames and result.outcomes:
            self._answers.put(self._key, result)
        return result

    def _answer(self, outcomes: tuple[Outcome, ...]) -> Answer:
        return Answer(columns=self._columns, parts=self._parts, frames=tuple(self._frames or ()), outcomes=outcomes)

    def _without_verdict(self) -> bool:
        """Whether an example is being dragged: the minima of its data are new in every frame, and not searched for."""
        return self._request.live and is_visitors(self._request.scenario.landscape)

    def _count(self) -> None:
        if self._sent == 0:
            metrics.FIRST.observe(time.perf_counter() - self._began)
        self._sent += 1

    def _keep(self, frame: bytes) -> None:
        self._bytes += len(frame)
        if self._frames is not None and self._bytes <= MOST_ANSWER_BYTES:
            self._frames.append(frame)
        else:
            self._frames = None
