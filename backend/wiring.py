"""What the app is served with besides its pages: routes of our own, and what stands before all routes."""

from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from backend.assets import asset_routes
from backend.guard import Guard
from backend.kept import Kept
from backend.metrics import metrics_routes
from backend.stream import stream_route


def our_routes(prefix: str) -> list[BaseRoute]:
    """The stream, the assets and, if the environment asks for them, the metrics, below the server's base path."""
    return [stream_route(prefix), *asset_routes(prefix), *metrics_routes(prefix)]


def our_middleware(prefix: str, page: str, hosts: Sequence[str] = ()) -> list[Middleware]:
    """What every request passes, the outermost first.

    Parameters
    ----------
    prefix : str
        The server's base path.
    page : str
        Streamlit's HTML, whose scripts the policy has to let run.
    hosts : sequence of str
        The names by which the server may be asked; none: any.
    """
    base = base_of(prefix)
    return [Middleware(Guard, base=base, page=page, hosts=hosts), Middleware(Kept, prefix=f"{base}/static/")]


def base_of(prefix: str) -> str:
    """The server's base path as paths begin with it: nothing, or a slash and its name.

    Examples
    --------
    >>> [base_of(prefix) for prefix in ("", "/", "adam/", "/adam/app")]
    ['', '', '/adam', '/adam/app']
    """
    name = prefix.strip("/")
    return f"/{name}" if name else ""
