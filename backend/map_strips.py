"""The strips of a map of basins, computed in short pieces on the stepping threads."""

import asyncio
import math
from collections import deque
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import cast

from backend.frames import pack_cells
from backend.lanes import Lane
from backend.map_messages import MapRequest
from backend.pieces import in_pieces
from backend.workers import Workers
from trajectories.basin_map import BasinMap, Shape, basins_in_pieces, check_window, strips_of

# The browser paints a map strip by strip: whole rows with at most so many starts.
CELLS_OF_STRIP = 4096
# So many strips of a map at rest are computed at the same time. While something is dragged the walks need the other
# core.
STRIPS_AT_ONCE = 2
# Steps of a strip between two looks at the clock: at most about 8 ms. Narrow strips take more of them, since calls of
# torch take most of their time.
STEPS_AT_ONCE, MOST_STEPS_AT_ONCE = 16, 64


@dataclass(frozen=True, kw_only=True)
class Strip:
    """Whole rows of a map: their frame, and these rows for each run, if they were wanted."""

    frame: bytes
    found: list[BasinMap]


class MapStrips:
    """The strips of one size of a map, in order.

    Parameters
    ----------
    request : MapRequest
        What the map is of.
    workers : Workers
        The threads.
    shape : (int, int)
        The number of rows and columns.
    lane : callable
        The lane of the next piece.
    neighbors : bool
        Whether walks begin at the neighbors of the cells' middles: see ``basins_in_pieces``.
    tables : bool
        Whether the rows are wanted besides their frames.
    """

    def __init__(
        self,
        request: MapRequest,
        workers: Workers,
        shape: Shape,
        lane: Callable[[], Lane],
        *,
        neighbors: bool,
        tables: bool,
    ) -> None:
        self._request = request
        self._workers = workers
        self._shape = shape
        self._lane = lane
        self._neighbors = neighbors
        self._tables = tables

    async def compute(self) -> AsyncGenerator[Strip, None]:
        """Each strip when it and all before it are computed; close the generator to cancel the others."""
        tasks: deque[asyncio.Task[Strip]] = deque()
        strips = strips_of(self._shape, CELLS_OF_STRIP)
        try:
            while True:
                while len(tasks) < (1 if self._lane() is Lane.LIVE else STRIPS_AT_ONCE):
                    rows = next(strips, None)
                    if rows is None:
                        break
                    tasks.append(asyncio.create_task(self._strip(rows)))
                if not tasks:
                    return
                strip = await tasks[0]
                tasks.popleft()
                yield strip
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _strip(self, rows: slice) -> Strip:
        request, (height, columns) = self._request, self._shape
        scenario = request.scenario
        window = check_window(request.window, scenario.landscape)
        cells = (rows.stop - rows.start) * columns
        count = min(MOST_STEPS_AT_ONCE, max(STEPS_AT_ONCE, STEPS_AT_ONCE * CELLS_OF_STRIP // cells))
        found: list[BasinMap] = []
        spent: list[float] = []
        async with self._workers.begun[self._lane()]:
            for run in request.runs:
                work = basins_in_pieces(scenario, run, self._shape, window, rows, count, neighbors=self._neighbors)
                part = await in_pieces(self._workers, work, lane=self._lane, spent=spent.append)
                found.append(cast("BasinMap", part))  # not None: nothing supersedes it, since it is canceled instead
        steps = cells * len(request.runs) * (scenario.steps + 1)
        self._workers.backlog.measured(steps, math.fsum(spent))
        frame = pack_cells(request.slot, request.id, rows.start, height, found)
        return Strip(frame=frame, found=found if self._tables else [])
