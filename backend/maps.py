"""Answer one request for a map of basins: from coarse to fine, equal requests at the same time together."""

import math
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

import numpy as np

from backend import metrics
from backend.aggregate import AggregateAnswer
from backend.answers import search_key_of
from backend.computations import Computation
from backend.frames import readdress
from backend.lanes import Lane
from backend.levels import Levels, affordable, levels
from backend.map_messages import Map, Mapped, MapRequest
from backend.map_strips import MapStrips, Strip
from backend.messages import Message
from backend.pace import Pace
from backend.superseded import Superseded
from backend.walking import DONE
from backend.workers import Workers
from trajectories import Scenario
from trajectories.basin_map import BasinMap, Shape, check_window, differ

# The steps of walks that one socket may have computed for its maps. A core takes 5 to 60 million a second, by the
# landscape. A map of 64 x 100 cells and 150 steps has one million, one of 512 x 800 cells 62 million.
BUDGET_A_SECOND, BUDGET_AT_ONCE = 8_000_000, 240_000_000
NEIGHBORS = "neighbors"  # the walks that begin beside the middles of the cells


@dataclass(frozen=True, kw_only=True)
class Level:
    """A complete map of one size: its frames, with the slot and id of the request before."""

    frames: tuple[bytes, ...]
    sensitive: float | None

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return sum(map(len, self.frames))


Maps = Levels[Level, Strip]


def map_budget() -> Pace:
    """The budget of a new socket."""
    return Pace(BUDGET_A_SECOND, BUDGET_AT_ONCE)


class MapAnswer(AggregateAnswer[MapRequest]):
    """The answer to one request for a map.

    Parameters
    ----------
    request : MapRequest
        The request.
    maps : Maps
        What all sockets share.
    workers, budget, superseded
        See ``AggregateAnswer``.
    """

    event = "map"

    def __init__(self, request: MapRequest, workers: Workers, maps: Maps, budget: Pace, superseded: Superseded) -> None:
        super().__init__(request, workers, budget, superseded)
        self._maps = maps
        self._shape: Shape = (0, 0)
        self._key = _key_of(request)
        self._shapes = list(levels(request.rows, request.columns))
        self._coarsest: tuple[tuple[bytes, ...], list[list[BasinMap]]] | None = None  # if it has been computed

    async def messages(self) -> AsyncIterator[Message | bytes]:
        """The map from coarse to fine, unless the request is superseded; or a sentence."""
        request = self._request
        window = check_window(request.window, request.scenario.landscape)
        yield Map(slot=request.slot, id=request.id, window=window, runs=request.runs)
        free = {shape for shape in self._shapes if self._known(shape) or (self._key, shape, "") in self._maps.under_way}
        chosen = affordable(self._shapes, free, self._cost, self._budget, self._workers.backlog, live=request.live)
        wait = chosen.wait
        try:
            with self._workers.backlog.promise(chosen.cost) as promise:
                for shape in chosen.shapes:
                    async with aclosing(self._level(shape)) as frames:
                        async for frame in frames:
                            yield readdress(request.slot, request.id, frame)
                    if self._superseded():
                        return
                    self._shape = shape
                    promise.kept(0 if shape in free else self._cost(shape))
            share = await self._sensitive()
            if self._superseded():
                return
        except ValueError as problem:
            yield self._refuse(problem)
            return
        rows, columns = self._shape
        yield Mapped(
            slot=request.slot,
            id=request.id,
            rows=rows,
            columns=columns,
            coarse=wait is not None,
            wait=None if wait is None or math.isinf(wait) else wait,
            sensitive=share,
        )
        self.outcome = DONE

    def _cost(self, shape: Shape) -> int:
        """The steps of walks that a level takes."""
        return math.prod(shape) * len(self._request.runs) * (self._request.scenario.steps + 1)

    def _known(self, shape: Shape) -> Level | None:
        """A level, if it is cached."""
        return self._maps.get((self._key, shape), live=self._request.live)

    async def _level(self, shape: Shape) -> AsyncGenerator[bytes, None]:
        """The frames of a map of one size, from the cache or as they are computed."""
        live, known = self._request.live, self._known(shape)
        metrics.KEPT.inc(known is not None)
        if known is not None:
            for frame in known.frames:
                yield frame
            return
        frames, found = [], []
        async with aclosing(self._strips(shape)) as strips:
            async for strip in strips:
                frames.append(strip.frame)
                found.append(strip.found)
                yield strip.frame
        if self._superseded():
            return
        if shape == self._shapes[0] and not live:
            self._coarsest = tuple(frames), found
        else:
            self._maps.put((self._key, shape), Level(frames=tuple(frames), sensitive=None), live=live)

    async def _sensitive(self) -> float | None:
        """The share of sensitive starts of the coarsest map; it is measured last, so that no map waits for it."""
        shape = self._shapes[0]
        if self._coarsest is None:
            known = self._known(shape)
            return None if self._request.live or known is None else known.sensitive
        frames, strips = self._coarsest
        async with aclosing(self._strips(shape, neighbors=True)) as neighbors:
            others = [strip.found async for strip in neighbors]
        if self._superseded():
            return None
        share = _share_that_differs(strips, others)
        self._maps.put((self._key, shape), Level(frames=frames, sensitive=share), live=False)
        return share

    def _strips(self, shape: Shape, *, neighbors: bool = False) -> AsyncGenerator[Strip, None]:
        """The strips of a map in order; none after the request is superseded."""
        coarsest = shape == self._shapes[0]

        def compute(computation: Computation[Strip]) -> AsyncGenerator[Strip, None]:
            computation.at_rest = Lane.SLOW if coarsest and not neighbors else Lane.REST
            # The tables are compared with those of the neighbors; of a large map only frames are kept in memory.
            strips = MapStrips(
                self._request, self._workers, shape, computation.lane, neighbors=neighbors, tables=coarsest
            )
            return strips.compute()

        key = self._key, shape, NEIGHBORS if neighbors else ""
        return self._maps.under_way.read(key, compute, self._superseded, live=self._request.live)

    def _counts(self) -> dict[str, int]:
        return {"cells": math.prod(self._shape)}


def _share_that_differs(strips: Sequence[Sequence[BasinMap]], others: Sequence[Sequence[BasinMap]]) -> float:
    """The share of cells in which a map differs from that of the neighbors, for one of the runs at least."""
    cells = [
        np.any([differ(*pair) for pair in zip(found, other, strict=True)], axis=0)
        for found, other in zip(strips, others, strict=True)
    ]
    return float(np.concatenate(cells).mean())


def _key_of(request: MapRequest) -> bytes:
    """A short key of all that determines the cells but their number: of the scenario, the start is not used."""
    runs = tuple(request.scenario.runs[run] for run in request.runs)
    scenario = Scenario(**dict(request.scenario) | {"runs": runs, "start": request.scenario.landscape.start})
    return search_key_of(scenario) + repr(request.window).encode()
