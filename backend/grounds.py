"""Answer one request for the map of edited data: from the cache, or by computing it on the stepping threads."""

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from backend import metrics
from backend.frames import pack_tones, readdress
from backend.kept import Kept
from backend.log import line
from backend.messages import ErrorAnswer, Ground, GroundRequest, Message
from backend.workers import Workers
from charts.ground import LIVE_RESOLUTION, GroundFacts, ground_of
from trajectories import format_settings

MOST_BYTES = 16 * 2**20
NOT_FINITE = "The map cannot be drawn: with these data the loss is not finite everywhere on it. Use smaller values."


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A computed map: what belongs to its tones, and their frame, with the slot and id of the request before."""

    facts: GroundFacts
    frame: bytes


class Grounds(Kept[str, Drawn]):
    """The most recently used maps, by the key of their landscape, which says which data it has."""

    def __init__(self) -> None:
        super().__init__(MOST_BYTES, lambda drawn: len(drawn.frame))


class GroundAnswer:
    """The answer to one request for a map.

    Parameters
    ----------
    request : GroundRequest
        The request.
    workers : Workers
        The threads. A map waits behind the first chunks of walks, and takes turns with their later chunks.
    grounds : Grounds
        The cache. Maps of a gesture are coarse and used once: they are not cached.
    superseded : callable
        Returns whether a newer request of the slot has replaced this one.
    """

    def __init__(
        self, request: GroundRequest, workers: Workers, grounds: Grounds, superseded: Callable[[], bool]
    ) -> None:
        self.outcome = "superseded"
        self._request = request
        self._workers = workers
        self._grounds = grounds
        self._superseded = superseded
        self._began = time.perf_counter()
        self._from_memory = False

    async def messages(self) -> AsyncIterator[Message | bytes]:
        """The facts and the frame of tones, unless the request is superseded; or a sentence."""
        request = self._request
        landscape = request.scenario.landscape
        drawn = self._grounds.get(landscape.key)
        self._from_memory = drawn is not None
        metrics.KEPT.inc(self._from_memory)

        def compute() -> Drawn | None:
            if self._superseded():
                return None
            resolution = LIVE_RESOLUTION if request.live else None
            facts, tones = ground_of(landscape, resolution, minima=not request.live)
            return Drawn(facts=facts, frame=pack_tones(request.slot, request.id, tones))

        if drawn is None:
            try:
                drawn = await self._workers.call(compute)
            except ValueError:  # the loss is not finite at some point of the map
                self.outcome = "refused"
                yield ErrorAnswer(code="unusable", message=NOT_FINITE, slot=request.slot, id=request.id)
                return
            if drawn is not None and not request.live:
                self._grounds.put(landscape.key, drawn)
        if drawn is None or self._superseded():
            return
        yield Ground(slot=request.slot, id=request.id, facts=drawn.facts)
        yield readdress(request.slot, request.id, drawn.frame)
        self.outcome = "done"

    def log_line(self, outcome: str) -> str:
        """The log line about this request, without the data, which belong to the visitor."""
        return line(
            "mapped",
            scenario=format_settings(self._request.scenario),
            ms=1000 * (time.perf_counter() - self._began),
            live=self._request.live,
            memory=self._from_memory,
            request=outcome,
        )
