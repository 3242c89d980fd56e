"""The routes and the middleware that the app has besides its pages."""

from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from backend.admission import Admission
from backend.assets import asset_routes
from backend.downloads import downloads_route
from backend.formulas import formula_route
from backend.guard import Guard
from backend.invitation import invitation_route
from backend.metrics import metrics_routes
from backend.page import ADDED, Page
from backend.paths import base_of
from backend.sessions import Parse, Sessions
from backend.settings import Settings
from backend.static_cache import StaticCache
from backend.stream import stream_route
from backend.workers import Workers


def our_routes(prefix: str, settings: Settings) -> list[BaseRoute]:
    """The routes of the stream, files to take home, the assets, the QR code, typed formulas and the metrics."""
    workers = Workers(settings.workers, settings.queue)
    return [
        stream_route(prefix, settings=settings, workers=workers),
        downloads_route(prefix, workers),
        *asset_routes(prefix),
        invitation_route(prefix),
        formula_route(prefix),
        *metrics_routes(prefix, settings.metrics.get_secret_value()),
    ]


def our_middleware(
    prefix: str,
    page: str,
    parse: Parse,
    settings: Settings,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> list[Middleware]:
    """The middleware, the outermost first.

    Parameters
    ----------
    prefix : str
        The server's base path.
    page : str
        Streamlit's HTML; the policy allows its scripts.
    parse : callable
        Parses a message of Streamlit's page.
    settings : Settings
        The settings of the environment.
    hosts, origins : sequence of str
        Streamlit's own settings: the host names that are accepted, any if there are none; and other origins whose pages
        may open a socket.
    """
    base = base_of(prefix)
    return [
        Middleware(Guard, base=base, page=page + ADDED.decode(), frames=settings.frame_ancestors, hosts=hosts),
        Middleware(Admission, base=base, settings=settings, origins=origins),
        Middleware(Sessions, base=base, parse=parse, settings=settings),
        Middleware(Page, base=base),
        Middleware(StaticCache, prefix=f"{base}/static/"),
    ]
