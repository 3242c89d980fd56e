"""Limit the rate of messages to Streamlit's socket, and end a connection that sends a message Streamlit cannot read."""

import asyncio
import logging
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.admission import SESSION
from backend.log import line
from backend.pace import MESSAGES_AT_ONCE, Pace
from backend.settings import DEFAULTS, Settings

logger = logging.getLogger(__name__)

UNREADABLE = 1002
Parse = Callable[[bytes], object]


class Sessions:
    """Middleware around Streamlit's socket; all other requests pass unchanged.

    Parameters
    ----------
    app : ASGIApp
        The app behind it.
    base : str
        The server's base path.
    parse : callable
        Parses a message of Streamlit's page; it raises for anything else.
    settings : Settings
        How many messages a second a connection may send.
    """

    def __init__(self, app: ASGIApp, base: str, parse: Parse, settings: Settings = DEFAULTS) -> None:
        self._app = app
        self._parse = parse
        self._path = base + SESSION
        self._messages = settings.messages_per_second

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the messages of Streamlit's socket are checked on their way."""
        if scope["type"] == "websocket" and scope["path"] == self._path:
            checked = _Checked(receive, send, Pace(self._messages, MESSAGES_AT_ONCE), self._parse)
            await self._app(scope, checked.receive, checked.send)
        else:
            await self._app(scope, receive, send)


class _Checked:
    """One connection: passes readable messages to Streamlit, and closes the connection at the first unreadable one."""

    def __init__(self, receive: Receive, send: Send, pace: Pace, parse: Parse) -> None:
        self._receive = receive
        self._send = send
        self._pace = pace
        self._parse = parse
        self._over = False

    async def receive(self) -> Message:
        """The next message, delayed if the client sends too fast.

        A message that Streamlit could not read ends the connection here: Streamlit would log a traceback each time.
        """
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        await asyncio.sleep(self._pace.take())
        if self._readable(message.get("bytes")):
            return message
        logger.warning(line("session closed", reason="a message that Streamlit's page cannot have sent"))
        await self._send({"type": "websocket.close", "code": UNREADABLE})
        self._over = True
        return {"type": "websocket.disconnect", "code": UNREADABLE}

    async def send(self, message: Message) -> None:
        """Send what Streamlit sends, until the connection is over."""
        if not self._over:
            await self._send(message)

    def _readable(self, data: bytes | None) -> bool:
        if data is None:  # a text message
            return False
        try:
            self._parse(data)
        except Exception:  # noqa: BLE001 - the parser documents no exception type
            return False
        return True
