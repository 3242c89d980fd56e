"""Streamlit's own socket, kept to what its page says: not too many from one address, not too fast, and no nonsense."""

import asyncio
import logging
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.addresses import Addresses
from backend.log import line
from backend.pace import MESSAGES_AT_ONCE, Pace
from backend.settings import DEFAULTS, Settings

logger = logging.getLogger(__name__)

PATH = "/_stcore/stream"
TRY_AGAIN_LATER, UNREADABLE = 1013, 1002
Parse = Callable[[bytes], object]


class Sessions:
    """Middleware around Streamlit's socket; all else passes.

    Parameters
    ----------
    app : ASGIApp
        What is kept.
    base : str
        The server's base path.
    parse : callable
        What reads a message of Streamlit's page; it raises if it cannot.
    settings : Settings
        How many connections an address may hold, and how fast each may talk.
    """

    def __init__(self, app: ASGIApp, base: str, parse: Parse, settings: Settings = DEFAULTS) -> None:
        self._app = app
        self._parse = parse
        self._path = base + PATH
        self._addresses = Addresses(settings.sockets_per_address)
        self._messages = settings.messages_per_second

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or listen along."""
        if scope["type"] != "websocket" or scope["path"] != self._path:
            await self._app(scope, receive, send)
            return
        address = (scope.get("client") or ("",))[0]
        with self._addresses.hold(address) as admitted:
            if admitted:
                ears = _Ears(receive, send, Pace(self._messages, MESSAGES_AT_ONCE), self._parse)
                await self._app(scope, ears.receive, ears.send)
            else:
                logger.warning(line("session refused", address=address, sockets=self._addresses.most))
                # The browser sees 403, and tries again.
                await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})


class _Ears:
    """One connection: what Streamlit hears of it, and whether it is over."""

    def __init__(self, receive: Receive, send: Send, pace: Pace, parse: Parse) -> None:
        self._receive = receive
        self._send = send
        self._pace = pace
        self._parse = parse
        self._over = False

    async def receive(self) -> Message:
        """The next message, not before its time.

        One that Streamlit could not read ends the connection here: there it would leave a traceback each time.
        """
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        await asyncio.sleep(self._pace.take())
        if self._readable(message.get("bytes")):
            return message
        logger.warning(line("session closed", reason="a message that is none of our page's"))
        await self._send({"type": "websocket.close", "code": UNREADABLE})
        self._over = True
        return {"type": "websocket.disconnect", "code": UNREADABLE}

    async def send(self, message: Message) -> None:
        """What Streamlit says, until the connection is over."""
        if not self._over:
            await self._send(message)

    def _readable(self, data: bytes | None) -> bool:
        if data is None:  # a text
            return False
        try:
            self._parse(data)
        except Exception:  # noqa: BLE001 - whatever it is that its parser says
            return False
        return True
