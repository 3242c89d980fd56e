"""The socket: every message has an answer, the newest request wins, and nobody holds a thread for long."""

import copy
import json
import logging
import socket as socket_module
import struct
import threading
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from websockets.sync.client import connect

from backend import stream as stream_module
from backend.protocol import MAX_CHARACTERS, MAX_ID, MessageError, read_message
from backend.stream import stream_route
from backend.workers import Workers
from trajectories import Scenario, simulate, stream

SHORT = {"surface": "hump", "start": [-3.7, 1.35], "steps": 30, "runs": [{"optimizer": "sgd"}, {"optimizer": "adam"}]}
ENDLESS = SHORT | {"steps": 10_000}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@contextmanager
def serving(source=stream, workers=2, **options):
    pool = Workers(workers)
    app = Starlette(routes=[stream_route(workers=pool, source=source, **options)])
    with TestClient(app) as client:
        yield client
    pool.close()


@pytest.fixture(scope="module")
def client():
    with serving() as client:
        yield client


def ask(socket, number, scenario):
    socket.send_text(json.dumps({"id": number, "scenario": scenario}))


def receive(socket):
    """Everything up to the next text: the chunks by (id, first step), and the text."""
    chunks = []
    while True:
        message = socket.receive()
        if message["type"] == "websocket.close":
            raise WebSocketDisconnect(message["code"])
        if message.get("text") is not None:
            return chunks, json.loads(message["text"])
        number, first, count, runs = struct.unpack_from("<4I", message["bytes"])
        values = np.frombuffer(message["bytes"], "<f8", offset=16).reshape(runs, count, 5)
        chunks.append((number, first, values))


def assert_walked(socket, number, scenario):
    chunks, answer = receive(socket)
    while chunks and chunks[0][0] != number:  # what was under way for an older request
        chunks.pop(0)
    assert {chunk[0] for chunk in chunks} == {number}
    assert [chunk[1] for chunk in chunks] == [0, *np.cumsum([chunk[2].shape[1] for chunk in chunks])[:-1]]
    values = np.concatenate([chunk[2] for chunk in chunks], axis=1)
    expected = simulate(Scenario.model_validate(scenario))
    for index, walked in enumerate(expected):
        whole = np.column_stack([walked.positions, walked.losses, walked.gradients])
        assert values[index].tobytes() == whole.tobytes()
    assert answer == {
        "type": "done",
        "id": number,
        "steps": scenario["steps"],
        "outcomes": [
            {"kind": o.kind, "step": o.step, "sentence": o.sentence, "advice": o.advice}
            for o in (walked.outcome for walked in expected)
        ],
    }


def assert_error(socket, number=None):
    chunks, answer = receive(socket)
    assert (chunks, answer["type"], answer["id"]) == ([], "error", number)
    assert answer["message"].endswith((".", "?"))
    assert answer["message"].isprintable()
    assert len(answer["message"]) < 700
    return answer["message"]


class Endless:
    """Walks of 10 000 steps never end until they are cancelled; all others are real. It counts what goes on."""

    def __init__(self, *, busy=False):
        self.busy = busy
        self.began = threading.Semaphore(0)
        self.stopped = threading.Semaphore(0)
        self.lock = threading.Lock()
        self.computing = 0
        self.most_at_once = 0

    def __call__(self, scenario, cancelled):
        if scenario.steps < 10_000:
            return (yield from stream(scenario, cancelled))
        with self.lock:
            self.computing += 1
            self.most_at_once = max(self.most_at_once, self.computing)
        try:
            chunk = next(stream(scenario.model_copy(update={"steps": 1})))
            yield chunk
            self.began.release()
            while not cancelled():
                if not self.busy:
                    yield chunk
        finally:  # also when it is dropped between two chunks
            with self.lock:
                self.computing -= 1
            self.stopped.release()
        return ()


# --- what is sent -------------------------------------------------------------------------------------------------


def test_the_stream_carries_the_simulation_bit_by_bit(client):
    with client.websocket_connect("/api/stream") as socket:
        for number in (17, 18, MAX_ID):
            ask(socket, number, SHORT | {"steps": 150, "noise": 0.5, "seed": number})
            assert_walked(socket, number, SHORT | {"steps": 150, "noise": 0.5, "seed": number})


def test_divergence_arrives_as_it_is(client):
    wild = SHORT | {"surface": "rosenbrock", "runs": [{"optimizer": "sgd", "values": {"lr": 1}}, {"optimizer": "adam"}]}
    with client.websocket_connect("/api/stream") as socket:
        ask(socket, 1, wild)
        assert_walked(socket, 1, wild)


def test_two_sockets_do_not_disturb_each_other(client):
    with client.websocket_connect("/api/stream") as one, client.websocket_connect("/api/stream") as other:
        for number in range(3):
            ask(one, number, SHORT | {"seed": 1, "noise": 1})
            ask(other, number, SHORT | {"surface": "himmelblau"})
            assert_walked(other, number, SHORT | {"surface": "himmelblau"})
            assert_walked(one, number, SHORT | {"seed": 1, "noise": 1})


def test_a_base_path_is_put_before_the_route():
    for prefix in ("adam/app", "/adam/app/"):
        with serving(prefix=prefix) as client, client.websocket_connect("/adam/app/api/stream") as socket:
            ask(socket, 1, SHORT)
            assert_walked(socket, 1, SHORT)


def test_each_request_leaves_one_line_in_the_log(client, caplog):
    with caplog.at_level(logging.INFO, logger="backend.stream"), client.websocket_connect("/api/stream") as socket:
        ask(socket, 1, SHORT)
        receive(socket)
        ask(socket, 2, SHORT)
        receive(socket)
    lines = [record.getMessage() for record in caplog.records if record.getMessage().startswith("walked")]
    assert lines[0].startswith("walked: surface=hump&start=-3.7,1.35&steps=30&run=sgd&run=adam steps=30 ms=")
    assert lines[0].endswith("outcome=still moving, still moving")


# --- the newest request wins --------------------------------------------------------------------------------------


@pytest.mark.parametrize("busy", [True, False], ids=["in one chunk", "between chunks"])
@pytest.mark.parametrize("workers", [1, 3])
def test_a_newer_request_stops_the_older_one(busy, workers):
    source = Endless(busy=busy)
    with serving(source, workers) as client, client.websocket_connect("/api/stream") as socket:
        for number in range(0, 6, 2):
            ask(socket, number, ENDLESS)
            assert source.began.acquire(timeout=60)
            ask(socket, number + 1, SHORT)
            assert_walked(socket, number + 1, SHORT)
            assert source.stopped.acquire(timeout=60)
    assert source.most_at_once == 1


def test_of_many_requests_at_once_the_last_is_answered():
    source = Endless()
    with serving(source) as client, client.websocket_connect("/api/stream") as socket:
        for number in range(50):
            ask(socket, number, ENDLESS)
        ask(socket, 50, SHORT)
        assert_walked(socket, 50, SHORT)
    assert source.computing == 0
    assert source.most_at_once <= 1


def test_cancelling_stops_the_work_and_keeps_the_socket():
    source = Endless(busy=True)
    with serving(source) as client, client.websocket_connect("/api/stream") as socket:
        ask(socket, 1, ENDLESS)
        assert source.began.acquire(timeout=60)
        socket.send_text('{"cancel": true}')
        assert source.stopped.acquire(timeout=60)
        ask(socket, 2, SHORT)
        assert_walked(socket, 2, SHORT)


@pytest.mark.parametrize("busy", [True, False])
def test_a_client_that_leaves_stops_its_work(busy):
    source = Endless(busy=busy)
    with serving(source) as client:
        with client.websocket_connect("/api/stream") as socket:
            ask(socket, 1, ENDLESS)
            assert source.began.acquire(timeout=60)
        assert source.stopped.acquire(timeout=60)


def test_walks_take_turns_where_there_is_one_thread():
    source = Endless()
    with (
        serving(source, workers=1) as client,
        client.websocket_connect("/api/stream") as greedy,
        client.websocket_connect("/api/stream") as modest,
    ):
        ask(greedy, 1, ENDLESS)
        assert source.began.acquire(timeout=60)
        ask(modest, 1, SHORT)
        assert_walked(modest, 1, SHORT)


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
    def broken(scenario, cancelled):
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
def test_only_our_own_pages_and_those_allowed_may_connect(origin, host, may, monkeypatch, caplog):
    monkeypatch.setenv("MR_ADAM_ORIGINS", "https://friend.example/, http://other.example:80")
    headers = {"host": host} | ({} if origin is None else {"origin": origin})
    with serving() as client:
        if may:
            with client.websocket_connect("/api/stream", headers=headers) as socket:
                ask(socket, 1, SHORT)
                assert_walked(socket, 1, SHORT)
        else:
            with pytest.raises(WebSocketDisconnect), client.websocket_connect("/api/stream", headers=headers):
                pass
            assert "socket refused" in caplog.text


def test_the_sockets_of_one_address_are_bounded(monkeypatch):
    monkeypatch.setenv("MR_ADAM_SOCKETS_PER_ADDRESS", "2")
    with serving() as client:
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


@pytest.mark.parametrize("variable", ["MR_ADAM_WORKERS", "MR_ADAM_SOCKETS_PER_ADDRESS"])
@pytest.mark.parametrize("value", ["0", "-1", "many", "", "1.5"])
def test_a_bad_setting_stops_the_server_with_a_sentence(variable, value, monkeypatch):
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValueError, match=rf"^{variable} must be a whole number of at least 1: got '{value}'\.$"):
        stream_route()


def test_the_number_of_threads_is_a_setting(monkeypatch):
    assert Workers().size == 4
    monkeypatch.setenv("MR_ADAM_WORKERS", "2")
    assert Workers().size == 2
