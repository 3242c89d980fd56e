"""Answer one request for the bifurcation view, in short pieces on the stepping threads."""

import math
from collections.abc import AsyncIterator

from backend import metrics
from backend.aggregate import AggregateAnswer
from backend.answers import search_key_of
from backend.fans import NARROW, STEPS_AT_ONCE
from backend.frames import pack_orbits, readdress
from backend.kept import Kept
from backend.messages import Message
from backend.orbit_messages import OrbitsDone, OrbitsRequest
from backend.pace import Pace
from backend.pieces import in_pieces
from backend.settings_messages import axis_of
from backend.superseded import Superseded
from backend.walking import DONE
from backend.workers import Workers
from trajectories.orbits import orbits_in_pieces

MOST_BYTES = 16 * 2**20

Key = tuple[bytes, str, int]


class OrbitFrames(Kept[Key, bytes]):
    """The most recently used frames, by all that determines them."""

    def __init__(self) -> None:
        super().__init__(MOST_BYTES, len)


class OrbitsAnswer(AggregateAnswer[OrbitsRequest]):
    """The answer to one request for the bifurcation view.

    Parameters
    ----------
    request : OrbitsRequest
        The request.
    kept : OrbitFrames
        The cache. Frames of a gesture are used once: they are not cached.
    workers, budget, superseded
        See ``AggregateAnswer``.
    """

    event = "orbits"

    def __init__(
        self, request: OrbitsRequest, workers: Workers, kept: OrbitFrames, budget: Pace, superseded: Superseded
    ) -> None:
        super().__init__(request, workers, budget, superseded)
        self._kept = kept

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
        except ValueError as problem:
            yield self._refuse(problem)
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
        found = await in_pieces(self._workers, work, self._superseded, lane=self._lane)
        return None if found is None else pack_orbits(request.slot, request.id, found)

    def _counts(self) -> dict[str, int]:
        return {"walks": self._request.columns}
