"""Many seeds on the socket: each path is the walk that its seed takes, each cloud that of the ends, within a budget."""

import json
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from backend import fans, maps
from backend.fans import NARROW, Fans, KeptFan
from backend.frames import FRAME_KINDS, HEADER
from backend.messages import VERSION
from backend.seed_messages import MOST_COUNT, MOST_POINTS, Fan
from tests.stream_client import header_of, receive, request_walk, serving
from trajectories import KINDS, Scenario, seeds
from trajectories.clouds import clouds_of

NOISY = {
    "surface": "two_wells",
    "steps": 60,
    "noise": 0.8,
    "seed": 5,
    "runs": [{"optimizer": "sgd", "values": {"lr": 0.05}}, {"optimizer": "adam", "values": {"lr": 0.05}}],
}
OF = Scenario.model_validate(NOISY)


class Received(NamedTuple):
    paths: list[NDArray[np.float32]]
    steps: NDArray[np.uint32]
    outcomes: NDArray[np.uint8]
    fan: dict[str, Any]


def send(socket, number, scenario=NOISY, **more):
    message = {"kind": "seeds", "version": VERSION, "slot": "seeds", "id": number, "scenario": scenario, "runs": [0, 1]}
    socket.send_text(json.dumps(message | {"count": 8, "points": 100} | more))


def answer(socket, number):
    """What has arrived of each run, and the last message."""
    found, fan = {}, None
    while True:
        message = socket.receive()
        if message.get("text") is None:
            header = header_of(message["bytes"])
            assert (header["kind"], header["id"], header["first"]) == (FRAME_KINDS["fan"], number, fan["run"])
            found[fan["run"]] = received(message["bytes"], header["count"], fan)
            continue
        told = json.loads(message["text"])
        assert told["id"] == number
        if told["kind"] != "fan":
            return found, told
        fan = told


def received(frame, count, fan):
    lengths = np.frombuffer(frame, "<u4", count, HEADER.size)
    points = np.frombuffer(frame, "<f4", 2 * lengths.sum(), HEADER.size + 4 * count).reshape(-1, 2)
    after = HEADER.size + 4 * count + 8 * len(points)
    assert after + 5 * count == len(frame)
    paths = np.split(points, np.cumsum(lengths)[:-1])
    steps, outcomes = np.frombuffer(frame, "<u4", count, after), np.frombuffer(frame, "u1", count, after + 4 * count)
    return Received(paths, steps, outcomes, fan)


def assert_is(one, run, count, scenario=OF):
    expected = seeds(scenario, count, run)
    arrives = expected.kinds < 2
    np.testing.assert_array_equal(one.outcomes, np.where(arrives, len(KINDS) + expected.minima, expected.kinds))
    np.testing.assert_array_equal(one.steps, expected.steps)
    assert (one.fan["count"], one.fan["arrived"]) == (count, int(arrives.sum()))
    assert one.fan["circled"] == sum(KINDS[kind] == "circling" for kind in expected.kinds)
    clouds = clouds_of(scenario.landscape, expected.ends, expected.kinds)
    assert [cloud["minimum"] for cloud in one.fan["clouds"]] == [cloud.minimum for cloud in clouds]
    for sent, cloud in zip(one.fan["clouds"], clouds, strict=True):
        assert (tuple(sent["center"]), sent["count"]) == (cloud.center, cloud.count)


def test_each_run_gets_the_walks_of_all_seeds(socket):
    send(socket, 1)
    found, end = answer(socket, 1)
    assert (end["kind"], end["runs"], end["wait"]) == ("fanned", [0, 1], None)
    for run in (0, 1):
        assert_is(found[run], run, 8)
        expected = seeds(OF, 8, run)
        for path, positions in zip(found[run].paths, expected.positions, strict=True):
            np.testing.assert_array_equal(path, positions.astype(np.float32))


@pytest.mark.parametrize("more", [{}, {"surface": "cars_standardized", "batch": 5, "noise": 0, "start": [0.5, 0.5]}])
def test_the_path_of_the_own_seed_is_the_walk_on_the_screen(socket, more):
    scenario = NOISY | more
    send(socket, 2, scenario)
    found, _ = answer(socket, 2)
    request_walk(socket, 3, scenario)
    chunks, done = receive(socket)
    walks = np.concatenate([values for _, _, values, _ in chunks], axis=1)
    for run in (0, 1):
        np.testing.assert_allclose(found[run].paths[0], walks[run, :, :2], rtol=1e-6, atol=1e-6)
        assert (found[run].outcomes[0] >= len(KINDS)) == (done["outcomes"][run]["kind"] in KINDS[:2])


def test_a_long_path_keeps_its_ends_and_its_farthest_points(socket):
    scenario = NOISY | {"steps": 900}
    send(socket, 4, scenario, points=64, runs=[1])
    found, _ = answer(socket, 4)
    expected = seeds(Scenario.model_validate(scenario), 8, 1)
    for path, positions in zip(found[1].paths, expected.positions.astype(np.float32), strict=True):
        assert len(path) <= 64
        np.testing.assert_array_equal(path[[0, -1]], positions[[0, -1]])
        np.testing.assert_array_equal(path.min(axis=0), positions.min(axis=0))
        np.testing.assert_array_equal(path.max(axis=0), positions.max(axis=0))


def test_a_walk_that_diverges_has_a_path_to_its_last_number(socket):
    scenario = {"surface": "himmelblau", "steps": 40, "noise": 1, "runs": [{"optimizer": "sgd", "values": {"lr": 1}}]}
    send(socket, 5, scenario, runs=[0])
    found, _ = answer(socket, 5)
    assert {KINDS[outcome] for outcome in found[0].outcomes} == {"diverged"}
    assert all(1 < len(path) < 41 and np.isfinite(path).all() for path in found[0].paths)
    assert (found[0].fan["arrived"], found[0].fan["clouds"]) == (0, [])


def test_runs_that_have_not_changed_come_from_memory(monkeypatch):
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        send(socket, 6, live=True)
        first, _ = answer(socket, 6)
        monkeypatch.setattr(fans, "seeds_in_pieces", None)
        send(socket, 7, NOISY | {"runs": [NOISY["runs"][1]]}, runs=[0], live=True)
        second, _ = answer(socket, 7)
        assert second[0].fan == first[1].fan | {"run": 0, "id": 7}
        for one, other in zip(second[0].paths, first[1].paths, strict=True):
            np.testing.assert_array_equal(one, other)


def test_beyond_its_budget_a_socket_gets_what_is_in_memory_and_is_told_when_the_rest_comes(monkeypatch):
    monkeypatch.setattr(maps, "BUDGET_AT_ONCE", 61 * NARROW + 10)
    monkeypatch.setattr(maps, "BUDGET_A_SECOND", 1)
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        send(socket, 8)
        found, end = answer(socket, 8)
        assert (list(found), end["runs"]) == ([0], [0])
        assert end["wait"] > 1
        send(socket, 9, runs=[1, 0])
        found, end = answer(socket, 9)
        assert (list(found), end["runs"]) == ([0], [0]), "what is in memory costs nothing"


def test_a_newer_fan_ends_the_older_one_and_a_walk_goes_on(socket):
    send(socket, 10, NOISY | {"steps": 10_000}, count=64)
    request_walk(socket, 11, NOISY | {"start": [0, 0]})
    send(socket, 12, live=True)
    texts = []
    while {"fanned", "done"} - {text["kind"] for text in texts}:
        message = socket.receive()
        texts += [json.loads(message["text"])] if message.get("text") is not None else []
    assert [text["id"] for text in texts if text["kind"] == "fanned"] == [12]
    assert [text["id"] for text in texts if text["kind"] == "done"] == [11]


def test_fans_of_gestures_do_not_displace_the_others():
    def kept(size):
        fan = Fan(slot="seeds", id=1, run=0, count=1, arrived=0, circled=0, clouds=())
        return KeptFan(fan=fan, frame=bytes(size))

    cache = Fans()
    cache.put((b"rest", 1, 1), kept(10), live=False)
    for number in range(100):
        cache.put((b"live", 1, number), kept(fans.MOST_LIVE_BYTES // 10), live=True)
    assert cache.get((b"rest", 1, 1)) is not None
    assert cache.get((b"live", 1, 0)) is None


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"runs": []}, "runs"),
        ({"runs": [2]}, "runs"),
        ({"runs": [0, 0]}, "runs"),
        ({"runs": "01"}, "runs"),
        ({"runs": [True]}, "runs"),
        ({"count": 0}, "count"),
        ({"count": MOST_COUNT + 1}, "count"),
        ({"count": 2.0}, "count"),
        ({"points": 3}, "points"),
        ({"points": MOST_POINTS + 1}, "points"),
        ({"points": None}, "points"),
        ({"live": 1}, "live"),
        ({"seeds": 64}, "seeds"),
        ({"scenario": NOISY | {"noise": -1}}, "noise"),
        ({"scenario": {"surface": "network_moons", "runs": NOISY["runs"]}}, "network"),
    ],
)
def test_a_request_that_cannot_be_used_is_answered_with_a_sentence(socket, more, word):
    send(socket, 13, **more)
    _, told = answer(socket, 13)
    assert (told["kind"], told["code"], told["slot"]) == ("error", "unusable", "seeds")
    assert word in told["message"]
