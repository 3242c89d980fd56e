"""Search for advice after a walk, in short pieces on the stepping threads; waiting walks come first."""

import asyncio
from collections.abc import AsyncIterator

from backend.answers import Answers, SearchResult, search_key_of
from backend.messages import Advice, WalkRequest
from backend.outcomes import message_for_browser
from backend.pieces import in_pieces
from backend.workers import Workers
from charts.words import say
from trajectories import Outcome, Scenario
from trajectories.advice import searching


class AdviceAnswer:
    """The answer to one request for advice.

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
    search_lock : asyncio.Lock
        Held during a search, and shared by all sockets. One search at a time leaves the other threads free for walks,
        and many requests for the same advice in the same second cause one search.

    Notes
    -----
    To end the search, cancel the task that reads its messages. A piece that is being computed is completed, and no
    other one is started.
    """

    def __init__(
        self,
        request: WalkRequest,
        outcomes: tuple[Outcome, ...],
        workers: Workers,
        answers: Answers,
        search_lock: asyncio.Lock,
    ) -> None:
        self._request = request
        self._outcomes = outcomes
        self._workers = workers
        self._answers = answers
        self._search_lock = search_lock

    async def messages(self) -> AsyncIterator[Advice]:
        """The advice for each run that has any, in the order of the runs."""
        request = self._request
        for run, outcome in enumerate(self._outcomes):
            advice = (await self._search(run, outcome)).advice
            if advice is not None:
                message = advice.message
                yield Advice(
                    slot=request.slot,
                    id=request.id,
                    run=run,
                    advice=say(message),
                    message=message_for_browser(message),
                    detail=say(advice.detail),
                    change=advice.change,
                )

    async def _search(self, run: int, outcome: Outcome) -> SearchResult:
        """The result of the search for a run."""
        scenario = self._request.scenario
        key = search_key_of(Scenario(**dict(scenario) | {"runs": (scenario.runs[run],)}))
        result = self._answers.search_result(key)
        if result is not None:
            return result
        async with self._search_lock:
            result = self._answers.search_result(key)
            if result is None:
                result = SearchResult(await in_pieces(self._workers, searching(scenario, run, outcome)))
                self._answers.put_search_result(key, result)
        return result
