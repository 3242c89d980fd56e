"""What the socket refuses: invalid messages, and clients that send too much or read nothing."""

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
from websockets.sync.client import connect

from backend import stream as stream_module
from backend.messages import NEWER, OLDER, VERSION, WalkRequest
from backend.reading import MAX_CHARACTERS, MessageError, read_message
from backend.stream import stream_route
from backend.workers import Workers
from tests.stream_client import (
    ENDLESS,
    SHORT,
    Endless,
    assert_error,
    assert_walked,
    receive,
    request_walk,
    serving,
    walk_request,
)
from trajectories import stream

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)

KINDS = "kind must be one of walk, ground, cancel, advise, examples, batches, map, seeds, orbits, settings"
SLOT = "slot must be one of walk, map, model, ground, examples, batches, settings, seeds, orbits"


def encoded(message):
    return json.dumps({"version": VERSION, **message})


# --- what cannot be used ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "sentence"),
    [
        ("", None, "This message is not valid JSON."),
        ("[" * 16_000, None, "This message is not valid JSON."),
        ('{"id": 1', None, "This message is not valid JSON."),
        ("[1]", None, "A message must be an object: got a list of 1."),
        ("x" * 70_000, None, "A message may have at most 65536 characters: got 70000."),
        (walk_request(None, SHORT), None, "id must be a whole number from 0 to 2147483647: got nothing."),
        (walk_request(-1, SHORT), None, "id must be a whole number from 0 to 2147483647: got -1."),
        (walk_request(True, SHORT), None, "id must be a whole number from 0 to 2147483647: got true."),
        (encoded({"kind": "walk", "slot": "walk", "id": 5}), 5, "A message of kind walk needs a value for scenario."),
        (encoded({"slot": "walk", "id": 5}), 5, f"{KINDS}: got nothing."),
        (encoded({"kind": "wolk", "id": 5}), 5, f'{KINDS}: got "wolk".'),
        (encoded({"kind": ["walk"], "id": 5}), 5, f"{KINDS}: got a list of 1."),
        (encoded({"kind": "cancel"}), None, "A message of kind cancel needs a value for slot."),
        (
            encoded({"kind": "cancel", "slot": "walk", "id": 5}),
            5,
            'A message of kind cancel has no "id". Did you mean "kind"?',
        ),
        (
            walk_request(5, SHORT, slot="wolk"),
            5,
            f'{SLOT}: got "wolk".',
        ),
        (walk_request(5, SHORT, slot=0), 5, f"{SLOT}: got 0."),
        (walk_request(5, SHORT, live=1), 5, "live must be true or false: got 1."),
        (walk_request(5, {}, scenarios={}), 5, 'A message of kind walk has no "scenarios". Did you mean "scenario"?'),
        (walk_request(5, {}), 5, "A scenario needs a value for surface."),
        (walk_request(5, {"surface": "rosenbrok"}), 5, 'No surface "rosenbrok". Did you mean "rosenbrock"?'),
        *(
            (
                walk_request(5, SHORT, inside=wrong),
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
        request_walk(socket, 6, SHORT)
        assert_walked(socket, 6, SHORT)


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ({}, OLDER),
        *(({"version": wrong}, OLDER) for wrong in (VERSION - 1, -1, None, True, str(VERSION), float(VERSION), [])),
        *(({"version": wrong}, NEWER) for wrong in (VERSION + 1, 10**30)),
    ],
)
def test_a_message_of_another_version_is_answered_as_pages_of_any_version_can_read(client, version, sentence):
    with client.websocket_connect("/api/stream") as socket:
        socket.send_text(json.dumps({"id": 7, "scenario": SHORT, "kind": "whatever"} | version))
        answer = json.loads(socket.receive()["text"])
        assert answer["message"] == sentence
        assert (answer["kind"], answer["version"], answer["code"]) == ("error", VERSION, "version")
        assert (answer["type"], answer["id"]) == ("error", 7), "what pages without versions read"
        request_walk(socket, 8, SHORT)
        assert_walked(socket, 8, SHORT)


def test_bytes_are_answered_with_a_sentence(client):
    with client.websocket_connect("/api/stream") as socket:
        socket.send_bytes(b"\x00\xff")
        assert assert_error(socket) == "A message must be a text, in JSON: got bytes."


@st.composite
def spoiled(draw):
    """A valid message with one part replaced, or one part added."""
    message = json.loads(walk_request(5, copy.deepcopy(SHORT) | {"noise": 0, "seed": 0}))
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
        return None, "", isinstance(read_message(text), WalkRequest)
    except MessageError as problem:
        return problem.request, (str(problem), problem.code), False


def answers_and_stays(client, text):
    with client.websocket_connect("/api/stream") as socket:
        socket.send_text(text)
        number, sentence, usable = what_to_expect(text)
        if sentence:
            assert assert_error(socket, number, sentence[1]) == sentence[0]
        elif usable:
            assert receive(socket, json.loads(text)["slot"])[1]["kind"] == "done"
        request_walk(socket, 6, SHORT)
        assert receive(socket)[1]["id"] == 6


@settings(max_examples=150)
@given(spoiled())
def test_a_damaged_message_is_answered_and_the_socket_stays_open(client, text):
    answers_and_stays(client, text)


@settings(max_examples=100)
@given(st.text() | ANY_JSON.map(json.dumps) | st.text(min_size=1).map(lambda text: text * (2 * MAX_CHARACTERS)))
def test_any_text_is_answered_and_the_socket_stays_open(client, text):
    answers_and_stays(client, text)


def test_an_internal_error_is_logged_and_the_client_receives_a_plain_sentence(caplog):
    def broken(scenario, cancelled, inside, first_chunk, weights):
        yield next(stream(scenario))
        raise ZeroDivisionError("secret")

    with serving(broken) as client, client.websocket_connect("/api/stream") as socket:
        for number in (1, 2):
            request_walk(socket, number, SHORT)
            _, answer = receive(socket)
            assert (answer["kind"], answer["code"], answer["slot"]) == ("error", "failed", "walk")
            assert (answer["id"], answer["message"]) == (number, stream_module.COMPUTATION_FAILED)
    assert "ZeroDivisionError: secret" in caplog.text


# --- a client that does not read ----------------------------------------------------------------------------------


@contextmanager
def real_server(app):
    """A real server on a free port: only a real connection has a buffer that fills."""
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


def test_a_client_that_reads_nothing_is_disconnected_and_occupies_no_thread(monkeypatch):
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
                while '"done"' not in str(reader.recv(timeout=60)):
                    pass
            assert source.stopped.acquire(timeout=60)
    pool.close()


def ask_real(client, number, scenario):
    client.send(walk_request(number, scenario))
