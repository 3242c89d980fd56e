"""Files that never change are answered from memory, and packed once.

Streamlit's own files make up most of what a browser loads at its first visit: some sixty, over two megabytes. Streamlit
opens each anew for every visitor, in a thread, and sends it as it is. A class that opens the page in the same minute
waits longest for that.
"""

import asyncio
import gzip

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.assets import takes_gzip

MOST_BYTES = 64 * 2**20  # all of Streamlit's files are 26 MB; what does not fit is served as before
PACKED_WELL = 0.9  # a picture or a font, packed already, becomes no smaller
KEPT_HEADERS = (b"content-type", b"cache-control")


class Kept:
    """Middleware that remembers what the app below it answers with ``immutable``.

    Parameters
    ----------
    app : ASGIApp
        What answers first.
    prefix : str
        The beginning of the paths that are looked after.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix
        self._plain: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}
        self._packed: dict[str, bytes] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the app answer, and remember."""
        if not self._concerns(scope):
            await self._app(scope, receive, send)
        elif (path := scope["path"]) in self._plain:
            await self._recite(path, takes_gzip(Headers(scope=scope).get("accept-encoding", "")), send)
        else:
            await self._learn(path, scope, receive, send)

    def _concerns(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(self._prefix):
            return False
        return not any(name == b"range" or name.startswith(b"if-") for name, _ in scope["headers"])

    async def _recite(self, path: str, packed: bool, send: Send) -> None:
        known, body = self._plain[path]
        headers = [*known, (b"vary", b"Accept-Encoding")]
        if packed and path in self._packed:
            body = self._packed[path]
            headers.append((b"content-encoding", b"gzip"))
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _learn(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        headers: list[tuple[bytes, bytes]] = []
        parts: list[bytes] = []
        whole = False

        async def listen(message: Message) -> None:
            nonlocal whole
            if message["type"] == "http.response.start":
                said = MutableHeaders(raw=message["headers"])
                if message["status"] == 200 and "immutable" in said.get("cache-control", ""):
                    headers.extend((name, value) for name, value in message["headers"] if name in KEPT_HEADERS)
            elif headers and message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                whole = not message.get("more_body", False)
            await send(message)

        await self._app(scope, receive, listen)
        body = b"".join(parts)
        # Who leaves while a file comes has heard a piece of it: that is nobody else's file.
        if whole and path not in self._plain and self._bytes + len(body) <= MOST_BYTES:
            self._plain[path] = headers, body
            self._bytes += len(body)
            packed = await asyncio.to_thread(gzip.compress, body, 6, mtime=0)
            if len(packed) < PACKED_WELL * len(body) and self._bytes + len(packed) <= MOST_BYTES:
                self._packed[path] = packed
                self._bytes += len(packed)
