"""Answer requests for files that never change from memory, and compress each file once.

Most of what a browser loads at its first visit are Streamlit's own files: some sixty, over two megabytes. Streamlit
opens each file for every visitor, in a thread, and sends it uncompressed. When many visitors opened the page in the
same minute, this took most of the time.
"""

import asyncio
import gzip

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.assets import takes_gzip

MOST_BYTES = 64 * 2**20  # all of Streamlit's files are 26 MB; a file that does not fit is not cached
WORTH_COMPRESSING = 0.9  # a compressed file is kept only if it is smaller than this share: pictures and fonts are not
CACHED_HEADERS = (b"content-type", b"cache-control")


class StaticCache:
    """Middleware that caches the responses of the app that are marked ``immutable``.

    Parameters
    ----------
    app : ASGIApp
        The app behind it.
    prefix : str
        Only responses for paths that begin with it are cached.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix
        self._plain: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}
        self._packed: dict[str, bytes] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the cache, or let the app answer and cache its response."""
        if not self._may_cache(scope):
            await self._app(scope, receive, send)
        elif (path := scope["path"]) in self._plain:
            await self._answer(path, takes_gzip(Headers(scope=scope).get("accept-encoding", "")), send)
        else:
            await self._forward(path, scope, receive, send)

    def _may_cache(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(self._prefix):
            return False
        return not any(name == b"range" or name.startswith(b"if-") for name, _ in scope["headers"])

    async def _answer(self, path: str, packed: bool, send: Send) -> None:
        cached, body = self._plain[path]
        headers = [*cached, (b"vary", b"Accept-Encoding")]
        if packed and path in self._packed:
            body = self._packed[path]
            headers.append((b"content-encoding", b"gzip"))
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _forward(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        headers: list[tuple[bytes, bytes]] = []
        parts: list[bytes] = []
        whole = False

        async def record(message: Message) -> None:
            nonlocal whole
            if message["type"] == "http.response.start":
                given = MutableHeaders(raw=message["headers"])
                if message["status"] == 200 and "immutable" in given.get("cache-control", ""):
                    headers.extend((name, value) for name, value in message["headers"] if name in CACHED_HEADERS)
            elif headers and message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                whole = not message.get("more_body", False)
            await send(message)

        await self._app(scope, receive, record)
        body = b"".join(parts)
        # If the client disconnects in the middle of the response, the body is incomplete: it must not be cached.
        if whole and path not in self._plain and self._bytes + len(body) <= MOST_BYTES:
            self._plain[path] = headers, body
            self._bytes += len(body)
            packed = await asyncio.to_thread(gzip.compress, body, 6, mtime=0)
            if len(packed) < WORTH_COMPRESSING * len(body) and self._bytes + len(packed) <= MOST_BYTES:
                self._packed[path] = packed
                self._bytes += len(packed)
