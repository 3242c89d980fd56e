"""What the socket refuses: messages it cannot use, pages it does not know, clients that take too much or nothing."""

import copy
import json
import socket as socket_module
import threading
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.websockets import WebSocketDisconnect
from websockets.sync.client import connect

from backend import stream as stream_module
from backend.protocol import MAX_CHARACTERS, MessageError, read_message
from backend.settings import Settings
from backend.stream import stream_route
from backend.workers import Workers
from tests.stream_client import ENDLESS, SHORT, Endless, ask, assert_error, assert_walked, receive, serving
from trajectories import stream

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def client():
    with serving() as client:
        yield client


# --- what cannot be used ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "sentence"),
    [
        ("", None, "This message is not valid JSON."),
        ("[" * 16_000, None, "This message is not valid JSON."),
        ('{"id": 1', None, "This message is not valid JSON."),
        ("[1]", None, "A message must be an object: got a list of 1."),
        ("x" * 20_000, None, "A message may have at most 16384 characters: got 20000."),
        ("{}", None, "id must be a whole number from 0 to 2147483647: got nothing."),
        ('{"id": -1, "scenario": {}}', None, "id must be a whole number from 0 to 2147483647: got -1."),
        ('{"id": true, "scenario": {}}', None, "id must be a whole number from 0 to 2147483647: got true."),
        ('{"id": 5}', 5, 'A message is either an id with a scenario, or {"cancel": true}.'),
        (
            '{"id": 5, "scenario": {}, "cancel": true}',
            5,
            'A message is either an id with a scenario, or {"cancel": true}.',
        ),
        ('{"id": 5, "scenarios": {}}', 5, 'A message has no "scenarios". Did you mean "scenario"?'),
        ('{"id": 5, "scenario": {}}', 5, "A scenario needs a value for surface."),
        ('{"id": 5, "scenario": {"surface": "rosenbrok"}}', 5, 'No surface "rosenbrok". Did you mean "rosenbrock"?'),
        *(
            (
                json.dumps({"id": 5, "scenario": SHORT, "inside": wrong}),
                5,
                f"inside must be null or a run's number from 0 to 1: got {shown}.",
            )
            for wrong, shown in ((2, "2"), (-1, "-1"), (True, "true"), ("0", '"0"'), (0.0, "0"))
        ),
    ],
)
def test_a_bad_message_is_answered_with_a_sentence(client, text, number, sentence):
    with client.websocket_connect("/api/stream") as socket:
        socket.send_text(text)
        assert assert_error(socket, number) == sentence
        ask(socket, 6, SHORT)
        assert_walked(socket, 6, SHORT)


def test_bytes_are_answered_with_a_sentence(client):
    with client.websocket_connect("/api/stream") as socket:
        socket.send_bytes(b"\x00\xff")
        assert assert_error(socket) == "A message must be a text, in JSON: got bytes."


@st.composite
def spoiled(draw):
    """A good message with something else somewhere in it, or something more."""
    message = copy.deepcopy({"id": 5, "scenario": SHORT | {"noise": 0, "seed": 0}})
    message["scenario"]["runs"][0]["values"] = {"lr": 0.1}
    place: Any = message
    while True:
        key = draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not draw(st.booleans()):
            break
        place = place[key]
    if isinstance(place, dict) and draw(st.booleans()):
        key = draw(st.text(max_size=12))
    place[key] = draw(ANY_JSON)
    return json.dumps(message)


def what_to_expect(text):
    try:
        return None, "", read_message(text) is not None
    except MessageError as problem:
        return problem.request, str(problem), False


def answers_and_stays(client, text):
    with client.websocket_connect("/api/stream") as socket:
        socket.send_text(text)
        number, sentence, usable = what_to_expect(text)
        if sentence:
            assert assert_error(socket, number) == sentence
        elif usable:
            assert receive(socket)[1]["type"] == "done"
        ask(socket, 6, SHORT)
        assert receive(socket)[1]["id"] == 6


@settings(max_examples=150)
@given(spoiled())
def test_a_spoiled_message_is_answered_and_the_socket_stays(client, text):
    answers_and_stays(client, text)


@settings(max_examples=100)
@given(st.text() | ANY_JSON.map(json.dumps) | st.text(min_size=1).map(lambda text: text * (2 * MAX_CHARACTERS)))
def test_any_text_is_answered_and_the_socket_stays(client, text):
    answers_and_stays(client, text)


def test_a_mistake_of_ours_is_noted_and_the_client_gets_a_plain_sentence(caplog):
    def broken(scenario, cancelled, inside):
        yield next(stream(scenario))
        raise ZeroDivisionError("secret")

    with serving(broken) as client, client.websocket_connect("/api/stream") as socket:
        for number in (1, 2):
            ask(socket, number, SHORT)
            _, answer = receive(socket)
            assert answer == {"type": "error", "id": number, "message": stream_module.SORRY}
    assert "ZeroDivisionError: secret" in caplog.text


# --- a client that does not read ----------------------------------------------------------------------------------


@contextmanager
def real_server(app):
    """A real server on a free port: only a real connection fills up."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, ws="websockets-sansio"))
    listening = socket_module.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def test_a_client_that_reads_nothing_is_given_up_and_holds_no_thread(monkeypatch):
    monkeypatch.setattr(stream_module, "SEND_SECONDS", 0.05)
    source = Endless()
    pool = Workers(1)
    with real_server(Starlette(routes=[stream_route(workers=pool, source=source)])) as port:
        url = f"ws://127.0.0.1:{port}/api/stream"
        with connect(url, max_queue=1, compression=None, ping_interval=None, close_timeout=0) as deaf:
            ask_real(deaf, 1, ENDLESS)
            assert source.began.acquire(timeout=60)
            with connect(url, compression=None) as reader:
                ask_real(reader, 2, SHORT)
                while isinstance(reader.recv(timeout=60), bytes):
                    pass
            assert source.stopped.acquire(timeout=60)
    pool.close()


def ask_real(client, number, scenario):
    client.send(json.dumps({"id": number, "scenario": scenario}))


# --- who may ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "host", "may"),
    [
        (None, "localhost:8501", True),
        ("http://localhost:8501", "localhost:8501", True),
        ("https://Adam.example", "adam.example", True),
        ("https://friend.example", "adam.example", True),
        ("https://FRIEND.example", "adam.example", True),
        ("https://enemy.example", "adam.example", False),
        ("http://localhost:8502", "localhost:8501", False),
        ("http://localhost:8501.enemy.example", "localhost:8501", False),
        ("http://localhost:8501@enemy.example", "localhost:8501", False),
        ("ftp://localhost:8501", "localhost:8501", False),
        ("null", "null", False),
        ("", "", False),
        ("http://[", "localhost", False),
    ],
)
def test_only_our_own_pages_and_those_allowed_may_connect(origin, host, may, caplog):
    settings = Settings(origins="https://friend.example/, http://other.example:80")
    headers = {"host": host} | ({} if origin is None else {"origin": origin})
    with serving(settings=settings) as client:
        if may:
            with client.websocket_connect("/api/stream", headers=headers) as socket:
                ask(socket, 1, SHORT)
                assert_walked(socket, 1, SHORT)
        else:
            with pytest.raises(WebSocketDisconnect), client.websocket_connect("/api/stream", headers=headers):
                pass
            assert "socket refused" in caplog.text


def test_the_sockets_of_one_address_are_bounded():
    with serving(settings=Settings(sockets_per_address=2)) as client:
        with (
            client.websocket_connect("/api/stream"),
            client.websocket_connect("/api/stream"),
            client.websocket_connect("/api/stream") as third,
        ):
            assert assert_error(third) == "This address has 2 connections, which is the most allowed."
            assert third.receive() == {"type": "websocket.close", "code": 1013, "reason": ""}
        with client.websocket_connect("/api/stream") as socket:
            ask(socket, 1, SHORT)
            assert_walked(socket, 1, SHORT)
