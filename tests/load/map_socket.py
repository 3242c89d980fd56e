"""A connection that requests maps of basins as components/stage/state/cell_map.js does."""

import asyncio
import json
import time
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from backend.messages import VERSION
from tests.load.stream_socket import PATIENCE, RefusedError
from tests.load.tally import Tally
from tests.stream_client import header_of

FIRST_ROWS, LEAST_ROWS, MOST_ROWS = 32, 16, 64  # of a map of a gesture
FAST, SLOW, SLOWER = 0.04, 0.12, 0.4  # seconds: see LIVE_MS in cell_map.js
AT_REST = (180, 320)  # rows and columns on a small laptop


class MapSocket:
    """One connection, which requests one map at a time.

    It is not that of the walks: so the waits for maps and for walks are told apart.

    Parameters
    ----------
    url : str
        The server's, beginning with ``ws://``.
    tally : Tally
        Where waits are noted.
    """

    def __init__(self, url: str, tally: Tally) -> None:
        self._url = url
        self._tally = tally
        self._id = 0
        self._rows = FIRST_ROWS
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

    async def live(self, scenario: dict[str, Any]) -> None:
        """Receive the map of a moment of a gesture, and choose the rows of the next one."""
        began = time.perf_counter()
        with self._tally.waiting("map, lr dragged"):
            rows = await self._receive(scenario, self._rows, round(self._rows * AT_REST[1] / AT_REST[0]), live=True)
        took = time.perf_counter() - began
        factor = 0.25 if took > SLOWER else 0.5 if took > SLOW or not rows else 2 if took < FAST else 1
        self._rows = int(max(LEAST_ROWS, min(MOST_ROWS, self._rows * factor)))
        self._tally.counts["maps while dragging"] += 1
        self._tally.counts["rows of maps while dragging"] += rows

    async def rest(self, scenario: dict[str, Any]) -> None:
        """Receive the maps of a scenario at rest, from coarse to fine."""
        with self._tally.waiting("map at rest, until the finest that the server sends"):
            rows = await self._receive(scenario, *AT_REST, live=False)
        self._tally.counts["maps at rest"] += 1
        self._tally.counts["maps at rest, in full detail"] += rows == AT_REST[0]

    async def _receive(self, scenario: dict[str, Any], rows: int, columns: int, *, live: bool) -> int:
        """Request a map, and receive it; returns the rows of the finest map that was sent.

        Raises
        ------
        RefusedError
            If the server refuses it, or it has fewer rows than requested and the server does not say so.
        """
        assert self._socket is not None
        self._id += 1
        request = {"kind": "map", "version": VERSION, "slot": "map", "id": self._id, "scenario": scenario, "runs": [0]}
        await self._socket.send(json.dumps(request | {"rows": rows, "columns": columns, "live": live}))
        began, drawn = time.perf_counter(), live
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await self._socket.recv()
                if isinstance(message, bytes):
                    assert header_of(message)["id"] == self._id
                    if not drawn:
                        self._tally.waits["map at rest, first rows"].append(time.perf_counter() - began)
                        drawn = True
                    continue
                answer = json.loads(message)
                if answer["kind"] == "error":
                    raise RefusedError(answer["message"])
                if answer["kind"] == "mapped":
                    break
        if answer["rows"] < rows and not answer["coarse"]:
            raise RefusedError(f"a map of {answer['rows']} rows instead of {rows}, and nothing says so")
        self._tally.counts["coarse maps, said"] += answer["coarse"]
        return int(answer["rows"])
