"""Which sockets may be opened; others are refused at once, with a reason and without a request to another server."""

import socket
import sys
from contextlib import ExitStack
from unittest.mock import Mock

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit import net_util
from streamlit.web.server.starlette.starlette_websocket import create_websocket_handler

from backend.admission import SESSION, STREAM, Admission
from backend.refusals import POLICY_VIOLATION, STATUS, TRY_AGAIN_LATER
from backend.settings import Settings

SETTINGS = {"origins": "https://friend.example/, http://other.example:8080"}
SOCKETS = (STREAM, SESSION)
ORIGINS = [
    (None, "localhost:8501", True),
    ("http://localhost:8501", "localhost:8501", True),
    ("https://Adam.example", "adam.example", True),
    ("https://adam.example", "adam.example:443", True),
    ("http://[::1]:8501", "[::1]:8501", True),
    ("https://friend.example", "adam.example", True),
    ("https://FRIEND.example", "adam.example", True),
    ("https://streamlit.friend.example", "adam.example", True),
    ("https://enemy.example", "adam.example", False),
    ("https://adam.example", "adam.example:80", False),
    ("http://localhost:8502", "localhost:8501", False),
    ("http://localhost:8501.enemy.example", "localhost:8501", False),
    ("http://localhost:8501@enemy.example", "localhost:8501", False),
    ("http://127.0.0.1:1", "localhost:8501", False),
    ("ftp://localhost:8501", "localhost:8501", False),
    ("http://adam.example/path", "adam.example/path", False),
    ("http://localhost:port", "localhost:port", False),
    ("null", "null", False),
    ("", "", False),
    ("http://", "", False),
    ("http://[", "localhost", False),
    ("http://[", "[", False),
    ("\u00e9\u00ff".encode(), "localhost", False),
]


def serve(base="", **settings):
    """Both sockets, the session's with Streamlit's own handler behind it, on a runtime that only counts."""
    runtime = Mock()
    theirs = create_websocket_handler(runtime)

    async def ours(websocket):
        await websocket.accept()
        await websocket.receive()

    routes = [WebSocketRoute(base + STREAM, ours), WebSocketRoute(base + SESSION, theirs)]
    admission = Middleware(
        Admission, base=base, settings=Settings(**SETTINGS | settings), origins=["https://streamlit.friend.example/"]
    )
    client = TestClient(Starlette(routes=routes, middleware=[admission]))
    client.runtime = runtime  # type: ignore[attr-defined]
    return client


@pytest.fixture
def nothing_leaves(monkeypatch):
    """Fail the test at any look-up of a name, and at any connection to elsewhere."""
    left = []
    watching = True

    def audit(event, arguments):
        if watching and event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"}:
            left.append((event, arguments))
            raise OSError("the test allows no connection")

    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_internal_ip", None)
    sys.addaudithook(audit)  # which stays for the whole process, and does nothing after this test
    yield left
    watching = False
    assert left == []


def test_the_audit_hook_receives_name_look_ups_and_connections():
    """The events that `nothing_leaves` watches occur when a server looks up a name or connects."""
    seen = []
    watching = True
    sys.addaudithook(lambda event, _: seen.append(event) if watching and event.startswith("socket.") else None)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        probe.listen()
        with socket.create_connection(probe.getsockname()):
            pass
    watching = False
    assert {"socket.getaddrinfo", "socket.connect"} <= set(seen)


@pytest.mark.parametrize("path", SOCKETS)
@pytest.mark.parametrize(("origin", "host", "may"), ORIGINS)
def test_only_our_own_pages_and_those_listed_may_connect(nothing_leaves, caplog, path, origin, host, may):
    client = serve()
    headers = {"host": host} | ({} if origin is None else {"origin": origin})
    if may:
        with client.websocket_connect(path, headers=headers):
            pass
        assert client.runtime.connect_session.call_count == (path == SESSION)
        return
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(path, headers=headers):
        pass
    assert refused.value.code == POLICY_VIOLATION
    assert "MR_ADAM_ORIGINS" in caplog.text
    assert not client.runtime.method_calls


@pytest.mark.parametrize("path", SOCKETS)
@pytest.mark.parametrize("base", ["", "/adam"])
def test_the_page_receives_the_reason_over_http(path, base):
    client = serve(base, sockets_per_address=1)
    accept = {"host": "adam.example", "accept": "application/json"}

    def request(origin):
        return client.get(base + path, params={} if origin is None else {"origin": origin}, headers=accept)

    for origin in (None, "https://adam.example", "https://friend.example"):
        assert (request(origin).status_code, request(origin).content) == (204, b"")
    refusal = request("https://lms.example")
    assert (refusal.status_code, refusal.json()["code"]) == (403, "origin")
    for word in ("https://lms.example", "adam.example", "MR_ADAM_ORIGINS", "Host"):
        assert word in refusal.json()["message"]
    assert refusal.headers["cache-control"] == "no-store"
    plain = client.get(base + path, params={"origin": "https://lms.example"}, headers={"host": "adam.example"})
    assert plain.text == refusal.json()["message"]
    with client.websocket_connect(base + path):
        full = request("https://adam.example")
        assert (full.status_code, full.json()["code"]) == (429, "full")
        assert "MR_ADAM_SOCKETS_PER_ADDRESS" in full.json()["message"]
    assert request("https://adam.example").status_code == 204


@pytest.mark.parametrize("path", SOCKETS)
def test_an_address_may_open_a_limited_number_of_sockets_at_a_time(path, caplog):
    with serve(sockets_per_address=2) as client:
        for _ in range(2):  # closed connections no longer count, refused ones never did
            with ExitStack() as held:
                for _ in range(2):
                    held.enter_context(client.websocket_connect(path))
                for _ in range(3):
                    with pytest.raises(WebSocketDisconnect) as refused:
                        held.enter_context(client.websocket_connect(path))
                    assert refused.value.code == TRY_AGAIN_LATER
                other = next(other for other in SOCKETS if other != path)
                held.enter_context(client.websocket_connect(other))
    assert "MR_ADAM_SOCKETS_PER_ADDRESS" in caplog.text


def test_a_sentence_stays_one_short_line_whatever_the_headers_hold():
    for path in SOCKETS:
        answer = serve().get(path, headers={"host": "h" * 500, "origin": "http://" + "x" * 5000})
        assert answer.status_code == STATUS["origin"]
        assert len(answer.text) < 400
        assert "\n" not in answer.text
