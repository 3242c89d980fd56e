"""The connection of the stage to the backend, as components/stage/wire/socket.js keeps it."""

import asyncio
import json
import random
import time
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from backend.messages import LIVE_MS
from tests.load.tally import Tally
from tests.stream_client import header_of, walk_request

PATIENCE = 60.0  # seconds for one answer
POINTER_SECONDS = 0.033


class RefusedError(Exception):
    """An answer was an error, or no answer arrived."""


class StreamSocket:
    """A WebSocket and its newest request.

    Parameters
    ----------
    url : str
        The server's, beginning with ``ws://``.
    tally : Tally
        Where waits are noted.
    """

    def __init__(self, url: str, tally: Tally, rng: random.Random) -> None:
        self._url = url
        self._tally = tally
        self._rng = rng
        self._id = 0
        self._late = False  # it took longer than allowed to reach the steps of the picture before
        self._least = 0  # steps that a picture has to show while one drags
        self._socket: ClientConnection | None = None

    async def open(self) -> None:
        """Connect."""
        self._socket = await connect(
            f"{self._url}/api/stream", max_size=None, open_timeout=PATIENCE, ping_interval=None
        )

    async def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            await self._socket.close()

    async def play(self, scenario: dict[str, Any], what: str) -> None:
        """Request a walk, and receive all of it."""
        await self.picture(scenario, what)
        async with asyncio.timeout(PATIENCE):
            while isinstance(await self._socket.recv(), bytes):
                pass

    async def drag(self, scenario: dict[str, Any], seconds: float, reach: float = 0.5) -> None:
        """Drag the start: a move every 33 ms; after each picture only the newest start is requested."""
        x, y = scenario["start"]
        began = time.perf_counter()
        self._least = 0
        while (now := time.perf_counter()) < began + seconds:
            start = [x + reach * (2 * self._rng.random() - 1), y + reach * (2 * self._rng.random() - 1)]
            await self.picture(scenario | {"start": start}, "picture, drag", live=True)
            self._tally.counts["pictures while dragging"] += 1
            # Wait for the next move of the pointer; moves before the picture arrived are skipped.
            due = now + POINTER_SECONDS * -(-(time.perf_counter() - now) // POINTER_SECONDS)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        self._tally.counts["seconds of dragging"] += round(time.perf_counter() - began)
        await self.play(scenario, "first chunk, drag")

    async def picture(self, scenario: dict[str, Any], what: str, *, live: bool = False) -> None:
        """Request a walk, and receive its first chunk; under a gesture (``live``) a whole picture: see slot.js."""
        self._id += 1
        self._late = False
        request = walk_request(self._id, scenario, inside=None, live=live)
        with self._tally.waiting(what):
            async with asyncio.timeout(PATIENCE):
                while not await self._is_answered(request, scenario["steps"] if live else 0):
                    self._tally.counts["busy"] += 1

    async def _is_answered(self, request: str, steps: int) -> bool:
        """Send a request, and wait for as many steps as a picture needs; False if the server is busy."""
        await self._socket.send(request)
        sent = time.perf_counter()
        while True:
            message = await self._socket.recv()
            if isinstance(message, bytes):
                header = header_of(message)
                received = header["first"] + header["count"] - 1
                if header["id"] == self._id and self._is_enough(received, steps, time.perf_counter() - sent):
                    return True
                continue
            answer = json.loads(message)
            if answer["id"] not in {self._id, None}:
                continue
            if answer["kind"] == "busy":
                await asyncio.sleep(answer["retry_ms"] / 1000 * (0.75 + self._rng.random() / 2))
                return False
            if answer["kind"] == "error":
                raise RefusedError(answer["message"])

    def _is_enough(self, received: int, steps: int, waited: float) -> bool:
        """Whether all steps have arrived, or the time is over and there are no fewer than in the picture before."""
        if received < steps and (1000 * waited < LIVE_MS or received < self._least):
            self._late |= 1000 * waited >= LIVE_MS
            return False
        if not self._late:
            self._least = min(received, steps)
        return True
