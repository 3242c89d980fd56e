"""A typed formula over the socket: its map, its walk, a sentence for what is no formula; and none of it is logged."""

import json
import logging

import numpy as np

from tests.stream.test_ground import ask_ground, receive_ground
from tests.stream_client import receive, request_walk

TYPED = {"formula": "x + sqrt(x-1) + y^2", "box": [-1, 4, -2, 2], "start": [3, 1], "steps": 20}
TYPED |= {"runs": [{"optimizer": "sgd", "values": {"lr": 0.1}}]}


def test_the_map_of_a_formula_has_gaps_where_it_has_no_value(client):
    with client.websocket_connect("/api/stream") as socket:
        ask_ground(socket, 1, TYPED, live=True)
        facts, tones = receive_ground(socket, 1)
    assert facts["undefined"]
    assert facts["bounds"] == [[-1, 4], [-2, 2]]
    assert 0 < np.isnan(tones).mean() < 1


def test_a_text_that_is_no_formula_is_answered_with_a_sentence_and_the_socket_stays_open(client):
    with client.websocket_connect("/api/stream") as socket:
        ask_ground(socket, 1, TYPED | {"formula": "x + * y"})
        answer = json.loads(socket.receive_text())
        assert (answer["kind"], answer["code"], answer["id"]) == ("error", "unusable", 1)
        assert "character 5" in answer["message"]
        ask_ground(socket, 2, TYPED)
        receive_ground(socket, 2)


def test_a_formula_is_not_logged(client, caplog):
    with caplog.at_level(logging.INFO), client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, TYPED)
        receive(socket)
    assert "surface=own" in caplog.text
    assert "sqrt" not in caplog.text
