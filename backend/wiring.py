"""What the app is served with besides its pages: routes of our own, and what stands before all routes."""

from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from backend.assets import asset_routes
from backend.guard import Guard
from backend.invitation import invitation_route
from backend.kept import Kept
from backend.metrics import metrics_routes
from backend.page import Page
from backend.paths import base_of
from backend.sessions import Parse, Sessions
from backend.settings import Settings
from backend.stream import stream_route


def our_routes(prefix: str, settings: Settings) -> list[BaseRoute]:
    """The stream, the assets, the code of an address and the metrics."""
    return [
        stream_route(prefix, settings=settings),
        *asset_routes(prefix),
        invitation_route(prefix),
        *metrics_routes(prefix, settings.metrics.get_secret_value()),
    ]


def our_middleware(
    prefix: str, page: str, parse: Parse, settings: Settings, hosts: Sequence[str] = ()
) -> list[Middleware]:
    """What every request passes, the outermost first.

    Parameters
    ----------
    prefix : str
        The server's base path.
    page : str
        Streamlit's HTML, whose scripts the policy has to let run.
    parse : callable
        What reads a message of Streamlit's page.
    settings : Settings
        Who may show the app in a frame, and what is bounded.
    hosts : sequence of str
        The names by which the server may be asked; none: any.
    """
    base = base_of(prefix)
    return [
        Middleware(Guard, base=base, page=page, frames=settings.frame_ancestors, hosts=hosts),
        Middleware(Sessions, base=base, parse=parse, settings=settings),
        Middleware(Page, base=base),
        Middleware(Kept, prefix=f"{base}/static/"),
    ]
