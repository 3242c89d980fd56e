"""Simulate a student who opens the map of basins and drags lr: over the stops of its slider, or any number."""

import asyncio
import math
import time
from typing import Any

from optimizers import OPTIMIZERS
from tests.load.map_socket import MapSocket
from tests.load.stream_socket import POINTER_SECONDS
from tests.load.student import DRAG_SECONDS, Student
from tests.load.tally import Tally
from trajectories import parse_link
from trajectories.scales import slider_stops

LOWEST, HIGHEST = 0.01, 0.5  # of the learning rates
SCENE = "surface=hump&steps=150&run=adam:lr=0.1&run=momentum:lr=0.05"


class Mapper(Student):
    """A student with the map of basins on and a start of their own; the seed determines the actions and their times.

    Parameters
    ----------
    port : int
        The server's, on this machine.
    alike : bool
        Whether lr takes the stops of its slider, so that a class requests the same maps. Else it takes any number, and
        no map is requested twice: the largest load.
    """

    minute: tuple[str, ...] = ("tune",) * 4

    def __init__(self, port: int, seed: int, tally: Tally, *, alike: bool) -> None:
        super().__init__(port, seed, tally)
        self._maps = MapSocket(f"ws://localhost:{port}", tally)
        scenario, _ = parse_link(SCENE)
        start = [self._rng.uniform(low, high) for low, high in scenario.landscape.bounds]
        self._scenario = scenario.model_dump(mode="json") | {"start": start}
        lr = next(record for record in OPTIMIZERS["adam"].hyperparameters if record.name == "lr")
        stops = slider_stops(lr.low, lr.high, lr.scale, lr.default)
        self._stops = [stop for stop in stops if LOWEST <= stop <= HIGHEST] if alike else []

    async def attend(self, arrival: float, end: float) -> None:
        """As every student does; the map's connection is closed too."""
        try:
            await super().attend(arrival, end)
        finally:
            await self._maps.close()

    async def _arrive(self) -> None:
        await super()._arrive()
        await self._maps.open()

    async def _tune(self) -> None:
        """Drag lr: walks and maps follow it, each as fast as they arrive; then both are requested at rest."""
        end = time.perf_counter() + DRAG_SECONDS
        await asyncio.gather(self._drag_walks(end), self._drag_maps(end))
        self._scenario = self._moved()
        await asyncio.gather(self._show("first chunk, lr at rest"), self._maps.rest(self._scenario))

    async def _drag_walks(self, end: float) -> None:
        while (now := time.perf_counter()) < end:
            await self._stream.picture(self._moved(), "first chunk, lr dragged", live=True)
            self._tally.counts["pictures while dragging"] += 1
            await asyncio.sleep(max(0.0, now + POINTER_SECONDS - time.perf_counter()))
        self._tally.counts["seconds of dragging"] += round(DRAG_SECONDS)

    async def _drag_maps(self, end: float) -> None:
        while (now := time.perf_counter()) < end:
            await self._maps.live(self._moved())
            await asyncio.sleep(max(0.0, now + POINTER_SECONDS - time.perf_counter()))

    def _moved(self) -> dict[str, Any]:
        """The scenario with another lr of its first run."""
        first, *others = self._scenario["runs"]
        any_number = math.exp(self._rng.uniform(math.log(LOWEST), math.log(HIGHEST)))
        values = first["values"] | {"lr": self._rng.choice(self._stops) if self._stops else any_number}
        return self._scenario | {"runs": [first | {"values": values}, *others]}
