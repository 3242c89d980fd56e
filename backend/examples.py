"""Answer one request about the examples of a step: in short pieces on the stepping threads, after waiting walks."""

import time
from collections.abc import AsyncIterator, Callable, Generator

import numpy as np
from numpy.typing import NDArray

from backend.answers import Answers, search_key_of
from backend.example_messages import Batches, BatchesRequest, BatchMap, Examples, ExamplesRequest, Landings, Pair
from backend.log import line
from backend.messages import ErrorAnswer, Message
from backend.pieces import in_pieces
from backend.walking import DONE, SUPERSEDED
from backend.workers import Workers
from charts.batch_map import batch_tones
from trajectories import Scenario, format_settings
from trajectories.example_step import batches_from, examining

# The most indices in one answer to a request for batches: at most 64 kB of text.
MOST_INDICES = 16_384

Record = Examples | Batches


class UnusableError(ValueError):
    """The numbers that were requested do not exist; the error's text is one sentence."""


class ExamplesAnswer:
    """The answer to one request about the examples of a step, or about the batches of some steps.

    Parameters
    ----------
    request : ExamplesRequest or BatchesRequest
        The request.
    workers : Workers
        The threads that step.
    answers : Answers
        The cache of answers.
    superseded : callable
        Returns whether a newer request of the slot has replaced this one: then no further piece is computed.
    """

    def __init__(
        self,
        request: ExamplesRequest | BatchesRequest,
        workers: Workers,
        answers: Answers,
        superseded: Callable[[], bool],
    ) -> None:
        self.outcome = SUPERSEDED
        self._request = request
        self._workers = workers
        self._answers = answers
        self._superseded = superseded
        self._began = time.perf_counter()
        self._from_memory = False

    async def messages(self) -> AsyncIterator[Message]:
        """The answer, unless the request is superseded: one message."""
        key = _key_of(self._request)
        record = self._answers.record(key)
        self._from_memory = record is not None
        if record is None:
            try:
                record = await self._compute()
            except UnusableError as problem:
                self.outcome = "refused"
                yield ErrorAnswer(code="unusable", message=str(problem), slot=self._request.slot, id=self._request.id)
                return
            if record is None:
                return
            self._answers.put_record(key, record)
        self.outcome = DONE
        yield record.model_copy(update={"slot": self._request.slot, "id": self._request.id})

    async def _compute(self) -> Record | None:
        request = self._request
        work = _batches(request) if isinstance(request, BatchesRequest) else _examples(request)
        return await in_pieces(self._workers, work, self._superseded)

    def log_line(self, outcome: str) -> str:
        """The log line about this request, without the data, which belong to the visitor."""
        request = self._request
        return line(
            request.kind,
            scenario=format_settings(request.scenario),
            step=request.first if isinstance(request, BatchesRequest) else request.step,
            ms=1000 * (time.perf_counter() - self._began),
            memory=self._from_memory,
            request=outcome,
        )


def _key_of(request: ExamplesRequest | BatchesRequest) -> bytes:
    """A short key of all that determines an answer."""
    scenario = request.scenario
    if isinstance(request, ExamplesRequest):
        scenario = Scenario(**dict(scenario) | {"runs": (scenario.runs[request.run],)})
    rest = request.model_dump_json(exclude={"slot", "id", "scenario"})
    return search_key_of(scenario) + rest.encode()


def _batches(request: BatchesRequest) -> Generator[None, None, Batches]:
    scenario, first = request.scenario, request.first
    yield
    count, batches = batches_from(scenario, first, MOST_INDICES)
    return Batches(slot=request.slot, id=request.id, first=first, count=count, batches=batches)


def _examples(request: ExamplesRequest) -> Generator[None, None, Examples]:
    try:
        found = yield from examining(request.scenario, request.run, request.step, landings=request.landings)
    except ValueError as problem:
        raise UnusableError(str(problem)) from None
    losses = None
    if request.losses:
        yield
        tones, levels = batch_tones(request.scenario.landscape, found.batch)
        if np.isfinite(tones).all():
            rows, columns = tones.shape
            losses = BatchMap(columns=columns, rows=rows, tones=_rounded(tones), levels=_numbers(levels))
    ends = found.landings
    landings = None
    if ends is not None and np.isfinite(ends.own).all():
        others = ends.others[np.isfinite(ends.others).all(axis=1)]
        landings = Landings(own=_pair(ends.own), others=_pairs(others), batches=1 + len(ends.others), every=ends.every)
    return Examples(
        slot=request.slot,
        id=request.id,
        run=request.run,
        step=request.step,
        batch=tuple(found.batch.tolist()),
        gradients=_pairs(found.gradients),
        batch_gradient=_pair(found.batch_gradient),
        full_gradient=_pair(found.full_gradient),
        map=losses,
        landings=landings,
    )


def _rounded(tones: NDArray[np.float64]) -> tuple[float, ...]:
    """Tones to six digits after the point: a difference that no screen shows, and a third of the bytes."""
    return tuple(tones.round(6).ravel().tolist())


def _numbers(numbers: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(numbers.tolist())


def _pair(numbers: NDArray[np.float64]) -> Pair:
    x, y = numbers.tolist()
    return x, y


def _pairs(numbers: NDArray[np.float64]) -> tuple[Pair, ...]:
    return tuple(map(_pair, numbers))
