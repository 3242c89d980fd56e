"""Search for advice after a walk, in short pieces by the stepping threads, after all waiting walks."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

from backend.answers import Answers, Sought
from backend.messages import Advice, WalkRequest
from backend.outcomes import state
from backend.workers import Workers
from charts.words import say
from trajectories import Outcome, Scenario
from trajectories.advice import searching

PIECE_SECONDS = 0.03  # a search gives its thread back after so long


class Advising:
    """Answers one request for advice.

    Parameters
    ----------
    request : WalkRequest
        The request whose walk the advice is about.
    outcomes : tuple of Outcome
        The outcomes of its runs.
    workers : Workers
        The threads that step.
    answers : Answers
        The cache of answers and of advice.
    alone : asyncio.Lock
        Held during a search, and shared by all sockets: one search at a time leaves the other threads to walks, and a
        class that asks for the same advice in the same second causes one search.

    Notes
    -----
    To end the search, cancel the task that reads its messages: the piece that is being computed is the last.
    """

    def __init__(
        self,
        request: WalkRequest,
        outcomes: tuple[Outcome, ...],
        workers: Workers,
        answers: Answers,
        alone: asyncio.Lock,
    ) -> None:
        self._request = request
        self._outcomes = outcomes
        self._workers = workers
        self._answers = answers
        self._alone = alone

    async def messages(self) -> AsyncIterator[Advice]:
        """The advice for each run that has any, in the order of the runs."""
        request = self._request
        for run, outcome in enumerate(self._outcomes):
            advice = (await self._seek(run, outcome)).advice
            if advice is not None:
                message = advice.message
                yield Advice(
                    slot=request.slot,
                    id=request.id,
                    run=run,
                    advice=say(message),
                    message=state(message),
                    detail=say(advice.detail),
                    change=advice.change,
                )

    async def _seek(self, run: int, outcome: Outcome) -> Sought:
        """The result of the search for a run."""
        scenario = self._request.scenario
        key = Scenario(**dict(scenario) | {"runs": (scenario.runs[run],)}).model_dump_json()
        sought = self._answers.sought(key)
        if sought is not None:
            return sought
        async with self._alone:
            sought = self._answers.sought(key)
            search = searching(scenario, run, outcome)

            def piece() -> Sought | None:
                until = time.perf_counter() + PIECE_SECONDS
                while time.perf_counter() < until:
                    try:
                        next(search)
                    except StopIteration as end:
                        return Sought(end.value)
                return None

            try:
                while sought is None:
                    sought = await self._workers.call(piece, search=True)
            finally:
                with suppress(ValueError):  # a thread is still computing its last piece
                    search.close()
            self._answers.put_sought(key, sought)
        return sought
