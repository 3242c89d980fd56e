"""What Streamlit's page is told before any script of ours runs."""

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH = "/_stcore/host-config"
# Streamlit asks for these where it is embedded by a platform of its makers.
CONFIG = {
    "allowedOrigins": [],  # nobody's page may steer ours by messages
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    # They name Streamlit's command line and cover the stage, which says itself that the connection is lost.
    "blockErrorDialogs": True,
    "resourceCrossOriginMode": None,
}
WAIT = Path(__file__).with_name("wait.html").read_bytes()
END = b"</body>"


class Page:
    """Middleware: the page's settings, and a word for who waits for it in vain.

    Parameters
    ----------
    app : ASGIApp
        What gives the page.
    base : str
        The server's base path.
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app = app
        self._settings = base + PATH

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for the settings; let the app answer for all else, and add to its page."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
        elif scope["path"] == self._settings:
            await JSONResponse(CONFIG, headers={"Cache-Control": "no-cache"})(scope, receive, send)
        else:
            await self._app(scope, receive, _Added(send))


class _Added:
    """What is sent, with our words at the end of a page."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        head, end, rest = self._body.rpartition(END)
        body = head + WAIT + end + rest if end else self._body
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(body))
        # They are of the page without our words.
        del headers["etag"], headers["last-modified"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    return start["status"] == 200 and headers.get("content-type", "").startswith("text/html")
