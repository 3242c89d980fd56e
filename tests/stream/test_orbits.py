"""The bifurcation view on the socket: the last positions for each value of a setting, within a budget."""

import json
from typing import Any

import numpy as np
import pytest

from backend import maps, orbit_answer
from backend.fans import NARROW
from backend.frames import FRAME_KINDS, HEADER
from backend.messages import VERSION
from tests.stream_client import header_of, request_walk, serving
from trajectories import Axis, Scenario, orbits

CYCLES = {"surface": "hyperbola", "start": [0.9, 0.9], "steps": 300, "runs": [{"optimizer": "sgd"}]}
AXIS: dict[str, Any] = {"name": "lr", "run": 0, "low": 0.8, "high": 1.4}
OF = Scenario.model_validate(CYCLES)


def send(socket, number, scenario=CYCLES, **more):
    message = {"kind": "orbits", "version": VERSION, "slot": "orbits", "id": number, "scenario": scenario, "axis": AXIS}
    socket.send_text(json.dumps(message | {"columns": 40} | more))


def answer(socket, number):
    """The frame, if there is one, and the message after it."""
    frame = None
    while True:
        message = socket.receive()
        if message.get("text") is not None:
            told = json.loads(message["text"])
            assert told["id"] == number
            return frame, told
        frame = message["bytes"]
        assert header_of(frame)["id"] == number


def assert_is(frame, expected):
    header = header_of(frame)
    count, last = expected.losses.shape
    assert (header["kind"], header["count"], header["columns"]) == (FRAME_KINDS["orbits"], count, last)
    np.testing.assert_array_equal(np.frombuffer(frame, "<f8", count, HEADER.size), expected.values)
    tables = np.frombuffer(frame, "<f4", 3 * count * last, HEADER.size + 8 * count).reshape(3, count, last)
    numbers = expected.positions[..., 0], expected.positions[..., 1], expected.losses
    for table, of in zip(tables, numbers, strict=True):
        np.testing.assert_array_equal(table, of.astype(np.float32))
    kinds, periods = np.frombuffer(frame, np.uint8, 2 * count, HEADER.size + 8 * count + 12 * count * last).reshape(
        2, -1
    )
    np.testing.assert_array_equal(kinds, expected.kinds)
    np.testing.assert_array_equal(periods, expected.periods)


def test_the_frame_is_that_of_the_api(socket):
    send(socket, 1)
    frame, end = answer(socket, 1)
    assert_is(frame, orbits(OF, Axis(**AXIS), 40))
    assert (end["kind"], end["columns"], end["wait"]) == ("orbits_done", 40, None)


def test_the_same_request_is_answered_from_memory(monkeypatch):
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        send(socket, 2)
        first, _ = answer(socket, 2)
        monkeypatch.setattr(orbit_answer, "orbits_in_pieces", None)
        send(socket, 3, live=True)
        second, _ = answer(socket, 3)
        assert first[HEADER.size :] == second[HEADER.size :]


def test_beyond_its_budget_a_socket_is_told_when_the_answer_comes(monkeypatch):
    monkeypatch.setattr(maps, "BUDGET_AT_ONCE", 301 * NARROW)
    monkeypatch.setattr(maps, "BUDGET_A_SECOND", 1)
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        send(socket, 4)
        assert answer(socket, 4)[0] is not None
        send(socket, 5, columns=41)
        frame, end = answer(socket, 5)
        assert (frame, end["columns"]) == (None, 0)
        assert end["wait"] > 1


def test_a_newer_request_ends_the_older_one_and_a_walk_goes_on(socket):
    send(socket, 6, CYCLES | {"steps": 10_000}, columns=1000)
    request_walk(socket, 7, CYCLES)
    send(socket, 8, columns=2)
    texts = []
    while {"orbits_done", "done"} - {text["kind"] for text in texts}:
        message = socket.receive()
        texts += [json.loads(message["text"])] if message.get("text") is not None else []
    assert [text["id"] for text in texts if text["kind"] == "orbits_done"] == [8]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"axis": None}, "axis"),
        ({"axis": [AXIS]}, "axis"),
        ({"axis": AXIS | {"name": "alpha"}}, "alpha"),
        ({"axis": AXIS | {"run": 1}}, "run"),
        ({"axis": AXIS | {"low": 2}}, "rise"),
        ({"axis": AXIS | {"low": "x"}}, "axis"),
        ({"axis": AXIS | {"extra": 1}}, "axis"),
        ({"axis": {"name": "batch"}}, "no data"),
        ({"columns": 1}, "columns"),
        ({"columns": 1025}, "columns"),
        ({"columns": True}, "columns"),
        ({"live": "no"}, "live"),
        ({"rows": 3}, "rows"),
        ({"scenario": CYCLES | {"surface": "network_moons", "start": [0, 0]}}, "network"),
    ],
)
def test_a_request_that_cannot_be_used_is_answered_with_a_sentence(socket, more, word):
    send(socket, 9, **more)
    _, told = answer(socket, 9)
    assert (told["kind"], told["code"], told["slot"]) == ("error", "unusable", "orbits")
    assert word in told["message"]
