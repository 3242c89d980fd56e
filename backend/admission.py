"""Decide whether a socket may be opened, before it is accepted and before Streamlit handles it.

Streamlit has its own check of the Origin header. For an unknown origin it requests the server's address from a service
on the internet, on the event loop: all visitors wait meanwhile, for many seconds behind a firewall that drops packets.
Therefore the Origin header is removed before Streamlit gets the request.
"""

import logging
from collections.abc import Iterable

from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.addresses import Addresses
from backend.log import line
from backend.origins import may_connect
from backend.refusals import NOT_STORED, Refusal, answer, foreign_origin, refuse, too_many
from backend.settings import DEFAULTS, Settings

logger = logging.getLogger(__name__)

STREAM, SESSION = "/api/stream", "/_stcore/stream"
EVENTS = {STREAM: "socket refused", SESSION: "session refused"}


class Admission:
    """Middleware around both sockets: our stream and Streamlit's session.

    A socket that may not be opened is refused with an HTTP status. A browser hides the reason from its page; the page
    requests it with ``GET`` of the same path, with its own origin as ``?origin=``. The answer is 204 if the socket may
    be opened now, else the refusal.

    Parameters
    ----------
    app : ASGIApp
        The app that gets the admitted sockets and all other requests.
    base : str
        The server's base path.
    settings : Settings
        The origins that may connect besides the server's own, and the most connections of an address to each socket.
    origins : iterable of str
        More origins that may connect: those of Streamlit's own setting.
    """

    def __init__(self, app: ASGIApp, base: str, settings: Settings = DEFAULTS, origins: Iterable[str] = ()) -> None:
        self._app = app
        self._sockets = {
            base + path: (event, Addresses(settings.sockets_per_address)) for path, event in EVENTS.items()
        }
        self._session = base + SESSION
        more = {origin.strip().removesuffix("/").lower() for origin in origins}
        self._origins = settings.origins | more - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a socket, or count it and pass it on; answer a ``GET`` by whether a socket would be refused."""
        is_query = scope["type"] == "http" and scope["method"] == "GET"
        if not (is_query or scope["type"] == "websocket") or scope["path"] not in self._sockets:
            await self._app(scope, receive, send)
            return
        event, addresses = self._sockets[scope["path"]]
        headers = Headers(scope=scope)
        origin, address = headers.get("origin"), (scope.get("client") or ("",))[0]
        if is_query:
            # A browser sends no Origin header with a page's GET request to its own server.
            origin = origin or QueryParams(scope["query_string"]).get("origin")
        refusal = self._refusal(origin, headers.get("host", ""), address, addresses)
        if is_query:
            response = Response(status_code=204, headers=NOT_STORED) if refusal is None else answer(refusal, headers)
            await response(scope, receive, send)
        elif refusal is not None:
            facts = {"origin": origin, "host": headers.get("host", ""), "address": address}
            logger.warning(line(event, reason=refusal.code, setting=refusal.setting, **facts))
            await refuse(refusal, scope, receive, send)
        else:
            with addresses.count(address):
                await self._app(_without_origin(scope) if scope["path"] == self._session else scope, receive, send)

    def _refusal(self, origin: str | None, host: str, address: str, addresses: Addresses) -> Refusal | None:
        if origin is not None and not may_connect(origin, host, self._origins):
            return foreign_origin(origin, host)
        return too_many(addresses.most) if addresses.full(address) else None


def _without_origin(scope: Scope) -> Scope:
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0].lower() != b"origin"]}
