"""What the server owes: first chunks, and runs of a page's script."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from statistics import median

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.bench.process import cpu_seconds
from tests.bench.table import Row
from tests.browser.conftest import Server
from tests.stream_client import cancellation, header_of, walk_request
from trajectories import parse_link

FOUR = "steps=100&run=sgd:lr=0.01&run=momentum:lr=0.01&run=rmsprop:lr=0.01&run=adam:lr=0.01"
EIGHT = f"steps=10000&{FOUR.partition('&')[2]}&{FOUR.partition('&')[2]}"
REQUESTS = 25
RERUNS = 25
SESSIONS = 40
RERUNS_EACH = 25


def measure_stream(server: Server) -> list[Row]:
    """From a request on the socket to its first chunk."""
    rows = []
    for name, link in (("4 runs, 100 steps", FOUR), ("8 runs, 10000 steps", EIGHT)):
        scenario, _ = parse_link(f"surface=hump&{link}")
        times = asyncio.run(_first_chunks(server, scenario.model_dump(mode="json")))
        rows.append(Row(what=f"first chunk, {name}, median", value=1000 * median(times), unit="ms", target=60))
        rows.append(Row(what=f"first chunk, {name}, worst of {REQUESTS}", value=1000 * max(times), unit="ms"))
    return rows


async def _first_chunks(server: Server, scenario: object) -> list[float]:
    times = []
    async with connect(f"ws://localhost:{server.port}/api/stream") as socket:
        for number in range(REQUESTS):
            began = time.perf_counter()
            await socket.send(walk_request(number, scenario))
            while not _is_chunk(await socket.recv(), number):
                pass
            times.append(time.perf_counter() - began)
            await socket.send(cancellation())
    return times


def _is_chunk(message: str | bytes, number: int) -> bool:
    return isinstance(message, bytes) and header_of(message)["id"] == number


def measure_page(server: Server) -> list[Row]:
    """A warm run of the page's script, requested as by a browser, up to the last message of the run."""
    times = asyncio.run(_with_sessions(server, 1, lambda sessions: _reruns_of_one(sessions, server.pid)))
    waits, spent = times[:-1], times[-1]
    return [
        Row(what="warm rerun of the page, request to last message", value=1000 * median(waits), unit="ms", target=50),
        Row(what="of it the server's processor time, mean", value=1000 * spent / RERUNS, unit="ms"),
    ]


def measure_crowd(server: Server) -> list[Row]:
    """Forty visitors of a trivial page at once, each asking again as soon as answered; torch is loaded."""
    rates = asyncio.run(_with_sessions(server, SESSIONS, _reruns_of_all))
    return [
        Row(what=f"{SESSIONS} concurrent trivial reruns", value=median(rates), unit="/s", target=300, at_least=True)
    ]


async def _reruns_of_one(sessions: list[ClientConnection], pid: int) -> list[float]:
    times = []
    before = cpu_seconds(pid)
    for _ in range(RERUNS):
        began = time.perf_counter()
        await _rerun(sessions[0])
        times.append(time.perf_counter() - began)
    return [*times, cpu_seconds(pid) - before]


async def _reruns_of_all(sessions: list[ClientConnection]) -> list[float]:
    async def again_and_again(session: ClientConnection) -> None:
        for _ in range(RERUNS_EACH):
            await _rerun(session)

    rates = []
    for _ in range(3):
        began = time.perf_counter()
        await asyncio.gather(*map(again_and_again, sessions))
        rates.append(len(sessions) * RERUNS_EACH / (time.perf_counter() - began))
    return rates


async def _with_sessions(
    server: Server, count: int, work: Callable[[list[ClientConnection]], Awaitable[list[float]]]
) -> list[float]:
    """Open sessions of Streamlit, run the script in each until it is warm, do the work, and close them."""
    address = f"ws://localhost:{server.port}/_stcore/stream"
    sessions = [await connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) for _ in range(count)]
    try:
        for _ in range(3):
            await asyncio.gather(*map(_rerun, sessions))
        return await work(sessions)
    finally:
        await asyncio.gather(*(session.close() for session in sessions))


async def _rerun(session: ClientConnection) -> None:
    """Request a run of the script, and wait until it has ended without an error."""
    run = BackMsg()
    run.rerun_script.query_string = ""
    await session.send(run.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(await session.recv(decode=False))
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise RuntimeError(f"The script ended with {message.script_finished}.")
            return
