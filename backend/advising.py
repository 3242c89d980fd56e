"""Advice after a walk: searched in short pieces by the threads that step, after whoever waits for a picture."""

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

PIECE_SECONDS = 0.03  # of a search, before a thread is free for others


class Advising:
    """What answers one wish for advice.

    Parameters
    ----------
    request : WalkRequest
        The walk that is advised on.
    outcomes : tuple of Outcome
        What became of its runs.
    workers : Workers
        The threads that step.
    answers : Answers
        What has been found before.
    alone : asyncio.Lock
        Held during a search. All sockets have the same: searches leave the other threads to walks, and what a class
        asks for in the same second is searched once.

    Notes
    -----
    To give it up, cancel the task that takes its messages: what is being computed ends with its piece.
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
        """The advice for each run of which there is something to say, in order."""
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
        """What a search finds for a run."""
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
                with suppress(ValueError):  # a thread is still in its last piece
                    search.close()
            self._answers.put_sought(key, sought)
        return sought
