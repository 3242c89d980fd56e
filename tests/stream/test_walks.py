"""The socket carries the simulation, and the newest request wins."""

import json
import logging
import math

import numpy as np
import pytest

from backend import answers, metrics, walking
from backend.messages import LIVE_MS, MAX_ID, VERSION
from optimizers import OPTIMIZERS
from tests.stream_client import (
    ENDLESS,
    SHORT,
    Endless,
    assert_walked,
    cancellation,
    header_of,
    read_frame,
    receive,
    request_walk,
    serving,
)
from trajectories import COLUMNS, Chunk, Scenario, simulate, stream, trajectory


@pytest.fixture
def whole(monkeypatch):
    """A walk is sent in one chunk, on a slow machine as well."""
    monkeypatch.setattr(trajectory, "FIRST_CHUNK_SECONDS", math.inf)


# --- what is sent -------------------------------------------------------------------------------------------------


def test_the_stream_carries_the_simulation_bit_by_bit(client):
    with client.websocket_connect("/api/stream") as socket:
        for number in (17, 18, MAX_ID):
            request_walk(socket, number, SHORT | {"steps": 150, "noise": 0.5, "seed": number})
            assert_walked(socket, number, SHORT | {"steps": 150, "noise": 0.5, "seed": number})


def test_the_inside_of_one_runs_steps_comes_with_them(client):
    scenario = SHORT | {"steps": 150, "runs": [{"optimizer": "sgd"}, {"optimizer": "radam"}]}
    with client.websocket_connect("/api/stream") as socket:
        for number, run in enumerate((0, 1, None)):
            request_walk(socket, number, scenario, inside=run)
            chunks, answer = receive(socket)
            assert answer["kind"] == "done"
            parts = np.concatenate([chunk[3] for chunk in chunks])
            if run is None:
                assert parts.size == 0
                continue
            (*_, walk) = simulate(Scenario.model_validate(scenario), parts=True)[: run + 1]
            expected = [np.broadcast_to(part.reshape(151, -1), (151, 2)) for part in walk.parts.values()]
            assert parts.tobytes() == np.stack(expected, axis=1).tobytes()


def test_the_stream_sends_a_diverged_walk_unchanged(client):
    wild = SHORT | {"surface": "rosenbrock", "runs": [{"optimizer": "sgd", "values": {"lr": 1}}, {"optimizer": "adam"}]}
    with client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, wild)
        assert_walked(socket, 1, wild)


def test_two_sockets_do_not_disturb_each_other(client):
    with client.websocket_connect("/api/stream") as one, client.websocket_connect("/api/stream") as other:
        for number in range(3):
            request_walk(one, number, SHORT | {"seed": 1, "noise": 1})
            request_walk(other, number, SHORT | {"surface": "himmelblau"})
            assert_walked(other, number, SHORT | {"surface": "himmelblau"})
            assert_walked(one, number, SHORT | {"seed": 1, "noise": 1})


def test_a_base_path_is_put_before_the_route():
    for prefix in ("adam/app", "/adam/app/"):
        with serving(prefix=prefix) as client, client.websocket_connect("/adam/app/api/stream") as socket:
            request_walk(socket, 1, SHORT)
            assert_walked(socket, 1, SHORT)


def test_each_request_leaves_one_line_in_the_log(client, caplog, whole):
    with caplog.at_level(logging.INFO, logger="backend.stream"), client.websocket_connect("/api/stream") as socket:
        for number in (1, 2):
            request_walk(socket, number, SHORT | {"steps": 31})
            receive(socket)
    lines = [record.getMessage() for record in caplog.records if record.name == "backend.stream"]
    begin = 'event=walked scenario="surface=hump&start=-3.7,1.35&steps=31&run=sgd&run=adam" steps=31 ms='
    for text, memory in zip(lines, (False, True), strict=True):
        assert text.startswith(begin)
        assert text.endswith(f'chunks=1 memory={memory} request=done outcome="still_moving, still_moving"')


def test_what_was_answered_once_comes_from_memory_with_the_same_bits(client):
    scenario = SHORT | {"steps": 33, "noise": 0.25, "seed": 5}
    with client.websocket_connect("/api/stream") as one, client.websocket_connect("/api/stream") as other:
        before = metrics.KEPT._value.get()
        for number, socket in enumerate((one, other, one)):
            request_walk(socket, number, scenario)
            assert_walked(socket, number, scenario)
        assert metrics.KEPT._value.get() == before + 2
        for number, inside in enumerate((0, 1)):
            request_walk(one, number, scenario, inside=inside)
            chunks, _ = receive(one)
            assert sum(chunk[3].shape[0] for chunk in chunks) == 34, "another question, though the scenario is the same"
        request_walk(one, 9, scenario | {"start": [-0.0, 1.35]})
        assert_walked(one, 9, scenario | {"start": [-0.0, 1.35]})
        request_walk(one, 10, scenario | {"start": [0.0, 1.35]})
        assert_walked(one, 10, scenario | {"start": [0.0, 1.35]})


def test_the_cache_drops_the_least_recently_requested_walk_and_keeps_no_long_one(monkeypatch):
    monkeypatch.setattr(answers, "MOST_BYTES", 100)
    kept = answers.Answers()
    for name in (b"a", b"b", b"c"):
        kept.put((name, None, False), answers.Answer(columns=(), parts=(), frames=(b"x" * 40,), outcomes=()))
        kept.get((b"a", None, False))
    assert [kept.get((name, None, False)) is not None for name in (b"a", b"b", b"c")] == [True, False, True]
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        before = metrics.KEPT._value.get()
        monkeypatch.setattr(walking, "MOST_ANSWER_BYTES", 100)
        for number in range(2):
            request_walk(socket, number, SHORT)
            assert_walked(socket, number, SHORT)
        assert metrics.KEPT._value.get() == before


# --- the newest request wins --------------------------------------------------------------------------------------


@pytest.mark.parametrize("busy", [True, False], ids=["in one chunk", "between chunks"])
@pytest.mark.parametrize("workers", [1, 3])
def test_a_newer_request_stops_the_older_one(busy, workers):
    source = Endless(busy=busy)
    with serving(source, workers) as client, client.websocket_connect("/api/stream") as socket:
        for number in range(0, 6, 2):
            request_walk(socket, number, ENDLESS)
            assert source.began.acquire(timeout=60)
            request_walk(socket, number + 1, SHORT)
            assert_walked(socket, number + 1, SHORT)
            assert source.stopped.acquire(timeout=60)
    assert source.most_at_once == 1


def test_of_many_requests_at_once_the_last_is_answered():
    source = Endless()
    with serving(source) as client, client.websocket_connect("/api/stream") as socket:
        for number in range(50):
            request_walk(socket, number, ENDLESS)
        request_walk(socket, 50, SHORT)
        assert_walked(socket, 50, SHORT)
    assert source.computing == 0
    assert source.most_at_once <= 1


def test_cancelling_stops_the_work_and_keeps_the_socket():
    source = Endless(busy=True)
    with serving(source) as client, client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, ENDLESS)
        assert source.began.acquire(timeout=60)
        socket.send_text(cancellation())
        assert source.stopped.acquire(timeout=60)
        request_walk(socket, 2, SHORT)
        assert_walked(socket, 2, SHORT)


@pytest.mark.parametrize("busy", [True, False])
def test_a_client_that_leaves_stops_its_work(busy):
    source = Endless(busy=busy)
    with serving(source) as client:
        with client.websocket_connect("/api/stream") as socket:
            request_walk(socket, 1, ENDLESS)
            assert source.began.acquire(timeout=60)
        assert source.stopped.acquire(timeout=60)


def test_with_one_thread_walks_are_computed_in_turns():
    source = Endless()
    with (
        serving(source, workers=1) as client,
        client.websocket_connect("/api/stream") as greedy,
        client.websocket_connect("/api/stream") as modest,
    ):
        request_walk(greedy, 1, ENDLESS)
        assert source.began.acquire(timeout=60)
        request_walk(modest, 1, SHORT)
        assert_walked(modest, 1, SHORT)


# --- slots --------------------------------------------------------------------------------------------------------


def test_two_slots_are_answered_side_by_side_and_supersede_only_themselves():
    source = Endless()
    with serving(source) as client, client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, ENDLESS, slot="map")
        assert source.began.acquire(timeout=60)
        for number in (2, 3):
            request_walk(socket, number, SHORT | {"steps": 20 + number})
            assert_walked_beside(socket, number, SHORT | {"steps": 20 + number})
        assert source.computing == 1, "the walk in the other slot goes on"
        request_walk(socket, 4, ENDLESS)
        assert source.began.acquire(timeout=60)
        socket.send_text(cancellation("map"))
        assert source.stopped.acquire(timeout=60)
        assert source.computing == 1, "only the slot that is named is canceled"
        request_walk(socket, 5, SHORT, slot="map")
        request_walk(socket, 6, SHORT)
        assert source.stopped.acquire(timeout=60)
        done = {}
        while done.keys() != {"walk", "map"}:
            message = socket.receive()
            answer = json.loads(message.get("text") or "{}")
            if answer.get("kind") == "done":
                done[answer["slot"]] = answer["id"]
        assert done == {"walk": 6, "map": 5}


def assert_walked_beside(socket, number, scenario):
    """As ``assert_walked``; messages of other slots are skipped."""
    frames = []
    while True:
        message = socket.receive()
        if message.get("text") is None:
            if header_of(message["bytes"])["id"] == number:
                frames.append(read_frame(message["bytes"]))
        elif (answer := json.loads(message["text"]))["kind"] == "done":
            break
    assert (answer["slot"], answer["id"]) == ("walk", number)
    values = np.concatenate([frame[2] for frame in frames], axis=1)
    for index, walk in enumerate(simulate(Scenario.model_validate(scenario))):
        assert values[index, :, :2].tobytes() == walk.positions.tobytes()


# --- what the numbers of a frame are ------------------------------------------------------------------------------


def test_an_answer_begins_with_the_names_of_its_numbers(client, whole):
    scenario = SHORT | {"steps": 12, "runs": [{"optimizer": "sgd"}, {"optimizer": "adam"}]}
    with client.websocket_connect("/api/stream") as socket:
        for number, inside in enumerate((None, 1, 1)):  # the last is answered from memory
            request_walk(socket, number, scenario, inside=inside)
            begin = json.loads(socket.receive()["text"])
            parts = [] if inside is None else [key for key in OPTIMIZERS["adam"].update_latex if key != "g"]
            assert begin == {
                "kind": "begin",
                "version": VERSION,
                "slot": "walk",
                "id": number,
                "columns": ["x", "y", "loss", "gradient_x", "gradient_y"],
                "parts": parts,
                "runs": 2,
            }
            (frame,) = receive(socket)[0]
            assert (frame[2].shape[2], frame[3].shape[1]) == (5, len(parts))


def test_a_hyperparameter_that_changes_is_a_column_more(whole):
    def scheduled(scenario, cancelled, inside, first_chunk, weights):
        """The chunks of a walk whose learning rate decreases at each step."""
        whole = next(stream(scenario))
        rates = np.array([np.nan, *(0.1 / step for step in range(1, scenario.steps + 1))])
        values = np.concatenate([whole.values, np.broadcast_to(rates[:, None], (*whole.values.shape[:2], 1))], axis=2)
        yield Chunk(first=0, values=values, columns=(*COLUMNS, "lr"))
        return ()

    with serving(scheduled) as client, client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, SHORT | {"steps": 4})
        assert json.loads(socket.receive()["text"])["columns"] == [*COLUMNS, "lr"]
        ((_, _, values, parts),), _ = receive(socket)
        assert (values.shape, parts.size) == ((2, 5, 6), 0)
        assert values[1, 1:, 5].tolist() == [0.1, 0.05, 0.1 / 3, 0.025]


@pytest.mark.parametrize("names", [COLUMNS[:4], (*COLUMNS, "lr")])
def test_a_chunk_needs_a_name_for_each_column(names):
    with pytest.raises(ValueError, match=r"^A chunk of 5 columns and 0 parts needs as many names: got \d and 0\.$"):
        Chunk(first=0, values=np.zeros((1, 1, 5)), columns=names)


@pytest.mark.parametrize(("live", "seconds"), [(False, None), (True, LIVE_MS / 1000)])
def test_under_a_gesture_the_first_chunk_may_take_as_long_as_a_whole_picture(live, seconds):
    first_chunks = []

    def source(scenario, cancelled, inside, first_chunk, weights):
        first_chunks.append(first_chunk)
        return (yield from stream(scenario))

    with serving(source) as client, client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, SHORT, live=live)
        assert_walked(socket, 1, SHORT)
    assert first_chunks == [seconds]
