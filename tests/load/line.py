"""The stage's line to the backend, as components/stage/wire/socket.js keeps it."""

import asyncio
import json
import random
import time
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from backend.messages import LIVE_MS
from tests.load.tally import Tally
from tests.stream_client import header_of, wish

PATIENCE = 60.0  # seconds for one answer
POINTER_SECONDS = 0.033


class RefusedError(Exception):
    """An answer was an error, or none came."""


class Line:
    """One socket, and the newest request on it.

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
        self._late = False  # it took longer than it may to come up to the picture before
        self._least = 0  # steps that a picture has to show while one drags
        self._socket: ClientConnection | None = None

    async def open(self) -> None:
        """Connect."""
        self._socket = await connect(
            f"{self._url}/api/stream", max_size=None, open_timeout=PATIENCE, ping_interval=None
        )

    async def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            await self._socket.close()

    async def play(self, scenario: dict[str, Any], what: str) -> None:
        """Ask for a walk, and take it to its end."""
        await self._picture(scenario, what)
        async with asyncio.timeout(PATIENCE):
            while isinstance(await self._socket.recv(), bytes):
                pass

    async def drag(self, scenario: dict[str, Any], seconds: float, reach: float = 0.5) -> None:
        """Drag the start about: one every 33 ms, and only the newest is asked for once a picture has come."""
        x, y = scenario["start"]
        began = time.perf_counter()
        self._least = 0
        while (now := time.perf_counter()) < began + seconds:
            start = [x + reach * (2 * self._rng.random() - 1), y + reach * (2 * self._rng.random() - 1)]
            await self._picture(scenario | {"start": start}, "picture, drag", live=True)
            self._tally.counts["pictures while dragging"] += 1
            # The pointer's next move; those before the picture came are overtaken.
            due = now + POINTER_SECONDS * -(-(time.perf_counter() - now) // POINTER_SECONDS)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        self._tally.counts["seconds of dragging"] += round(time.perf_counter() - began)
        await self.play(scenario, "first chunk, drag")

    async def _picture(self, scenario: dict[str, Any], what: str, *, live: bool = False) -> None:
        """Ask for a walk, and take the first chunk of it; under a gesture (``live``) a picture: see slot.js."""
        self._id += 1
        self._late = False
        message = wish(self._id, scenario, inside=None, live=live)
        with self._tally.waiting(what):
            async with asyncio.timeout(PATIENCE):
                while not await self._asked(message, scenario["steps"] if live else 0):
                    self._tally.counts["busy"] += 1

    async def _asked(self, message: str, steps: int) -> bool:
        """Ask, and wait for so many steps as a picture needs; False if the server is busy."""
        await self._socket.send(message)
        sent = time.perf_counter()
        while True:
            heard = await self._socket.recv()
            if isinstance(heard, bytes):
                header = header_of(heard)
                received = header["first"] + header["count"] - 1
                if header["id"] == self._id and self._is_enough(received, steps, time.perf_counter() - sent):
                    return True
                continue
            told = json.loads(heard)
            if told["id"] not in {self._id, None}:
                continue
            if told["kind"] == "busy":
                await asyncio.sleep(told["retry_ms"] / 1000 * (0.75 + self._rng.random() / 2))
                return False
            if told["kind"] == "error":
                raise RefusedError(told["message"])

    def _is_enough(self, received: int, steps: int, waited: float) -> bool:
        """Whether all steps have come, or it took long and there are no fewer than in the picture before."""
        if received < steps and (1000 * waited < LIVE_MS or received < self._least):
            self._late |= 1000 * waited >= LIVE_MS
            return False
        if not self._late:
            self._least = min(received, steps)
        return True
