"""The stage's line to the backend, as components/stage/socket.js keeps it."""

import asyncio
import json
import random
import time
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.load.tally import Tally

PATIENCE = 30.0  # seconds for one answer
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
        await self._first_chunk(scenario, what)
        async with asyncio.timeout(PATIENCE):
            while isinstance(await self._socket.recv(), bytes):
                pass

    async def drag(self, scenario: dict[str, Any], seconds: float, reach: float = 0.5) -> None:
        """Drag the start about: one every 33 ms, and only the newest is asked for once a picture has come."""
        x, y = scenario["start"]
        began = time.perf_counter()
        while (now := time.perf_counter()) < began + seconds:
            start = [x + reach * (2 * self._rng.random() - 1), y + reach * (2 * self._rng.random() - 1)]
            await self._first_chunk(scenario | {"start": start}, "first chunk, drag")
            self._tally.counts["pictures while dragging"] += 1
            # The pointer's next move; those before the picture came are overtaken.
            due = now + POINTER_SECONDS * -(-(time.perf_counter() - now) // POINTER_SECONDS)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        self._tally.counts["seconds of dragging"] += round(time.perf_counter() - began)
        await self.play(scenario, "first chunk, drag")

    async def _first_chunk(self, scenario: dict[str, Any], what: str) -> None:
        self._id += 1
        message = json.dumps({"id": self._id, "scenario": scenario, "inside": None})
        with self._tally.waiting(what):
            async with asyncio.timeout(PATIENCE):
                while not await self._asked(message):
                    self._tally.counts["busy"] += 1

    async def _asked(self, message: str) -> bool:
        """Ask; whether a first chunk came, and not the word that the server is busy."""
        await self._socket.send(message)
        while True:
            heard = await self._socket.recv()
            if isinstance(heard, bytes):
                if int.from_bytes(heard[:4], "little") == self._id:
                    return True
                continue
            told = json.loads(heard)
            if told["id"] not in {self._id, None}:
                continue
            if told["type"] == "busy":
                await asyncio.sleep(told["retry_ms"] / 1000 * (0.75 + self._rng.random() / 2))
                return False
            if told["type"] == "error":
                raise RefusedError(told["message"])
