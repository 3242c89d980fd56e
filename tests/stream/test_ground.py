"""The map of edited data over the socket: facts and tones, in a slot of its own; and walks while an example moves."""

import json
import logging

import numpy as np
import pytest

from backend import grounds as grounds_module
from backend.contract import contract
from backend.frames import FRAME_KINDS, HEADER
from backend.messages import SLOTS, VERSION
from backend.reading import MAX_CHARACTERS
from charts.ground import LIVE_RESOLUTION, ground_of
from tests.stream_client import header_of, receive, request_walk, walk_request
from trajectories import Scenario
from trajectories.link_writing import LONGEST_LINK

EDITED = {
    "surface": "cars_standardized",
    "points": [{"example": 50, "values": [21.0, 7.0]}],
    "steps": 20,
    "runs": [{"optimizer": "sgd", "values": {"lr": 0.1}}, {"optimizer": "adam"}],
}


def ask_ground(socket, number, scenario, **more):
    message = {"kind": "ground", "version": VERSION, "slot": "ground", "id": number, "scenario": scenario, **more}
    socket.send_text(json.dumps(message))


def receive_ground(socket, number):
    """The facts of a map, and its tones."""
    answer = json.loads(socket.receive_text())
    assert (answer["kind"], answer["id"], answer["slot"]) == ("ground", number, "ground")
    frame = socket.receive_bytes()
    header = header_of(frame)
    assert (header["kind"], header["id"], SLOTS[header["slot"]]) == (FRAME_KINDS["tones"], number, "ground")
    return answer["facts"], np.frombuffer(frame, "<f4", offset=HEADER.size).reshape(header["count"], header["columns"])


@pytest.mark.parametrize("live", [False, True])
def test_the_map_of_edited_data_is_that_of_their_landscape(client, live):
    scenario = EDITED | {"points": [{"example": 7, "values": [21.0, 7.0 + live]}]}  # a map in memory is complete
    landscape = Scenario.model_validate(scenario).landscape
    expected, tones = ground_of(landscape, LIVE_RESOLUTION if live else None, minima=not live)
    with client.websocket_connect("/api/stream") as socket:
        for number in (1, 2):  # the second from memory, if it is not live
            ask_ground(socket, number, scenario, live=live)
            facts, found = receive_ground(socket, number)
            assert facts == json.loads(expected.model_dump_json(by_alias=True))
            np.testing.assert_array_equal(found, tones)
    assert (facts["minima"] is None) == live


def test_the_minimum_of_the_map_is_that_of_least_squares(client):
    rows = [*Scenario.model_validate(EDITED).landscape.model.dataset.rows[:49], (21.0, 7.0)]
    speeds, distances = np.array(rows).T
    slope = np.polyfit((speeds - speeds.mean()) / speeds.std(), distances, 1)
    with client.websocket_connect("/api/stream") as socket:
        ask_ground(socket, 1, EDITED)
        (minimum,) = receive_ground(socket, 1)[0]["minima"]
    assert (minimum["y"], minimum["x"]) == pytest.approx(tuple(slope), rel=1e-9)
    assert minimum["global"]


def test_a_map_and_a_walk_do_not_end_each_other(client):
    with client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, EDITED)
        walked = receive(socket)
        ask_ground(socket, 2, EDITED)
        receive_ground(socket, 2)
    assert walked[1]["kind"] == "done"
    assert len(walked[1]["outcomes"]) == 2


def test_while_an_example_is_dragged_a_walk_has_its_steps_and_no_outcome(client):
    edited = EDITED | {"points": [{"example": 2, "values": [9.0, 60.0]}]}
    plain = EDITED | {"points": []}
    with client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, edited, live=True)
        chunks, done = receive(socket)
        assert done["outcomes"] == []
        request_walk(socket, 2, edited)
        again, judged = receive(socket)
        assert len(judged["outcomes"]) == 2
        request_walk(socket, 3, plain, live=True)
        assert len(receive(socket)[1]["outcomes"]) == 2
    steps, others = (np.concatenate([values for _, _, values, _ in sent], axis=1) for sent in (chunks, again))
    np.testing.assert_array_equal(steps, others)
    assert steps.shape[1] == EDITED["steps"] + 1


def test_a_map_that_is_not_finite_gets_a_sentence(client, monkeypatch):
    def broken(*_, **__):
        raise ValueError("not finite")

    monkeypatch.setattr(grounds_module, "ground_of", broken)
    with client.websocket_connect("/api/stream") as socket:
        ask_ground(socket, 1, EDITED | {"points": [{"example": 1}]})
        answer = json.loads(socket.receive_text())
    assert (answer["kind"], answer["slot"], answer["id"], answer["code"]) == ("error", "ground", 1, "unusable")
    assert answer["message"] == grounds_module.NOT_FINITE


def test_a_whole_table_fits_into_a_message(client):
    table = [[1e8 / (n + 7), -1e8 / (n + 3)] for n in range(500)]
    scenario = EDITED | {"points": [], "table": table, "steps": 1}
    assert LONGEST_LINK < len(walk_request(1, scenario)) < MAX_CHARACTERS
    with client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, scenario)
        assert receive(socket)[1]["kind"] == "done"
        request_walk(socket, 2, scenario | {"table": [*table, [1.0, 2.0]]})
        assert "501" in receive(socket)[1]["message"]
        request_walk(socket, 3, scenario | {"table": table * 4})
        assert str(MAX_CHARACTERS) in receive(socket)[1]["message"]


def test_a_visitors_data_are_not_logged(client, caplog):
    caplog.set_level(logging.INFO)
    scenario = EDITED | {"table": [[123.25, 7.0], [1.0, 4567.5]], "points": [{"values": [8.125, 9.0]}]}
    with client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, scenario)
        receive(socket)
        ask_ground(socket, 2, scenario)
        receive_ground(socket, 2)
    assert "walked" in caplog.text
    assert "mapped" in caplog.text
    for number in ("123.25", "4567.5", "8.125"):
        assert number not in caplog.text


def test_the_browser_knows_the_kinds_of_frames():
    assert contract().wire.frame_kinds == FRAME_KINDS
    first = ["walk", "map", "model", "ground", "examples", "batches", "settings", "seeds", "orbits"]
    assert list(contract().wire.slots) == first, "the numbers of slots in frames stay what they are"
