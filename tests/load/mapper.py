"""Simulate a student who opens the map of basins and drags lr."""

import asyncio
import time
from typing import Any

from tests.load.map_socket import MapSocket
from tests.load.stream_socket import POINTER_SECONDS
from tests.load.student import DRAG_SECONDS, Student
from tests.load.tally import Tally
from trajectories import parse_link

SCENE = "surface=hump&steps=150&run=adam:lr=0.1&run=momentum:lr=0.05"


class Mapper(Student):
    """A student with the map of basins on; the seed determines the actions and their times.

    Parameters
    ----------
    port : int
        The server's, on this machine.
    """

    minute: tuple[str, ...] = ("tune",) * 4

    def __init__(self, port: int, seed: int, tally: Tally) -> None:
        super().__init__(port, seed, tally)
        self._maps = MapSocket(f"ws://localhost:{port}", tally)
        self._scenario = parse_link(SCENE)[0].model_dump(mode="json")

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
        values = first["values"] | {"lr": 10 ** self._rng.uniform(-2, -0.3)}
        return self._scenario | {"runs": [first | {"values": values}, *others]}
