"""Answer one request for the bifurcation view, in short pieces on the stepping threads."""

import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from threading import Lock

from cachetools import LRUCache

from backend import metrics
from backend.answers import search_key_of
from backend.fans import NARROW, STEPS_AT_ONCE
from backend.frames import pack_orbits, readdress
from backend.log import line
from backend.messages import ErrorAnswer, Message
from backend.orbit_messages import OrbitsDone, OrbitsRequest
from backend.pace import Pace
from backend.pieces import in_pieces
from backend.settings_messages import axis_of
from backend.walking import DONE, SUPERSEDED
from backend.workers import Workers
from trajectories import format_settings
from trajectories.orbits import orbits_in_pieces

MOST_BYTES = 16 * 2**20

Key = tuple[bytes, str, int]


class OrbitFrames:
    """The most recently used frames, by all that determines them; for all threads."""

    def __init__(self) -> None:
        self._kept: LRUCache[Key, bytes] = LRUCache(MOST_BYTES, getsizeof=len)
        self._lock = Lock()

    def get(self, key: Key) -> bytes | None:
        """A frame, if it is cached."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Key, frame: bytes) -> None:
        """Cache a frame, and drop the least recently used ones."""
        with self._lock, suppress(ValueError):  # a frame that is larger than the cache is not kept
            self._kept[key] = frame


class OrbitsAnswer:
    """The answer to one request for the bifurcation view.

    Parameters
    ----------
    request : OrbitsRequest
        The request.
    workers : Workers
        The threads. A piece gets a thread when no walk waits, or after many chunks of walks.
    kept : OrbitFrames
        The cache. Frames of a gesture are used once: they are not cached.
    budget : Pace
        The steps of walks that the socket may still have computed: see ``maps.map_budget``.
    superseded : callable
        Returns whether a newer request of the slot has replaced this one: then no further piece is computed.
    """

    def __init__(
        self, request: OrbitsRequest, workers: Workers, kept: OrbitFrames, budget: Pace, superseded: Callable[[], bool]
    ) -> None:
        self.outcome = SUPERSEDED
        self._request = request
        self._workers = workers
        self._kept = kept
        self._budget = budget
        self._superseded = superseded
        self._began = time.perf_counter()

    async def messages(self) -> AsyncIterator[Message | bytes]:
        """The frame, unless the request is superseded or the budget is used up; or a sentence."""
        request = self._request
        key = search_key_of(request.scenario), request.axis.model_dump_json(), request.columns
        frame = self._kept.get(key)
        metrics.KEPT.inc(frame is not None)
        wait = 0.0
        if frame is None:
            wait = self._budget.take_at_once((request.scenario.steps + 1) * max(NARROW, request.columns))
        try:
            if frame is None and not wait:
                frame = await self._compute()
                if frame is None:
                    return
                if not request.live:
                    self._kept.put(key, frame)
        except ValueError as problem:  # the optimizer or the landscape cannot be stepped as an ensemble
            self.outcome = "refused"
            yield ErrorAnswer(code="unusable", message=str(problem), slot=request.slot, id=request.id)
            return
        if frame is not None:
            yield readdress(request.slot, request.id, frame)
        yield OrbitsDone(
            slot=request.slot,
            id=request.id,
            columns=0 if frame is None else request.columns,
            wait=wait if wait and not math.isinf(wait) else None,
        )
        self.outcome = DONE

    async def _compute(self) -> bytes | None:
        request = self._request
        work = orbits_in_pieces(request.scenario, axis_of(request.axis), request.columns, STEPS_AT_ONCE)
        found = await in_pieces(self._workers, work, self._superseded)
        return None if found is None else pack_orbits(request.slot, request.id, found)

    def log_line(self, outcome: str) -> str:
        """The log line about this request, without data, which belong to the visitor."""
        return line(
            "orbits",
            scenario=format_settings(self._request.scenario),
            walks=self._request.columns,
            ms=1000 * (time.perf_counter() - self._began),
            live=self._request.live,
            request=outcome,
        )
