"""Streamlit's own socket: a message that its page cannot have sent ends the connection."""

import json

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from backend.admission import SESSION
from backend.pace import MESSAGES_AT_ONCE
from backend.sessions import Sessions
from backend.settings import Settings

HEARD = []


def serve(base="", **settings):
    async def echo(websocket):
        await websocket.accept()
        HEARD.clear()
        while True:
            try:
                HEARD.append(await websocket.receive_bytes())
            except WebSocketDisconnect as end:
                HEARD.append(end.code)
                await websocket.send_bytes(b"too late")  # as Streamlit's writer may, before it has noticed the end
                return
            await websocket.send_bytes(HEARD[-1])

    routes = [WebSocketRoute(base + SESSION, echo), WebSocketRoute("/other", echo)]
    middleware = Middleware(Sessions, base=base, parse=json.loads, settings=Settings(**settings))
    return TestClient(Starlette(routes=routes, middleware=[middleware]))


@pytest.mark.parametrize("base", ["", "/adam"])
def test_messages_of_the_page_pass(base):
    with serve(base).websocket_connect(base + SESSION) as socket:
        for message in (b"1", b"[2]"):
            socket.send_bytes(message)
            assert socket.receive_bytes() == message


@pytest.mark.parametrize("send", ["send_text", "send_bytes"])
def test_an_invalid_message_ends_its_connection_and_does_not_reach_streamlit(send):
    with serve().websocket_connect(SESSION) as socket:
        getattr(socket, send)("1" if send == "send_text" else b"\xff")
        assert socket.receive() == {"type": "websocket.close", "code": 1002}
    assert HEARD == [1002]


def test_messages_on_other_sockets_are_not_checked():
    with serve().websocket_connect("/other") as socket:
        socket.send_bytes(b"\xff")
        assert socket.receive_bytes() == b"\xff"


def test_a_client_that_sends_too_fast_is_delayed(monkeypatch):
    waits = []

    async def sleep(seconds):
        waits.append(seconds)

    monkeypatch.setattr("backend.sessions.asyncio.sleep", sleep)
    monkeypatch.setattr("time.monotonic", lambda: 0.0)
    with serve(messages_per_second=7).websocket_connect(SESSION) as socket:
        for _ in range(MESSAGES_AT_ONCE + 2):
            socket.send_bytes(b"1")
            socket.receive_bytes()
    assert waits == pytest.approx([0] * MESSAGES_AT_ONCE + [1 / 7, 2 / 7])
