"""One request on its way: from memory if it is known, else chunk by chunk as threads are free."""

import time
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import suppress

from backend import metrics
from backend.answers import LONGEST, Answer, Answers, key_of
from backend.log import line
from backend.protocol import Request, done, pack, renumber
from backend.workers import Workers
from trajectories import Chunk, Outcome, Scenario, format_link

Source = Callable[[Scenario, Callable[[], bool], int | None], Generator[Chunk, None, tuple[Outcome, ...]]]
DONE, SUPERSEDED = "done", "superseded"


class Walking:
    """What answers one request.

    Parameters
    ----------
    request : Request
        What is asked for.
    workers : Workers
        The threads that step.
    answers : Answers
        What has been answered before.
    source : callable
        What walks a scenario.
    superseded : callable
        Whether nobody waits for this any more.
    """

    def __init__(
        self, request: Request, workers: Workers, answers: Answers, source: Source, superseded: Callable[[], bool]
    ) -> None:
        self.outcome = SUPERSEDED
        self._request = request
        self._workers = workers
        self._answers = answers
        self._superseded = superseded
        self._key = key_of(request.scenario, request.inside)
        self._walk = source(request.scenario, superseded, request.inside)
        self._sent = 0
        self._chunks: list[bytes] | None = []
        self._bytes = 0
        self._kinds = ""
        self._began = time.perf_counter()
        self._waited = 0.0
        self._from_memory = False

    async def messages(self) -> AsyncIterator[str | bytes]:
        """The chunks and, unless something newer came, the outcomes.

        Raises
        ------
        BusyError
            If too many wait already.
        """
        try:
            answer = self._answers.get(self._key)
            while answer is None and not self._superseded():
                result = await self._next()
                if self._superseded():
                    return
                if isinstance(result, bytes):
                    yield result
                else:
                    answer = result
            if answer is None or self._superseded():
                return
            for chunk in answer[0][self._sent :]:
                self._from_memory = True
                self._count()
                yield renumber(self._request.id, chunk)
            self._kinds = ", ".join(outcome.kind for outcome in answer[1])
            self.outcome = DONE
            metrics.KEPT.inc(self._from_memory)
            yield done(self._request, answer[1])
        finally:
            with suppress(ValueError):  # a thread is still in it, and will see for itself
                self._walk.close()

    def told(self, outcome: str) -> str:
        """The line that a request leaves in the log."""
        return line(
            "walked",
            scenario=format_link(self._request.scenario),
            steps=self._request.scenario.steps,
            ms=1000 * (time.perf_counter() - self._began),
            wait_ms=1000 * self._waited,
            chunks=self._sent,
            memory=self._from_memory,
            request=outcome,
            outcome=self._kinds,
        )

    async def _next(self) -> bytes | Answer:
        """The next chunk, or, at the end of the walk, the whole answer."""
        asked = time.perf_counter()

        def compute() -> bytes | Answer:
            waited = time.perf_counter() - asked
            self._waited += waited
            metrics.WAIT.observe(waited)
            # Others may have asked for the same, and have had their turn before.
            if self._sent == 0 and (known := self._answers.get(self._key)) is not None:
                return known
            try:
                chunk = next(self._walk)
            except StopIteration as end:
                outcomes: tuple[Outcome, ...] = end.value
                return tuple(self._chunks or ()), outcomes
            metrics.STEPS.inc(chunk.values.shape[0] * chunk.values.shape[1])
            return pack(self._request.id, chunk)

        result = await self._workers.call(compute, first=self._sent == 0)
        if isinstance(result, bytes):
            self._count()
            self._keep(result)
        elif self._chunks and result[1]:
            self._answers.put(self._key, result)
        return result

    def _count(self) -> None:
        if self._sent == 0:
            metrics.FIRST.observe(time.perf_counter() - self._began)
        self._sent += 1

    def _keep(self, chunk: bytes) -> None:
        self._bytes += len(chunk)
        if self._chunks is not None and self._bytes <= LONGEST:
            self._chunks.append(chunk)
        else:
            self._chunks = None
