"""Maps of settings on the socket: from coarse to fine, each cell a walk with its values, within the maps' budget."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from backend import maps, settings_answer
from backend.frames import FRAME_KINDS, HEADER
from backend.messages import VERSION
from charts.words import say
from tests.stream_client import header_of, request_walk, serving
from trajectories import KINDS, Axis, Run, Scenario, basins, settings
from trajectories.message import Message
from trajectories.verdicts import GLOBAL

HUMP = {
    "surface": "hump",
    "steps": 40,
    "runs": [{"optimizer": "momentum", "values": {"lr": 0.05}}, {"optimizer": "adam", "values": {"lr": 0.1}}],
}
OF = Scenario.model_validate(HUMP)
LR: dict[str, Any] = {"name": "lr", "run": 0, "low": 0.001, "high": 1.0}
MOMENTUM: dict[str, Any] = {"name": "momentum", "run": 0}
AXES = Axis(**LR), Axis(**MOMENTUM)


def send(socket, number, scenario=HUMP, **more):
    message = {"kind": "settings", "version": VERSION, "slot": "settings", "id": number, "scenario": scenario}
    socket.send_text(json.dumps(message | {"axes": [LR, MOMENTUM], "rows": 16, "columns": 20} | more))


def answer(socket, number):
    """The first text, the levels as (values, header, tables of steps, losses and cells), and the last text."""
    texts, found = [], []
    while not texts or texts[-1]["kind"] not in {"settings_done", "error"}:
        message = socket.receive()
        if message.get("text") is not None:
            texts.append(json.loads(message["text"]))
            assert texts[-1]["id"] == number
            continue
        header = header_of(message["bytes"])
        assert (header["kind"], header["id"]) == (FRAME_KINDS["cells"], number)
        found.append((texts[-1], header, tables(message["bytes"], header)))
    return texts[0], found, texts[-1]


def tables(frame, header):
    shape = header["runs"], header["count"], header["columns"]
    size = int(np.prod(shape))
    numbers = np.frombuffer(frame, "<f4", 2 * size, HEADER.size).reshape(2, *shape)
    return (*numbers, np.frombuffer(frame, np.uint8, size, HEADER.size + 8 * size).reshape(shape))


def assert_is(level, expected):
    values, header, (steps, losses, cells) = level
    assert (values["x"], values["y"]) == (expected.x.tolist(), expected.y.tolist())
    assert (header["first"], header["count"], header["parts"]) == (0, *[max(1, expected.y.size)] * 2)
    np.testing.assert_array_equal(steps, expected.steps)
    np.testing.assert_array_equal(losses, expected.late_losses.astype(np.float32))
    arrives = np.isin(expected.kinds, [KINDS.index("global_minimum"), KINDS.index("local_minimum")])
    np.testing.assert_array_equal(cells, np.where(arrives, len(KINDS) + expected.minima, expected.kinds))


def test_a_map_is_sent_from_coarse_to_fine_with_the_values_of_each_level(socket):
    send(socket, 1, rows=64, columns=80)
    begin, found, end = answer(socket, 1)
    assert begin["runs"] == [0]
    assert [(header["count"], header["columns"]) for _, header, _ in found] == [(16, 20), (64, 80)]
    for level, shape in zip(found, [(16, 20), (64, 80)], strict=True):
        assert_is(level, settings(OF, AXES, shape))
    expected = settings(OF, AXES, (64, 80))
    (best,) = end["best"]
    assert (best["run"], best["tried"]) == (0, 64 * 80)
    assert (tuple(best["loss"]), tuple(best["steps"])) == (expected.best(0), expected.soonest(0))
    assert (end["rows"], end["columns"], end["coarse"]) == (64, 80, False)
    for measure in ("loss", "steps"):
        row, column = best[measure]
        values = {"lr": float(expected.x[column]), "momentum": float(expected.y[row])}
        tuned = Scenario(**dict(OF) | {"runs": [Run(optimizer="momentum", values=values)]})
        share = (basins(tuned, shape=settings_answer.ALL_STARTS).kinds == GLOBAL).mean()
        assert 0 < best[f"{measure}_starts"] == share


def test_one_axis_is_one_row_and_two_runs_are_two_tables(socket):
    send(socket, 2, axes=[LR], rows=1)
    _, found, end = answer(socket, 2)
    assert_is(found[-1], settings(OF, AXES[:1], (1, 20)))
    assert (end["rows"], end["columns"]) == (1, 20)
    other: dict[str, Any] = {"name": "lr", "run": 1}
    send(socket, 3, axes=[LR, other])
    begin, found, end = answer(socket, 3)
    assert begin["runs"] == [0, 1]
    assert_is(found[-1], settings(OF, (AXES[0], Axis(**other)), (16, 20)))
    assert [best["tried"] for best in end["best"]] == [20, 16]


def test_while_something_is_dragged_only_the_finest_level_is_sent(socket):
    send(socket, 4, rows=64, columns=80, live=True)
    _, found, _ = answer(socket, 4)
    assert [header["count"] for _, header, _ in found] == [64]


def test_other_values_of_the_axes_are_answered_from_memory(monkeypatch):
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        send(socket, 5)
        _, first, _ = answer(socket, 5)
        monkeypatch.setattr(settings_answer, "settings_in_pieces", None)
        moved = {"optimizer": "momentum", "values": {"lr": 0.3, "momentum": 0.5}}
        send(socket, 6, HUMP | {"runs": [moved, {"optimizer": "adam", "values": {"lr": 0.7}}]})
        _, second, _ = answer(socket, 6)
        assert first[-1][0]["x"] == second[-1][0]["x"]
        for one, other in zip(first[-1][2], second[-1][2], strict=True):
            np.testing.assert_array_equal(one, other)


def test_maps_of_settings_and_of_basins_share_a_budget(monkeypatch):
    monkeypatch.setattr(maps, "BUDGET_AT_ONCE", 41 * 16 * 20 + 10)
    monkeypatch.setattr(maps, "BUDGET_A_SECOND", 1)
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        send(socket, 7, rows=64, columns=80)
        _, found, end = answer(socket, 7)
        assert ([header["count"] for _, header, _ in found], end["coarse"], end["wait"]) == ([16], True, None)
        basins = {"kind": "map", "version": VERSION, "slot": "map", "id": 8, "scenario": HUMP, "runs": [0]}
        socket.send_text(json.dumps(basins | {"rows": 16, "columns": 16}))
        texts = [json.loads(socket.receive()["text"]) for _ in range(2)]
        assert (texts[-1]["kind"], texts[-1]["rows"], texts[-1]["coarse"]) == ("mapped", 0, True)


def test_a_newer_map_ends_the_older_one_and_a_walk_goes_on(socket):
    send(socket, 10, HUMP | {"steps": 10_000}, rows=128, columns=128)
    request_walk(socket, 11, HUMP | {"start": [0, 0]})
    send(socket, 12, live=True)
    texts = []
    while {"settings_done", "done"} - {text["kind"] for text in texts}:
        message = socket.receive()
        texts += [json.loads(message["text"])] if message.get("text") is not None else []
    assert [text["id"] for text in texts if text["kind"] == "settings_done"] == [12]
    assert [text["id"] for text in texts if text["kind"] == "done"] == [11]


def test_the_shares_of_all_starts_are_computed_once(socket, monkeypatch):
    send(socket, 30, rows=12, columns=14)
    _, _, first = answer(socket, 30)
    monkeypatch.setattr(settings_answer, "basins_in_pieces", None)
    send(socket, 31, rows=12, columns=14)
    _, _, second = answer(socket, 31)
    assert first["best"] == second["best"]
    assert first["best"][0]["loss_starts"] is not None


@dataclass(frozen=True)
class Known:
    """A limit, made up."""

    run: int
    message: Message
    error: Message | None
    source: str
    points: NDArray[np.float64]


def test_known_limits_come_with_the_map_as_lines_with_source_and_error(socket, monkeypatch):
    said, why = Message("outcome.diverged", step=4), Message("advice.no_minimum")
    points = np.array([[0.01, 0.1], [0.1, 0.2], [np.nan, np.nan], [0.2, 0.3], [0.3, 0.4]])
    found = (Known(0, said, None, "Polyak 1964", points), Known(0, said, why, "Polyak 1964", points[:2]))
    monkeypatch.setattr(settings_answer, "limits", lambda *_: found)
    send(socket, 20)
    exact, near = answer(socket, 20)[-1]["limits"]
    assert exact["lines"] == [[[0.01, 0.1], [0.1, 0.2]], [[0.2, 0.3], [0.3, 0.4]]]
    assert (exact["sentence"], exact["source"], exact["error"], exact["error_sentence"]) == (
        say(said),
        "Polyak 1964",
        None,
        "",
    )
    assert (near["error"]["key"], near["error_sentence"]) == (why.key, say(why))
    send(socket, 21, axes=[LR], rows=1)
    assert answer(socket, 21)[-1]["limits"][0]["lines"] == [[point] for point in points[[0, 1, 3, 4]].tolist()]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"axes": []}, "one or two axes"),
        ({"axes": [LR, LR]}, "different settings"),
        ({"axes": [LR, MOMENTUM, {"name": "x"}]}, "one or two axes"),
        ({"axes": "lr"}, "axes"),
        ({"axes": 5}, "axes"),
        ({"axes": [{"run": 0}]}, "axes"),
        ({"axes": [LR | {"low": "0"}]}, "axes"),
        ({"axes": [LR | {"more": 1}]}, "axes"),
        ({"axes": [{"name": "lr", "run": 7}]}, "run"),
        ({"axes": [{"name": "lr", "run": -1}]}, "run"),
        ({"axes": [{"name": "alpha"}]}, "alpha"),
        ({"axes": [{"name": "<script>"}]}, "no setting"),
        ({"axes": [LR | {"low": 1e-12}]}, "range of lr"),
        ({"axes": [LR | {"low": 1.0, "high": 0.1}]}, "range of lr"),
        ({"axes": [{"name": "x", "low": -1e308, "high": 1e308}]}, "range of x"),
        ({"axes": [{"name": "batch"}]}, "no data"),
        ({"rows": 0}, "rows"),
        ({"columns": 257}, "columns"),
        ({"columns": 8.5}, "columns"),
        ({"live": 1}, "live"),
        ({"window": None}, "window"),
        ({"scenario": HUMP | {"surface": "network_moons"}}, "network"),
    ],
)
def test_a_request_that_cannot_be_used_is_answered_with_a_sentence(socket, more, word):
    send(socket, 13, **more)
    _, _, told = answer(socket, 13)
    assert (told["kind"], told["code"], told["slot"]) == ("error", "unusable", "settings")
    assert word in told["message"]
