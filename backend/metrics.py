"""The server's metrics in the format of Prometheus, for clients that send the token."""

import hmac

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from backend.paths import base_of

NOT_CACHED = {"Cache-Control": "no-store"}
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0)

REGISTRY = CollectorRegistry()
REQUESTS = Counter("mradam_requests", "Requests for a walk, by their outcome.", ["outcome"], registry=REGISTRY)
SOCKETS = Gauge("mradam_sockets", "Streams that are open.", registry=REGISTRY)
WALKING = Gauge("mradam_walking", "Requests that are being answered.", registry=REGISTRY)
STEPS = Counter("mradam_steps", "Steps computed, summed over all runs.", registry=REGISTRY)
KEPT = Counter("mradam_kept_answers", "Requests answered from the cache.", registry=REGISTRY)
WAIT = Histogram("mradam_queue_wait_seconds", "Time a chunk waits for a thread.", buckets=SECONDS, registry=REGISTRY)
FIRST = Histogram(
    "mradam_first_chunk_seconds", "From a request to its first chunk.", buckets=SECONDS, registry=REGISTRY
)


def metrics_routes(base: str, token: str) -> list[BaseRoute]:
    """Route ``GET {base}/metrics``; it answers 404 if no token is set.

    Parameters
    ----------
    base : str
        The prefix under which the app is served.
    token : str
        The token that a scraper has to send; empty: no metrics.
    """
    expected = f"Bearer {token}".encode()

    async def serve(request: Request) -> Response:
        if not token:  # without this route Streamlit would answer with its page and status 200
            return PlainTextResponse("There is no such page.", status_code=404, headers=NOT_CACHED)
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, expected):
            headers = {"WWW-Authenticate": "Bearer", **NOT_CACHED}
            return PlainTextResponse("This needs the token of MR_ADAM_METRICS.", status_code=401, headers=headers)
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST, headers=NOT_CACHED)

    return [Route(f"{base_of(base)}/metrics", serve, methods=["GET"])]
