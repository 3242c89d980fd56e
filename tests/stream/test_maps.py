"""Maps of basins on the socket: from coarse to fine, each cell the walk from its middle, within a budget."""

import json

import numpy as np
import pytest

from backend import map_strips, maps
from backend.frames import FRAME_KINDS, HEADER
from backend.messages import VERSION
from surfaces import SURFACES
from tests.stream_client import header_of, request_walk, serving
from trajectories import KINDS, Scenario, basins
from trajectories.basin_map import sensitive

HUMP = {
    "surface": "hump",
    "steps": 60,
    "runs": [{"optimizer": "adam", "values": {"lr": 0.1}}, {"optimizer": "momentum", "values": {"lr": 0.05}}],
}
OF = Scenario.model_validate(HUMP)
WINDOW = [[-1.0, 0.5], [0.0, 1.0]]


def send(socket, number, scenario=HUMP, **more):
    message = {"kind": "map", "version": VERSION, "slot": "map", "id": number, "scenario": scenario, "runs": [0]}
    socket.send_text(json.dumps(message | {"rows": 64, "columns": 96} | more))


def answer(socket, number):
    """The maps by their number of rows, each a list of tables (steps, losses, cells) for the runs; first, last text."""
    found, texts = {}, []
    while not texts or texts[-1]["kind"] not in {"mapped", "error"}:
        message = socket.receive()
        if message.get("text") is not None:
            texts.append(json.loads(message["text"]))
            continue
        header = header_of(message["bytes"])
        assert (header["kind"], header["id"]) == (FRAME_KINDS["cells"], number)
        found.setdefault(header["parts"], []).append((header["first"], tables(message["bytes"], header)))
    assert all(text["id"] == number for text in texts)
    return {rows: joined(strips, rows) for rows, strips in found.items()}, texts[0], texts[-1]


def tables(frame, header):
    shape = header["runs"], header["count"], header["columns"]
    size = int(np.prod(shape))
    numbers = np.frombuffer(frame, "<f4", 2 * size, HEADER.size).reshape(2, *shape)
    cells = np.frombuffer(frame, np.uint8, size, HEADER.size + 8 * size).reshape(shape)
    assert HEADER.size + 9 * size == len(frame)
    return [(numbers[0, run], numbers[1, run], cells[run]) for run in range(shape[0])]


def joined(strips, rows):
    assert [first for first, _ in strips] == np.cumsum([0, *(len(found[0][0]) for _, found in strips)])[:-1].tolist()
    runs = [
        [np.concatenate(parts) for parts in zip(*run, strict=True)] for run in zip(*(f for _, f in strips), strict=True)
    ]
    assert all(len(part) == rows for run in runs for part in run)
    return runs


def assert_is(found, run, shape, window=None):
    expected = basins(OF, run, shape, window)
    steps, losses, cells = found
    np.testing.assert_array_equal(steps, expected.steps)
    np.testing.assert_array_equal(losses, expected.losses.astype(np.float32))
    np.testing.assert_array_equal(cells, np.where(expected.minima >= 0, len(KINDS) + expected.minima, expected.kinds))


def test_a_map_is_sent_from_coarse_to_fine(socket):
    send(socket, 1)
    found, begin, end = answer(socket, 1)
    assert list(found) == [16, 64]
    for rows, columns in ((16, 24), (64, 96)):
        assert_is(found[rows][0], 0, (rows, columns))
    assert begin["window"] == [list(bounds) for bounds in SURFACES["hump"].landscape.bounds]
    assert (end["rows"], end["columns"], end["coarse"]) == (64, 96, False)
    assert end["sensitive"] == sensitive(OF, basins(OF, 0, (16, 24))).mean()


def test_two_runs_and_a_window_are_mapped_together(socket):
    send(socket, 2, runs=[1, 0], window=WINDOW, rows=40, columns=30)
    found, begin, end = answer(socket, 2)
    assert begin["window"] == WINDOW
    assert end["sensitive"] is not None
    for place, run in enumerate((1, 0)):
        assert_is(found[40][place], run, (40, 30), tuple(map(tuple, WINDOW)))


def test_a_large_map_comes_in_strips_of_whole_rows(socket):
    send(socket, 3, HUMP | {"steps": 3}, rows=256, columns=200)
    found, _, _ = answer(socket, 3)
    steps, _, cells = found[256][0]
    expected = basins(Scenario.model_validate(HUMP | {"steps": 3}), 0, (256, 200))
    np.testing.assert_array_equal(steps, expected.steps)
    assert cells.shape == (256, 200)


def test_while_something_is_dragged_only_the_finest_map_is_sent(socket):
    send(socket, 4, live=True)
    found, _, end = answer(socket, 4)
    assert list(found) == [64]
    assert end["sensitive"] is None
    assert_is(found[64][0], 0, (64, 96))


def test_another_start_is_answered_from_memory(monkeypatch):
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        send(socket, 5)
        first, _, _ = answer(socket, 5)
        monkeypatch.setattr(map_strips, "basins_in_pieces", None)
        send(socket, 6, HUMP | {"start": [1.0, 1.0]})
        second, _, _ = answer(socket, 6)
        for rows, found in first.items():
            for one, other in zip(found[0], second[rows][0], strict=True):
                np.testing.assert_array_equal(one, other)


def test_beyond_its_budget_a_socket_gets_coarser_maps(monkeypatch):
    monkeypatch.setattr(maps, "BUDGET_AT_ONCE", 61 * 16 * 24 + 10)
    monkeypatch.setattr(maps, "BUDGET_A_SECOND", 1)
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        send(socket, 7)
        found, _, end = answer(socket, 7)
        assert (list(found), end["rows"], end["coarse"], end["wait"]) == ([16], 16, True, None)
        send(socket, 8, live=True, scenario=HUMP | {"noise": 0.1})
        found, _, end = answer(socket, 8)
        assert (found, end["rows"], end["coarse"]) == ({}, 0, True)
        send(socket, 9)
        assert list(answer(socket, 9)[0]) == [16], "what is in memory costs nothing"


def test_a_newer_map_ends_the_older_one_and_a_walk_goes_on(socket):
    send(socket, 10, HUMP | {"steps": 10_000}, rows=128, columns=128)
    request_walk(socket, 11, HUMP | {"start": [0, 0]})
    send(socket, 12, live=True)
    texts = []
    while {"mapped", "done"} - {text["kind"] for text in texts}:
        message = socket.receive()
        texts += [json.loads(message["text"])] if message.get("text") is not None else []
    assert [text["id"] for text in texts if text["kind"] == "mapped"] == [12]
    assert [text["id"] for text in texts if text["kind"] == "done"] == [11]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"runs": []}, "runs"),
        ({"runs": [2]}, "runs"),
        ({"runs": [0, 0]}, "runs"),
        ({"runs": 0}, "runs"),
        ({"rows": 0}, "rows"),
        ({"columns": 1e9}, "columns"),
        ({"window": [[1, 0], [0, 1]]}, "x in window"),
        ({"window": [[0, 1], [0, 1e400]]}, "y in window"),
        ({"window": "all"}, "window"),
        ({"live": 1}, "live"),
        ({"basins": 1}, "basins"),
        ({"scenario": HUMP | {"surface": "network_moons"}}, "network"),
    ],
)
def test_a_request_that_cannot_be_used_is_answered_with_a_sentence(socket, more, word):
    send(socket, 13, **more)
    _, _, told = answer(socket, 13)
    assert (told["kind"], told["code"], told["slot"]) == ("error", "unusable", "map")
    assert word in told["message"]
