"""The socket carries the simulation, and the newest request wins."""

import logging

import numpy as np
import pytest

from backend import answers, metrics, walking
from backend.protocol import MAX_ID
from tests.stream_client import ENDLESS, SHORT, Endless, ask, assert_walked, receive, serving
from trajectories import Scenario, simulate


@pytest.fixture(scope="module")
def client():
    with serving() as client:
        yield client


# --- what is sent -------------------------------------------------------------------------------------------------


def test_the_stream_carries_the_simulation_bit_by_bit(client):
    with client.websocket_connect("/api/stream") as socket:
        for number in (17, 18, MAX_ID):
            ask(socket, number, SHORT | {"steps": 150, "noise": 0.5, "seed": number})
            assert_walked(socket, number, SHORT | {"steps": 150, "noise": 0.5, "seed": number})


def test_the_inside_of_one_runs_steps_comes_with_them(client):
    scenario = SHORT | {"steps": 150, "runs": [{"optimizer": "sgd"}, {"optimizer": "radam"}]}
    with client.websocket_connect("/api/stream") as socket:
        for number, run in enumerate((0, 1, None)):
            ask(socket, number, scenario, inside=run)
            chunks, answer = receive(socket)
            assert answer["type"] == "done"
            parts = np.concatenate([chunk[3] for chunk in chunks])
            if run is None:
                assert parts.size == 0
                continue
            (*_, walked) = simulate(Scenario.model_validate(scenario), anatomy=True)[: run + 1]
            expected = [np.broadcast_to(part.reshape(151, -1), (151, 2)) for part in walked.anatomy.values()]
            assert parts.tobytes() == np.stack(expected, axis=1).tobytes()


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
        for number in (1, 2):
            ask(socket, number, SHORT | {"steps": 31})
            receive(socket)
    lines = [record.getMessage() for record in caplog.records if record.name == "backend.stream"]
    told = 'event=walked scenario="surface=hump&start=-3.7,1.35&steps=31&run=sgd&run=adam" steps=31 ms='
    for text, memory in zip(lines, (False, True), strict=True):
        assert text.startswith(told)
        assert text.endswith(f'chunks=1 memory={memory} request=done outcome="still_moving, still_moving"')


def test_what_was_answered_once_comes_from_memory_with_the_same_bits(client):
    scenario = SHORT | {"steps": 33, "noise": 0.25, "seed": 5}
    with client.websocket_connect("/api/stream") as one, client.websocket_connect("/api/stream") as other:
        before = metrics.KEPT._value.get()
        for number, socket in enumerate((one, other, one)):
            ask(socket, number, scenario)
            assert_walked(socket, number, scenario)
        assert metrics.KEPT._value.get() == before + 2
        for number, inside in enumerate((0, 1)):
            ask(one, number, scenario, inside=inside)
            chunks, _ = receive(one)
            assert sum(chunk[3].shape[0] for chunk in chunks) == 34, "another question, though the scenario is the same"
        ask(one, 9, scenario | {"start": [-0.0, 1.35]})
        assert_walked(one, 9, scenario | {"start": [-0.0, 1.35]})
        ask(one, 10, scenario | {"start": [0.0, 1.35]})
        assert_walked(one, 10, scenario | {"start": [0.0, 1.35]})


def test_memory_forgets_what_was_asked_for_longest_ago_and_keeps_no_long_walk(monkeypatch):
    monkeypatch.setattr(answers, "MOST_BYTES", 100)
    kept = answers.Answers()
    for name in "abc":
        kept.put((name, None), ((b"x" * 40,), ()))
        kept.get(("a", None))
    assert [kept.get((name, None)) is not None for name in "abc"] == [True, False, True]
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        before = metrics.KEPT._value.get()
        monkeypatch.setattr(walking, "LONGEST", 100)
        for number in range(2):
            ask(socket, number, SHORT)
            assert_walked(socket, number, SHORT)
        assert metrics.KEPT._value.get() == before


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
