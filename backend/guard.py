"""The outermost middleware: it blocks paths, refuses unknown host names, and adds security headers to all answers."""

import base64
import hashlib
import logging
import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.log import line
from backend.refusals import refuse, unknown_host

logger = logging.getLogger(__name__)

# Routes of Streamlit that are open to everyone and that the app does not use: uploads, Streamlit's metrics, its agent
# API.
CLOSED = ("/_stcore/upload_file", "/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
MOST_LOGGED = 100  # host names: each is logged once
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy(page: str, frames: str) -> str:
    """The Content-Security-Policy for Streamlit's page and our stage.

    Parameters
    ----------
    page : str
        The HTML that is served; its inline scripts are allowed by their hashes, and no others.
    frames : str
        The sources of pages that may show the app in a frame.
    """
    digests = [hashlib.sha256(script.encode()).digest() for script in INLINE.findall(page)]
    inline = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    directives = {
        "default-src": ["'self'"],
        # Streamlit imports a component's script from a blob, and uses WebAssembly; nothing needs eval.
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *inline],
        # Streamlit and Plotly add styles while they run, as elements and as attributes.
        "style-src": ["'self'", "'unsafe-inline'"],
        # Streamlit's icons; and Plotly makes the picture for a download from a blob.
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": [frames],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class Guard:
    """The outermost middleware.

    Parameters
    ----------
    app : ASGIApp
        The app behind it.
    base : str
        The server's base path.
    page : str
        The HTML that is served.
    frames : str
        The sources of pages that may show the app in a frame.
    hosts : sequence of str
        The host names that are accepted, ``*.example.org`` for all names below one; none: any name.
    """

    def __init__(self, app: ASGIApp, base: str, page: str, frames: str, hosts: Sequence[str]) -> None:
        self._app = app
        self._closed = tuple(base + path for path in CLOSED)
        self._health = f"{base}/_stcore/health"
        self._hosts = tuple(host.strip().lower().rstrip(".") for host in hosts if host.strip() not in {"", "*"})
        if "*" in hosts:
            self._hosts = ()
        self._logged: set[str] = set()
        headers = {
            "content-security-policy": policy(page, frames),
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        }
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self._names = {name for name, _ in self._headers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request or pass it on, and add the headers to the answer in both cases."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return

        began = False

        async def add_headers(message: Message) -> None:
            nonlocal began
            began = True
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                others = [pair for pair in message["headers"] if pair[0].lower() not in self._names]
                message["headers"] = [*others, *self._headers]
            await send(message)

        host = Headers(scope=scope).get("host", "")
        # A health probe uses the server's IP address as the host name, so its requests are accepted for any host name.
        if scope["path"] != self._health and not self._accepts(host):
            self._log(host)
            await refuse(unknown_host(host), scope, receive, add_headers)
        elif scope["path"].startswith(self._closed):
            await _not_found(scope, receive, add_headers)
        else:
            try:
                await self._app(scope, receive, add_headers)
            except Exception:
                # Starlette would answer the error outside of this middleware, and therefore without the headers.
                if began or scope["type"] != "http":
                    raise
                logger.exception(line("failed", path=scope["path"]))
                await PlainTextResponse("The server failed to answer. Please try again.", 500)(
                    scope, receive, add_headers
                )

    def _log(self, host: str) -> None:
        if host not in self._logged and len(self._logged) < MOST_LOGGED:
            self._logged.add(host)
            logger.warning(line("host refused", host=host, setting=unknown_host(host).setting))

    def _accepts(self, host: str) -> bool:
        if not self._hosts:
            return True
        name = re.sub(r":[0-9]*$", "", host.lower()).rstrip(".")
        return any(name.endswith(known[1:]) if known.startswith("*.") else name == known for known in self._hosts)


async def _not_found(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # not accepted: the browser gets status 403
        return
    response = PlainTextResponse("There is nothing here.", status_code=404, headers={"Cache-Control": "no-store"})
    await response(scope, receive, send)
