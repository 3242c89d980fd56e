"""Draw the address of the page as a QR code."""

from functools import lru_cache
from io import BytesIO
from urllib.parse import urlsplit

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from backend.paths import base_of

PATH = "/api/code.svg"
LONGEST_ADDRESS = 1000  # characters: the code of a longer address is too fine for a camera some meters away


@lru_cache(maxsize=256)
def draw_code(address: str) -> bytes:
    """A QR code as SVG, black on white, with the margin that a camera needs, scaled to its container."""
    code = segno.make_qr(address, error="l")  # segno uses a higher error level if the code does not become larger
    drawn = BytesIO()
    code.save(drawn, kind="svg", border=4, light="#fff", omitsize=True, xmldecl=False, svgclass=None, lineclass=None)
    return drawn.getvalue()


def invitation_route(base: str) -> BaseRoute:
    """Route ``GET {base}/api/code.svg?of=<address>``.

    Parameters
    ----------
    base : str
        The server's base path.

    Returns
    -------
    BaseRoute
        For the Starlette app. An address that is too long, or that is not one of this server, is refused: otherwise
        other sites could use the server to make codes for their addresses.
    """

    async def serve(request: Request) -> Response:
        address = request.query_params.get("of", "")
        problem = _problem(address, request.headers.get("host", ""))
        if problem:
            return PlainTextResponse(problem, status_code=400, headers={"Cache-Control": "no-store"})
        code = await run_in_threadpool(draw_code, address)
        return Response(code, media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"})

    return Route(f"{base_of(base)}{PATH}", serve, methods=["GET"])


def _problem(address: str, host: str) -> str:
    """A sentence that says why an address is refused; empty if it is an address of this server."""
    if len(address) > LONGEST_ADDRESS:
        return f"A code holds an address of at most {LONGEST_ADDRESS} characters: got {len(address)}."
    try:
        parts = urlsplit(address)
    except ValueError:
        return "A code holds an address of this server: this is not an address."
    if parts.scheme not in {"http", "https"} or not host or parts.netloc.lower() != host.lower():
        return "A code holds an address of this server: this is one of another server."
    return ""
