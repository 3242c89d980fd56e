"""The weights of networks on the wire: frames of their own kind, on request only, also when the answer is cached."""

import json

import numpy as np
import pytest

from backend.frames import FRAME_KINDS, HEADER, pack
from tests.stream_client import header_of, request_walk, serving
from trajectories import Scenario, parse_link, stream
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
