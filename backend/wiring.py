"""What the app is served with besides its pages: routes of our own, and what stands before all routes."""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from backend.assets import asset_routes
from backend.kept import Kept
from backend.metrics import metrics_routes
from backend.stream import stream_route


def our_routes(prefix: str) -> list[BaseRoute]:
    """The stream, the assets and, if the environment asks for them, the metrics, below the server's base path."""
    return [stream_route(prefix), *asset_routes(prefix), *metrics_routes(prefix)]


def our_middleware(prefix: str) -> list[Middleware]:
    """What every request passes, the outermost first."""
    return [Middleware(Kept, prefix=base_of(prefix) + "/static/")]


def base_of(prefix: str) -> str:
    """The server's base path as paths begin with it: nothing, or a slash and its name.

    Examples
    --------
    >>> [base_of(prefix) for prefix in ("", "/", "adam/", "/adam/app")]
    ['', '', '/adam', '/adam/app']
    """
    name = prefix.strip("/")
    return f"/{name}" if name else ""
