"""The WebSocket route: a scenario comes in, its steps go out as they are computed; the newest request wins."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import suppress

from anyio import create_task_group
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from backend.origins import allowed_origins, may_connect
from backend.protocol import MessageError, Request, done, error, pack, read_message
from backend.workers import Workers, whole_number
from trajectories import Chunk, Outcome, Scenario, format_link, stream

logger = logging.getLogger(__name__)

PATH = "/api/stream"
SEND_SECONDS = 10.0  # a client that takes nothing for so long is given up
SOCKETS_VARIABLE = "MR_ADAM_SOCKETS_PER_ADDRESS"
DEFAULT_SOCKETS = 500  # a full lecture hall behind one address
TRY_AGAIN_LATER = 1013
SORRY = "Something went wrong on the server, and it has been noted. Please try again."

Source = Callable[[Scenario, Callable[[], bool], int | None], Generator[Chunk, None, tuple[Outcome, ...]]]


def stream_route(prefix: str = "", *, workers: Workers | None = None, source: Source = stream) -> WebSocketRoute:
    """The route ``/api/stream``.

    Parameters
    ----------
    prefix : str
        The server's base path, ``server.baseUrlPath``; routes of our own are not prefixed for us.
    workers : Workers, optional
        The threads that step.
    source : callable
        What walks a scenario.

    Raises
    ------
    ValueError
        If one of the environment's variables is not what it must be.
    """
    workers = workers or Workers()
    origins = allowed_origins()
    most = whole_number(SOCKETS_VARIABLE, DEFAULT_SOCKETS)
    sockets: Counter[str] = Counter()

    async def endpoint(websocket: WebSocket) -> None:
        if not may_connect(websocket.headers, origins):
            logger.warning("socket refused: origin %r", websocket.headers.get("origin"))
            await websocket.close()  # before it is accepted: the browser sees 403
            return
        address = websocket.client.host if websocket.client else ""
        await websocket.accept()
        if sockets[address] >= most:
            logger.warning("socket refused: %s has %d", address, most)
            await websocket.send_text(error(f"This address has {most} connections, which is the most allowed.", None))
            await websocket.close(TRY_AGAIN_LATER)
            return
        sockets[address] += 1
        try:
            await _Session(websocket, workers, source).serve()
        finally:
            sockets[address] -= 1
            if not sockets[address]:
                del sockets[address]

    base = prefix.strip("/")
    return WebSocketRoute((f"/{base}" if base else "") + PATH, endpoint, name="stream")


class _Session:
    """One socket: one coroutine listens, one answers, and between them only the newest request."""

    def __init__(self, websocket: WebSocket, workers: Workers, source: Source) -> None:
        self._websocket = websocket
        self._workers = workers
        self._source = source
        self._newest: Request | None = None
        self._wake = asyncio.Event()
        self._sending = asyncio.Lock()

    async def serve(self) -> None:
        """Until the client leaves, or takes nothing any more."""
        try:
            async with create_task_group() as group:
                group.start_soon(self._answer)
                await self._listen()
                group.cancel_scope.cancel()
        except* WebSocketDisconnect:
            pass  # it left in the middle of an answer
        except* TimeoutError:
            logger.warning("socket given up: its client took nothing for %g s", SEND_SECONDS)
        finally:
            self._newest = None  # a thread that is stepping for us sees it, and stops

    async def _listen(self) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            try:
                self._newest = read_message(message.get("text"))
            except MessageError as problem:
                await self._send(error(str(problem), problem.request))
            except Exception:
                logger.exception("a message could not be read")
                await self._send(error(SORRY, None))
            else:
                self._wake.set()

    async def _answer(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            request = self._newest
            if request is not None:
                await self._walk(request)

    async def _walk(self, request: Request) -> None:
        began = time.perf_counter()
        try:
            ended = await self._stream(request)
        except (TimeoutError, WebSocketDisconnect):
            raise
        except Exception:
            logger.exception("failed: %s", format_link(request.scenario))
            await self._send(error(SORRY, request.id))
            return
        milliseconds = 1000 * (time.perf_counter() - began)
        logger.info(
            "walked: %s steps=%d ms=%.1f outcome=%s",
            format_link(request.scenario),
            request.scenario.steps,
            milliseconds,
            ", ".join(ended) or "superseded",
        )

    async def _stream(self, request: Request) -> list[str]:
        """Send a request's steps and outcomes; the kinds of outcome, none if something newer came."""

        def superseded() -> bool:
            return self._newest is not request

        walk = self._source(request.scenario, superseded, request.inside)

        def compute() -> bytes | tuple[Outcome, ...]:
            try:
                return pack(request.id, next(walk))
            except StopIteration as end:
                outcomes: tuple[Outcome, ...] = end.value
                return outcomes

        try:
            while not superseded():
                result = await self._workers.call(compute)
                if superseded():
                    break
                if isinstance(result, tuple):
                    await self._send(done(request, result))
                    return [outcome.kind for outcome in result]
                await self._send(result)
            return []
        finally:
            with suppress(ValueError):  # a thread is still in it, and will see for itself
                walk.close()

    async def _send(self, message: str | bytes) -> None:
        async with self._sending, asyncio.timeout(SEND_SECONDS):
            if isinstance(message, str):
                await self._websocket.send_text(message)
            else:
                await self._websocket.send_bytes(message)
