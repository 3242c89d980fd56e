"""Answer one request for a map of basins: from coarse to fine, in short pieces on the stepping threads."""

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np

from backend import metrics
from backend.aggregate import AggregateAnswer
from backend.answers import search_key_of
from backend.frames import pack_cells, readdress
from backend.levels import LevelCache, affordable, levels
from backend.map_messages import Map, Mapped, MapRequest
from backend.messages import Message
from backend.pace import Pace
from backend.pieces import in_pieces
from backend.walking import DONE
from backend.workers import Workers
from trajectories import Scenario
from trajectories.basin_map import BasinMap, Shape, basins_in_pieces, check_window, differ, strips_of

# The steps of walks that one socket may have computed for its maps: about a third of a core. A core takes 10 to 60
# million a second. A map of 64 x 100 cells and 150 steps has one million, one of 512 x 800 cells 62 million.
BUDGET_A_SECOND, BUDGET_AT_ONCE = 8_000_000, 240_000_000
# What all sockets may have computed together, for each thread of the server. A class that uses it up gets coarse maps.
SERVER_A_SECOND, SERVER_AT_ONCE = 8_000_000, 120_000_000
STEPS_AT_ONCE = 16  # steps of a strip between two looks at the clock: at most about 8 ms
# The browser paints a map strip by strip: whole rows with at most so many starts.
CELLS_OF_STRIP = 4096
# So many strips of a map at rest are computed at the same time. While something is dragged the walks need the other
# core.
STRIPS_AT_ONCE = 2
Strip = tuple[slice, list[BasinMap]]  # rows of a map, and these rows for each run


@dataclass(frozen=True, kw_only=True)
class Level:
    """A complete map of one size: its frames, with the slot and id of the request before."""

    frames: tuple[bytes, ...]
    sensitive: float | None

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return sum(map(len, self.frames))


Maps = LevelCache[Level]


def map_budget(server: Pace | None = None) -> Pace:
    """The budget of a new socket; ``server``: that of all sockets together, see ``server_budget``."""
    return Pace(BUDGET_A_SECOND, BUDGET_AT_ONCE, server)


def server_budget(threads: int) -> Pace:
    """The budget of all sockets of a server together."""
    return Pace(threads * SERVER_A_SECOND, threads * SERVER_AT_ONCE)


class MapAnswer(AggregateAnswer[MapRequest]):
    """The answer to one request for a map.

    Parameters
    ----------
    request : MapRequest
        The request.
    maps : Maps
        The cache. Maps of a gesture are used once: they are not cached.
    workers, budget, superseded
        See ``AggregateAnswer``.
    """

    event = "map"

    def __init__(
        self,
        request: MapRequest,
        workers: Workers,
        maps: Maps,
        budget: Pace,
        superseded: Callable[[], bool],
    ) -> None:
        super().__init__(request, workers, budget, superseded)
        self._maps = maps
        self._shape: Shape = (0, 0)
        self._key = _key_of(request)
        self._coarsest: tuple[tuple[bytes, ...], list[list[BasinMap]]] | None = None  # if it has been computed
        shapes = levels(request.rows, request.columns)
        cached = {shape: maps.get((self._key, shape)) for shape in shapes}
        self._known = {shape: level for shape, level in cached.items() if level is not None}

    async def messages(self) -> AsyncIterator[Message | bytes]:
        """The map from coarse to fine, unless the request is superseded; or a sentence."""
        request = self._request
        window = check_window(request.window, request.scenario.landscape)
        yield Map(slot=request.slot, id=request.id, window=window, runs=request.runs)
        shapes, wait = self._affordable()
        try:
            for shape in shapes:
                async for frame in self._level(shape):
                    yield readdress(request.slot, request.id, frame)
                if self._superseded():
                    return
                self._shape = shape
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

    def _affordable(self) -> tuple[list[Shape], float | None]:
        """The maps to send, from coarse to fine; and how many seconds a finer one has to wait, if one does."""
        request = self._request
        shapes = list(levels(request.rows, request.columns))
        walks = len(request.runs) * (request.scenario.steps + 1)
        return affordable(shapes, self._known, lambda shape: math.prod(shape) * walks, self._budget, live=request.live)

    async def _level(self, shape: Shape) -> AsyncIterator[bytes]:
        """The frames of a map of one size, from the cache or as they are computed."""
        request, known = self._request, self._known.get(shape)
        metrics.KEPT.inc(known is not None)
        if known is not None:
            for frame in known.frames:
                yield frame
            return
        frames, strips = [], []
        async for rows, found in self._strips(shape):
            frames.append(pack_cells(request.slot, request.id, rows.start, shape[0], found))
            if shape == self._coarsest_shape:  # compared with its neighbors later; of a large map only frames are kept
                strips.append(found)
            yield frames[-1]
        if request.live or self._superseded():
            return
        if shape == self._coarsest_shape:
            self._coarsest = tuple(frames), strips
        else:
            self._maps.put((self._key, shape), Level(frames=tuple(frames), sensitive=None))

    async def _sensitive(self) -> float | None:
        """The share of sensitive starts of the coarsest map; it is measured last, so that no map waits for it."""
        shape = self._coarsest_shape
        if self._coarsest is None:
            known = self._known.get(shape)
            return None if self._request.live or known is None else known.sensitive
        frames, strips = self._coarsest
        neighbors = [found async for _, found in self._strips(shape, neighbors=True)]
        if self._superseded():
            return None
        share = _share_that_differs(strips, neighbors)
        self._maps.put((self._key, shape), Level(frames=frames, sensitive=share))
        return share

    @property
    def _coarsest_shape(self) -> Shape:
        return next(levels(self._request.rows, self._request.columns))

    async def _strips(self, shape: Shape, *, neighbors: bool = False) -> AsyncIterator[Strip]:
        """The strips of a map in order, each with one table for each run; none after the request is superseded."""
        tasks: deque[asyncio.Task[Strip | None]] = deque()
        strips = strips_of(shape, CELLS_OF_STRIP)
        try:
            while True:
                while len(tasks) < (1 if self._request.live else STRIPS_AT_ONCE):
                    rows = next(strips, None)
                    if rows is None:
                        break
                    tasks.append(asyncio.create_task(self._strip(shape, rows, neighbors=neighbors)))
                strip = await tasks[0] if tasks else None
                if strip is None:
                    return
                tasks.popleft()
                yield strip
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _strip(self, shape: Shape, rows: slice, *, neighbors: bool) -> Strip | None:
        """Some rows of a map; None if the request was superseded."""
        scenario = self._request.scenario
        window = check_window(self._request.window, scenario.landscape)
        found: list[BasinMap] = []
        async with nullcontext() if self._request.live else self._workers.large:
            for run in self._request.runs:
                work = basins_in_pieces(scenario, run, shape, window, rows, STEPS_AT_ONCE, neighbors=neighbors)
                part = await in_pieces(self._workers, work, self._superseded)
                if part is None:
                    return None
                found.append(part)
        return rows, found

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
