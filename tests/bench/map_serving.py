"""Maps of basins on the socket of a running server: from the request to the last row, on all cores."""

import asyncio
import json
import time
from statistics import median

from websockets.asyncio.client import ClientConnection, connect

from backend.messages import VERSION
from tests.bench.table import Row
from tests.browser.conftest import Server
from tests.stream_client import header_of
from trajectories import parse_link

LINK = "surface=hump&steps=150&run=adam:lr={lr}"
# Rows and columns, whether something is dragged, the milliseconds until the last row, the rounds.
SIZES = ((32, True, 60.0, 9), (128, False, 300.0, 7), (512, False, 5000.0, 2))
LIVE_SIDE, LIVE_MAPS = 64, 20


def measure_maps(server: Server) -> list[Row]:
    """Maps of one client, each with another learning rate, so that none is in memory."""
    return asyncio.run(_measure(server))


async def _measure(server: Server) -> list[Row]:
    rows = []
    async with connect(f"ws://localhost:{server.port}/api/stream", max_size=None) as socket:
        number = 0
        for side, live, target, rounds in SIZES:
            times = []
            for _ in range(rounds):
                number += 1
                times.append(await _map(socket, number, side, live=live))
            what = f"map of {side} x {side} starts, request to last row, median"
            rows.append(Row(what=what, value=1000 * median(times), unit="ms", target=target))
        began = time.perf_counter()
        for _ in range(LIVE_MAPS):
            number += 1
            await _map(socket, number, LIVE_SIDE, live=True)
        speed = LIVE_MAPS / (time.perf_counter() - began)
    what = f"maps of {LIVE_SIDE} x {LIVE_SIDE} starts a second, one after the other"
    return [*rows, Row(what=what, value=speed, unit="/s", target=10, at_least=True)]


async def _map(socket: ClientConnection, number: int, side: int, *, live: bool) -> float:
    """The seconds from a request to the last row of its finest map; the rest of the answer is received too."""
    scenario, _ = parse_link(LINK.format(lr=0.05 + 0.001 * number))
    request = {"kind": "map", "version": VERSION, "slot": "map", "id": number, "runs": [0], "live": live}
    began, arrived = time.perf_counter(), 0.0
    message = request | {"scenario": scenario.model_dump(mode="json"), "rows": side, "columns": side}
    await socket.send(json.dumps(message))
    while True:
        received = await socket.recv()
        if isinstance(received, bytes):
            header = header_of(received)
            if header["parts"] == side and header["first"] + header["count"] == side:
                arrived = time.perf_counter()
            continue
        answer = json.loads(received)
        if answer["kind"] == "mapped":
            break
    if not arrived:
        raise RuntimeError(f"The map has {answer['rows']} rows instead of {side}.")
    return arrived - began
