"""Adjust what Streamlit serves to its page: the host configuration, the HTML, and redirects."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH = "/_stcore/host-config"
# Streamlit's page requests this configuration when it starts. It is meant for platforms that embed the page.
CONFIG = {
    "allowedOrigins": [],  # no other page may control this page by messages
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    # The dialogs mention Streamlit's command line and cover the stage; the stage itself shows a lost connection.
    "blockErrorDialogs": True,
    "resourceCrossOriginMode": None,
}
# Added at the end of every page: the server's address, for Streamlit's scripts, and a notice if the page stays empty.
ADDED = Path(__file__).with_name("added.html").read_bytes()
END = b"</body>"


class Page:
    """Middleware around the app that serves Streamlit's page.

    Parameters
    ----------
    app : ASGIApp
        The app behind it.
    base : str
        The server's base path.

    Notes
    -----
    A proxy may serve the app below a path of its own that it removes from requests (jupyter-server-proxy, code-server).
    The server does not know that path, so nothing that it sends may contain a path from the root: redirects become
    relative, and a script in the page computes the server's address from the page's own.
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app = app
        self._settings = base + PATH

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer requests for the host configuration; let the app answer all others, and change its answers."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
        elif scope["path"] == self._settings:
            await JSONResponse(CONFIG, headers={"Cache-Control": "no-cache"})(scope, receive, send)
        else:
            await self._app(scope, receive, _Changed(send, scope))


class _Changed:
    """Sends an answer: HTML with ``ADDED`` at its end, a redirect with a relative address, all else unchanged."""

    def __init__(self, send: Send, scope: Scope) -> None:
        self._send = send
        self._path = scope["path"]
        self._host = Headers(scope=scope).get("host", "")
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            if message["type"] == "http.response.start":
                _make_relative(message, self._path, self._host)
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        if headers.get("content-encoding") == "gzip":  # Streamlit compresses every page but the first
            del headers["content-encoding"]
            self._body = gzip.decompress(self._body)
        head, end, rest = self._body.rpartition(END)
        body = head + ADDED + end + rest if end else self._body
        headers["content-length"] = str(len(body))
        # Both describe the page without the addition.
        del headers["etag"], headers["last-modified"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    html = headers.get("content-type", "").startswith("text/html")
    return start["status"] == 200 and html and headers.get("content-encoding", "gzip") == "gzip"


def _make_relative(start: Message, path: str, host: str) -> None:
    """Make a redirect that only adds or removes slashes at the end of a path relative to that path."""
    headers = MutableHeaders(scope=start)
    target = urlsplit(headers.get("location", ""))
    name = path.rstrip("/").rpartition("/")[2]
    if name == "" or target.netloc not in {"", host} or target.path.rstrip("/") != path.rstrip("/"):
        return
    up = "../" * (len(path) - len(path.rstrip("/")))
    slashes = "/" * (len(target.path) - len(target.path.rstrip("/")))
    query = f"?{target.query}" if target.query else ""
    headers["location"] = f"{up or './'}{name}{slashes}{query}"
