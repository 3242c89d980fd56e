"""Files that never change are answered from memory, byte for byte, and compressed for clients that accept it."""

import asyncio
import gzip

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from backend import static_cache
from backend.assets import FOREVER
from backend.static_cache import StaticCache

SCRIPT = b"export const answer = 42;\n" * 99
PICTURE = bytes(range(256))


@pytest.fixture
def requests():
    return []


@pytest.fixture
def client(requests):
    def script(request):
        requests.append(request.url.path)
        return Response(SCRIPT, media_type="text/javascript", headers={"Cache-Control": FOREVER, "Set-Cookie": "a=b"})

    def picture(request):
        requests.append(request.url.path)
        return Response(PICTURE, media_type="image/png", headers={"Cache-Control": FOREVER})

    def page(request):
        requests.append(request.url.path)
        return PlainTextResponse("today", headers={"Cache-Control": "no-cache"})

    def wrong(request):
        requests.append(request.url.path)
        return PlainTextResponse("gone", status_code=404, headers={"Cache-Control": FOREVER})

    routes = [
        Route("/static/a.js", script),
        Route("/static/a.png", picture),
        Route("/static/page", page),
        Route("/static/wrong", wrong),
        Route("/other/a.js", script),
    ]
    with TestClient(StaticCache(Starlette(routes=routes), "/static/")) as client:
        yield client


def test_an_incomplete_file_is_not_cached():
    """As when the client disconnects in the middle of a response: then the server ends it there, without an error."""
    pieces = [SCRIPT[:100], SCRIPT[100:]]
    visits = []

    async def app(scope, receive, send):
        visits.append(scope["path"])
        head = [(b"cache-control", FOREVER.encode()), (b"content-length", str(len(SCRIPT)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": pieces[0], "more_body": True})
        if len(visits) > 1:
            await send({"type": "http.response.body", "body": pieces[1]})

    cache = StaticCache(app, "/static/")
    received = []

    async def request():
        received.clear()

        async def receive():
            return {"type": "http.request"}

        async def send(message):
            received.append(message.get("body", b""))

        await cache({"type": "http", "method": "GET", "path": "/static/a.js", "headers": []}, receive, send)
        return b"".join(received)

    assert asyncio.run(request()) == pieces[0]
    assert [asyncio.run(request()) for _ in range(2)] == [SCRIPT, SCRIPT]
    assert len(visits) == 2


def test_a_file_that_never_changes_is_requested_once(client, requests):
    first, *later = (client.get("/static/a.js") for _ in range(3))
    assert requests == ["/static/a.js"]
    for answer in later:
        assert (answer.status_code, answer.content) == (200, first.content)
        assert answer.headers["Cache-Control"] == FOREVER
        assert answer.headers["Content-Type"] == first.headers["Content-Type"]
        assert "Set-Cookie" not in answer.headers, "one visitor's cookie is not another's"


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_it_is_compressed_for_clients_that_accept_it(client, accepted):
    client.get("/static/a.js")
    with client.stream("GET", "/static/a.js", headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())
    assert int(answer.headers["Content-Length"]) == len(raw)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers.get("Content-Encoding") == ("gzip" if accepted == "gzip" else None)
    assert (gzip.decompress(raw) if accepted == "gzip" else raw) == SCRIPT


def test_a_file_that_compression_does_not_shrink_is_sent_unchanged(client):
    client.get("/static/a.png")
    answer = client.get("/static/a.png", headers={"Accept-Encoding": "gzip"})
    assert (answer.content, answer.headers.get("Content-Encoding")) == (PICTURE, None)


@pytest.mark.parametrize("path", ["/static/page", "/static/wrong", "/static/none", "/other/a.js"])
def test_everything_else_is_requested_each_time(client, requests, path):
    answers = {(answer.status_code, answer.content) for answer in (client.get(path), client.get(path))}
    assert len(answers) == 1
    assert requests in ([], [path, path])


@pytest.mark.parametrize("header", ["Range", "If-None-Match", "If-Modified-Since"])
def test_range_and_conditional_requests_are_passed_to_the_app(client, requests, header):
    client.get("/static/a.js")
    client.get("/static/a.js", headers={header: "x"})
    client.head("/static/a.js")
    assert len(requests) == 3


def test_memory_is_bounded(client, requests, monkeypatch):
    monkeypatch.setattr(static_cache, "MOST_BYTES", len(SCRIPT) - 1)
    for _ in range(2):
        assert client.get("/static/a.js").content == SCRIPT
    assert len(requests) == 2
