"""Answer one request for many seeds of a scenario: run after run, in short pieces on the stepping threads."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from backend import metrics
from backend.aggregate import AggregateAnswer
from backend.answers import search_key_of
from backend.frames import pack_fan, readdress
from backend.kept import Kept
from backend.messages import Message
from backend.pace import Pace
from backend.pieces import in_pieces
from backend.seed_messages import CloudRecord, Fan, Fanned, SeedsRequest
from backend.superseded import Superseded
from backend.walking import DONE
from backend.workers import Workers
from trajectories import Scenario
from trajectories.clouds import clouds_of
from trajectories.seed_fan import seeds_in_pieces

# A step of few walks takes about as long as one of so many: that is what it takes out of the budget (see ``maps``).
NARROW = 2048
STEPS_AT_ONCE = 16  # steps between two looks at the clock: a few milliseconds
MOST_BYTES, MOST_LIVE_BYTES = 32 * 2**20, 4 * 2**20

Key = tuple[bytes, int, int]


@dataclass(frozen=True, kw_only=True)
class KeptFan:
    """The answer about one run, with the slot, id and run of the request before."""

    fan: Fan
    frame: bytes


class Fans:
    """The most recently used fans, by all that determines them.

    While something is dragged, the runs that it does not change are needed again and again. Fans of gestures have a
    cache of their own, so that they do not displace the others.
    """

    def __init__(self) -> None:
        self._rested: Kept[Key, KeptFan] = Kept(MOST_BYTES, _size)
        self._live: Kept[Key, KeptFan] = Kept(MOST_LIVE_BYTES, _size)

    def get(self, key: Key) -> KeptFan | None:
        """A fan, if it is cached."""
        return self._rested.get(key) or self._live.get(key)

    def put(self, key: Key, fan: KeptFan, *, live: bool) -> None:
        """Cache a fan, and drop the least recently used ones."""
        (self._live if live else self._rested).put(key, fan)


def _size(kept: KeptFan) -> int:
    return len(kept.frame)


class FanAnswer(AggregateAnswer[SeedsRequest]):
    """The answer to one request for many seeds.

    Parameters
    ----------
    request : SeedsRequest
        The request.
    fans : Fans
        The cache.
    workers, budget, superseded
        See ``AggregateAnswer``.
    """

    event = "seeds"

    def __init__(
        self, request: SeedsRequest, workers: Workers, fans: Fans, budget: Pace, superseded: Superseded
    ) -> None:
        super().__init__(request, workers, budget, superseded)
        self._fans = fans

    async def messages(self) -> AsyncIterator[Message | bytes]:
        """The fan of each run, unless the request is superseded or the budget is used up; or a sentence."""
        request = self._request
        sent: list[int] = []
        wait: float | None = None
        try:
            for run in request.runs:
                key = _key_of(request, run)
                known = self._fans.get(key)
                metrics.KEPT.inc(known is not None)
                if known is None:
                    cost = (request.scenario.steps + 1) * max(NARROW, request.count)
                    missing = self._budget.take_at_once(cost)
                    if missing:
                        wait = max(missing, wait or 0.0)
                        continue
                    known = await self._compute(run)
                    if known is None:
                        return
                    self._fans.put(key, known, live=request.live)
                sent.append(run)
                yield known.fan.model_copy(update={"slot": request.slot, "id": request.id, "run": run})
                yield readdress(request.slot, request.id, known.frame, run)
        except ValueError as problem:
            yield self._refuse(problem)
            return
        yield Fanned(slot=request.slot, id=request.id, runs=tuple(sent), wait=wait)
        self.outcome = DONE

    async def _compute(self, run: int) -> KeptFan | None:
        """The fan of one run; None if the request is superseded."""
        request = self._request
        work = seeds_in_pieces(request.scenario, request.count, run, STEPS_AT_ONCE)
        found = await in_pieces(self._workers, work, self._superseded, lane=self._lane)
        if found is None:
            return None

        def packed() -> KeptFan:
            clouds = clouds_of(request.scenario.landscape, found.ends, found.kinds)
            fan = Fan(
                slot=request.slot,
                id=request.id,
                run=run,
                count=request.count,
                arrived=found.arrived,
                circled=found.circled,
                clouds=tuple(CloudRecord(**vars(cloud)) for cloud in clouds),
            )
            return KeptFan(fan=fan, frame=pack_fan(request.slot, request.id, run, found, request.points))

        return await self._workers.call(packed, self._lane())

    def _counts(self) -> dict[str, int]:
        return {"walks": self._request.count * len(self._request.runs)}


def _key_of(request: SeedsRequest, run: int) -> Key:
    """All that determines the fan of a run: the other runs are not used."""
    scenario = request.scenario
    alone = Scenario(**dict(scenario) | {"runs": (scenario.runs[run],)})
    return search_key_of(alone), request.count, request.points
