"""What stands before every route: doors that stay shut, hosts that are not ours, and headers on all answers."""

import base64
import hashlib
import logging
import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.log import line

logger = logging.getLogger(__name__)

# Streamlit opens them to everybody, and nothing here needs them: files sent to us, its own numbers, its agents' door.
SHUT = ("/_stcore/upload_file", "/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy(page: str, frames: str) -> str:
    """The Content-Security-Policy that fits Streamlit's page and our stage.

    Parameters
    ----------
    page : str
        Streamlit's HTML; the scripts that stand in it are allowed by their hashes, and no other.
    frames : str
        Who may show the app in a frame.
    """
    digests = [hashlib.sha256(script.encode()).digest() for script in INLINE.findall(page)]
    inline = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    directives = {
        "default-src": ["'self'"],
        # Streamlit imports a component's script from a blob, and counts in WebAssembly; nothing needs eval.
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *inline],
        # Streamlit's and Plotly's styles are made while they run, as elements and as attributes.
        "style-src": ["'self'", "'unsafe-inline'"],
        # Streamlit's icons; and Plotly draws the picture that a visitor takes home from a blob.
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
    """Middleware around everything.

    Parameters
    ----------
    app : ASGIApp
        What is guarded.
    base : str
        The server's base path.
    page : str
        Streamlit's HTML.
    frames : str
        Who may show the app in a frame.
    hosts : sequence of str
        The names by which the server may be asked, ``*.example.org`` for all below one; none: any.
    """

    def __init__(self, app: ASGIApp, base: str, page: str, frames: str, hosts: Sequence[str]) -> None:
        self._app = app
        self._shut = tuple(base + path for path in SHUT)
        self._health = f"{base}/_stcore/health"
        self._hosts = tuple(host.strip().lower().rstrip(".") for host in hosts if host.strip() not in {"", "*"})
        if "*" in hosts:
            self._hosts = ()
        headers = {
            "content-security-policy": policy(page, frames),
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        }
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self._names = {name for name, _ in self._headers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on; and in any case put the headers on."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return

        began = False

        async def dress(message: Message) -> None:
            nonlocal began
            began = True
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                theirs = [pair for pair in message["headers"] if pair[0].lower() not in self._names]
                message["headers"] = [*theirs, *self._headers]
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            try:
                await self._app(scope, receive, dress)
            except Exception:
                # Starlette would answer, but outside of us, without the headers.
                if began or scope["type"] != "http":
                    raise
                logger.exception(line("failed", path=scope["path"]))
                await PlainTextResponse("Something went wrong on the server.", 500)(scope, receive, dress)
        elif scope["type"] == "http":
            await refusal(scope, receive, dress)
        else:
            await send({"type": "websocket.close", "code": 1008})  # before it is accepted: the browser sees 403

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        # A probe asks by number, whatever the server's name.
        if scope["path"] != self._health and not self._knows(Headers(scope=scope).get("host", "")):
            return PlainTextResponse("This server does not go by that name.", status_code=400)
        if scope["path"].startswith(self._shut):
            return PlainTextResponse("There is nothing here.", status_code=404, headers={"Cache-Control": "no-store"})
        return None

    def _knows(self, host: str) -> bool:
        if not self._hosts:
            return True
        name = re.sub(r":[0-9]*$", "", host.lower()).rstrip(".")
        return any(name.endswith(known[1:]) if known.startswith("*.") else name == known for known in self._hosts)
