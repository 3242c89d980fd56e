"""Networks in the stream: their weights, on request only and from the cache too; their lane, and one turn a client."""

import json
import threading
from contextlib import ExitStack

import numpy as np
import pytest

from backend.frames import FRAME_KINDS, HEADER, pack
from backend.lanes import Lane
from backend.workers import Workers
from tests.stream_client import ENDLESS, SHORT, assert_walked, header_of, request_walk, serving
from trajectories import Scenario, parse_link, stream, trajectory
from trajectories.network_walk import NetworkWalk

SCENARIO = parse_link("surface=network_moons&steps=20&batch=32&run=sgd:lr=0.1&run=adam:lr=0.02")[0]
PLAIN = SCENARIO.model_dump(mode="json")


@pytest.fixture(scope="module")
def expected():
    walk = NetworkWalk(SCENARIO)
    walk.advance(SCENARIO.steps)
    return walk


def weights_of(frame):
    header = header_of(frame)
    table = np.frombuffer(frame, "<f4", offset=HEADER.size).reshape(header["runs"], header["columns"])
    return header["first"], table


def test_a_chunk_is_packed_as_its_steps_and_then_its_weights(expected):
    (chunk,) = stream(SCENARIO, first_chunk=1e9, weights=True)
    first, *others = pack("walk", 7, chunk)
    assert header_of(first)["kind"] == FRAME_KINDS["steps"]
    assert len(others) == SCENARIO.steps + 1
    for frame in others:
        assert (header_of(frame)["kind"], header_of(frame)["id"]) == (FRAME_KINDS["weights"], 7)
        step, table = weights_of(frame)
        assert np.array_equal(table, expected.weights[step])


def frames_of(socket):
    frames = []
    while True:
        message = socket.receive()
        if message.get("text") is None:
            frames.append(message["bytes"])
        elif (answer := json.loads(message["text"]))["kind"] != "begin":
            assert answer["kind"] == "done"
            return frames


def test_a_socket_gets_them_on_request_and_from_the_cache_too(expected):
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        for number, wanted in ((1, True), (2, True), (3, False)):
            request_walk(socket, number, PLAIN, weights=wanted)
            frames = frames_of(socket)
            assert {header_of(frame)["id"] for frame in frames} == {number}
            kept = dict(weights_of(frame) for frame in frames if header_of(frame)["kind"] == FRAME_KINDS["weights"])
            assert sorted(kept) == (sorted(expected.weights) if wanted else [])
            for step, table in kept.items():
                assert np.array_equal(table, expected.weights[step])


def test_a_surface_of_two_weights_has_none_to_send():
    of = Scenario(surface="hump", steps=20, runs=SCENARIO.runs)
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, of.model_dump(mode="json"), weights=True)
        assert {header_of(frame)["kind"] for frame in frames_of(socket)} == {FRAME_KINDS["steps"]}


class Gated:
    """A source whose chunks of networks wait for a gate; it counts how many are computed at once."""

    def __init__(self):
        self.began, self.gate = threading.Semaphore(0), threading.Event()
        self.lock, self.computing, self.most_at_once = threading.Lock(), 0, 0

    def __call__(self, scenario, *of):
        if scenario.landscape.embedding is None:
            return (yield from stream(scenario, *of))
        walk, outcomes = stream(scenario, *of), None
        while outcomes is None:
            with self.lock:
                self.computing += 1
                self.most_at_once = max(self.most_at_once, self.computing)
            self.began.release()
            assert self.gate.wait(60)
            try:
                chunk = next(walk)
            except StopIteration as end:
                outcomes = end.value
            with self.lock:
                self.computing -= 1
            if outcomes is None:
                yield chunk
        return outcomes


def test_a_connection_has_one_thread_for_its_networks_and_its_other_walks_do_not_wait():
    source = Gated()
    with serving(source, workers=4) as client, client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, PLAIN)
        assert source.began.acquire(timeout=60)
        request_walk(socket, 2, PLAIN | {"seed": 5}, slot="map")
        request_walk(socket, 3, SHORT, slot="model")
        assert_walked(socket, 3, SHORT, slot="model")
        source.gate.set()
        assert {done_of(socket)["id"] for _ in range(2)} == {1, 2}
    assert source.most_at_once == 1


def done_of(socket):
    while True:
        answer = json.loads(socket.receive().get("text") or "{}")
        if answer.get("kind") == "done":
            return answer


def test_two_connections_compute_their_networks_side_by_side():
    source = Gated()
    with serving(source, workers=2) as client, ExitStack() as stack:
        for number in (1, 2):
            socket = stack.enter_context(client.websocket_connect("/api/stream"))
            request_walk(socket, number, PLAIN | {"seed": number})
            assert source.began.acquire(timeout=60)
        source.gate.set()


@pytest.mark.parametrize(
    ("link", "lane"), [(PLAIN, Lane.SLOW), (ENDLESS | {"steps": 4000, "start": [1, 1]}, Lane.LATER)]
)
def test_after_their_first_chunk_networks_wait_in_the_slow_lane(monkeypatch, link, lane):
    monkeypatch.setattr(trajectory, "FIRST_CHUNK_SECONDS", 0)
    monkeypatch.setattr(trajectory, "CHUNK_SECONDS", 0)
    lanes, call = [], Workers.call

    async def noted(self, function, lane):
        lanes.append(lane)
        return await call(self, function, lane)

    monkeypatch.setattr(Workers, "call", noted)
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, link)
        done_of(socket)
    assert lanes[0] is Lane.FIRST
    assert len(lanes) > 2
    assert set(lanes[1:]) == {lane}
