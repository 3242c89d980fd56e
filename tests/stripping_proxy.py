"""A proxy that serves an app below a path of its own and removes it from requests, as jupyter-server-proxy does.

The app does not learn of the path. What leads out of it is not found, and is noted.
"""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

PREFIX = "/user/x/proxy/8501"
# Of one connection, not of the message; and what the client library sets itself.
HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade", "content-length"}


class StrippingProxy:
    """The proxy as an app.

    Parameters
    ----------
    port : int
        The port of the app behind it, on this machine.
    prefix : str
        The path that it removes.
    host : str, optional
        The Host header that the app gets; by default the browser's own.
    """

    def __init__(self, port: int, prefix: str = PREFIX, host: str = "") -> None:
        self._behind = f"localhost:{port}"
        self._host = host
        self.outside: list[str] = []
        self.missing: list[str] = []
        routes = [
            Route(f"{prefix}/{{path:path}}", self._forward, methods=["GET", "HEAD", "POST"]),
            WebSocketRoute(f"{prefix}/{{path:path}}", self._connect),
            Route("/{path:path}", self._outside),
        ]
        self.app = Starlette(routes=routes, lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        async with httpx2.AsyncClient(timeout=60, trust_env=False) as self._client:
            yield

    def _headers(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        kept = [(name, value) for name, value in headers if name not in HOP and (name != "host" or not self._host)]
        return [*kept, ("host", self._host)] if self._host else kept

    async def _outside(self, request: Request) -> Response:
        self.outside.append(request.url.path)
        return PlainTextResponse("This is not below the app's path.", status_code=404)

    async def _forward(self, request: Request) -> Response:
        address = f"http://{self._behind}/{request.path_params['path']}"
        if request.url.query:
            address += f"?{request.url.query}"
        headers = self._headers(request.headers.items())
        forwarded = self._client.build_request(request.method, address, headers=headers, content=await request.body())
        answer = await self._client.send(forwarded, stream=True)
        if answer.status_code >= 400:
            self.missing.append(f"{answer.status_code} {request.url.path}")
        given = {name: value for name, value in answer.headers.items() if name not in HOP}
        end = BackgroundTask(answer.aclose)
        return StreamingResponse(answer.aiter_raw(), answer.status_code, headers=given, background=end)

    async def _connect(self, browser: WebSocket) -> None:
        headers = dict(browser.headers)
        address = f"ws://{self._host or headers['host']}/{browser.path_params['path']}"
        host, _, port = self._behind.partition(":")
        try:
            async with connect(
                address,
                origin=Origin(headers["origin"]),
                subprotocols=[Subprotocol(name) for name in browser.scope["subprotocols"]] or None,
                additional_headers=[("cookie", headers["cookie"])] if "cookie" in headers else [],
                host=host,
                port=int(port),
                max_size=None,
                proxy=None,
            ) as app:
                await browser.accept(subprotocol=app.subprotocol)
                await _pass_on(browser, app)
        except InvalidStatus:  # the app refuses the socket: so does the proxy
            await browser.close()


async def _pass_on(browser: WebSocket, app: ClientConnection) -> None:
    """Copy messages in both directions until one side closes."""

    async def up() -> None:
        while True:
            message = await browser.receive()
            if message["type"] == "websocket.disconnect":
                return
            await app.send(message["text"] if message.get("text") is not None else message["bytes"])

    async def down() -> None:
        async for message in app:
            await (browser.send_text(message) if isinstance(message, str) else browser.send_bytes(message))

    both = [asyncio.create_task(up()), asyncio.create_task(down())]
    with suppress(ConnectionClosed, WebSocketDisconnect):  # the other side has closed
        done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    for task in both:
        task.cancel()
    with suppress(RuntimeError, WebSocketDisconnect):  # the browser has closed already
        await browser.close(app.close_code or 1000)


@contextmanager
def served(proxy: StrippingProxy) -> Iterator[str]:
    """Run a proxy in a thread: the address of the app's page behind it, without a slash at its end."""
    config = uvicorn.Config(proxy.app, log_config=None, ws="websockets-sansio", timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://localhost:{listening.getsockname()[1]}{PREFIX}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
