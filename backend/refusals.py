"""The reasons for which a connection is refused: a code for the browser, and a sentence that names the setting."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from trajectories.sentences import show_text

RefusalCode = Literal["host", "origin", "full"]
# "full" ends when connections are closed; for the others the operator must change a setting.
STATUS: Mapping[RefusalCode, int] = {"host": 400, "origin": 403, "full": 429}
POLICY_VIOLATION, TRY_AGAIN_LATER = 1008, 1013
NOT_STORED = {"Cache-Control": "no-store", "Vary": "Accept"}


class Refusal(BaseModel):
    """Why a connection is refused.

    Parameters
    ----------
    code : str
        One of ``RefusalCode``.
    message : str
        One sentence for the visitor, which names the setting to change.
    setting : str
        The environment variable to change.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: RefusalCode
    message: str
    setting: str


def unknown_host(host: str) -> Refusal:
    """The refusal of a request whose Host header is not one of the server's names."""
    setting = "STREAMLIT_SERVER_ALLOWED_HOSTS"
    sentence = f"This server does not answer to the name {show_text(host)}: its operator can add it to {setting}."
    return Refusal(code="host", message=sentence, setting=setting)


def foreign_origin(origin: str, host: str) -> Refusal:
    """The refusal of a socket that a page of another origin tries to open."""
    setting = "MR_ADAM_ORIGINS"
    sentence = (
        f"This server was requested as {show_text(host)} and does not accept connections from pages of "
        f"{show_text(origin)}: its operator can add that origin to {setting}, or let the proxy pass on the Host header."
    )
    return Refusal(code="origin", message=sentence, setting=setting)


def too_many(most: int) -> Refusal:
    """The refusal of a socket from an address that already has as many as it may have."""
    setting = "MR_ADAM_SOCKETS_PER_ADDRESS"
    sentence = (
        f"Your network address already has {most} connections to this server, the most allowed: its operator can raise "
        f"{setting}, or set FORWARDED_ALLOW_IPS if a proxy stands before the server."
    )
    return Refusal(code="full", message=sentence, setting=setting)


def answer(refusal: Refusal, headers: Headers) -> Response:
    """The HTTP response for a refusal: JSON for a client that accepts JSON, else the plain sentence."""
    status = STATUS[refusal.code]
    if "application/json" in headers.get("accept", ""):
        return JSONResponse(refusal.model_dump(), status_code=status, headers=NOT_STORED)
    return PlainTextResponse(refusal.message, status_code=status, headers=NOT_STORED)


async def refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request, or a WebSocket before it is accepted, with a refusal.

    A browser hides the status and the body of a refused WebSocket from its page, so the page requests the reason by
    HTTP at the same path. Therefore a WebSocket is only closed; the client gets status 403.
    """
    if scope["type"] == "websocket":
        code = TRY_AGAIN_LATER if refusal.code == "full" else POLICY_VIOLATION
        await send({"type": "websocket.close", "code": code, "reason": ""})
    else:
        await answer(refusal, Headers(scope=scope))(scope, receive, send)
