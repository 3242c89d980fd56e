"""The socket sends the examples of a step on request, in separate slots; a newer request ends the older one."""

import json
import threading
from typing import Any

import pytest

from backend import examples
from backend.messages import VERSION
from surfaces import SURFACES
from tests.stream_client import assert_walked, receive, request_walk, serving
from trajectories import Scenario, simulate
from trajectories.batches import Batches
from trajectories.example_step import batches_from, examine, examining

CARS = {
    "surface": "cars_standardized",
    "steps": 12,
    "batch": 16,
    "seed": 3,
    "runs": [{"optimizer": "sgd"}, {"optimizer": "adam"}],
}
NETWORK: dict[str, Any] = CARS | {"surface": "network_moons"}
OF = Scenario.model_validate(CARS)


def send(socket, kind, number, scenario=CARS, slot="examples", **more):
    message = {"kind": kind, "version": VERSION, "slot": slot, "id": number, "scenario": scenario, **more}
    socket.send_text(json.dumps(message))


def answer(socket, slot="examples"):
    chunks, told = receive(socket, slot)
    assert chunks == []
    return told


def test_the_examples_of_a_step_arrive_as_torch_computes_them(socket):
    send(socket, "examples", 7, run=1, step=5)
    found = examine(OF, 1, 5)
    assert answer(socket) == {
        "kind": "examples",
        "version": VERSION,
        "slot": "examples",
        "id": 7,
        "run": 1,
        "step": 5,
        "batch": found.batch.tolist(),
        "gradients": found.gradients.tolist(),
        "batch_gradient": found.batch_gradient.tolist(),
        "full_gradient": found.full_gradient.tolist(),
        "map": None,
        "landings": None,
    }


def test_the_loss_of_the_batch_and_the_landings_come_on_request(socket):
    send(socket, "examples", 1, run=0, step=4, losses=True, landings=True)
    told = answer(socket)
    grid, landings = told["map"], told["landings"]
    assert len(grid["tones"]) == grid["columns"] * grid["rows"]
    assert all(0 < level < 1 for level in grid["levels"])
    assert landings["own"] == simulate(OF)[0].positions[5].tolist()
    assert (landings["batches"], landings["every"]) == (len(landings["others"]) + 1, False)


def test_the_batches_of_the_steps_arrive_from_a_step_on(socket):
    send(socket, "batches", 2, slot="batches", first=6)
    told = answer(socket, "batches")
    count, batches = batches_from(OF, 6, 10_000)
    assert (told["first"], told["count"], told["id"]) == (6, count, 2)
    assert told["batches"] == [list(batch) for batch in batches]


def test_an_answer_of_the_cache_has_the_id_of_its_own_request(socket, monkeypatch):
    send(socket, "examples", 1, run=0, step=9)
    first = answer(socket)
    monkeypatch.setattr(examples, "examining", None)  # another computation would fail
    send(socket, "examples", 2, run=0, step=9)
    assert answer(socket) == first | {"id": 2}


def test_edited_data_have_their_own_gradients_and_batches(socket):
    own = {}
    for number, points in enumerate([[], [{"example": 3, "values": [21.0, 7.0]}], [{"example": 3, "values": None}]]):
        scenario = CARS | {"points": points}
        send(socket, "examples", number, scenario, run=0, step=2)
        found = answer(socket)
        expected = examine(Scenario.model_validate(scenario), 0, 2)
        assert (found["batch"], found["gradients"]) == (expected.batch.tolist(), expected.gradients.tolist())
        send(socket, "batches", number, scenario, slot="batches", first=0)
        order = answer(socket, "batches")
        assert order["count"] == 50 - (number == 2)
        own[number] = (found["gradients"], order["batches"])
    assert own[0][0] != own[1][0] != own[2][0]
    assert own[0][1] == own[1][1] != own[2][1]


def test_a_newer_request_ends_the_older_one_and_the_walk_goes_on(monkeypatch):
    began, ended = threading.Semaphore(0), threading.Semaphore(0)
    real = examining

    def endless(scenario, run, step, *, landings):
        if step != 1:
            return (yield from real(scenario, run, step, landings=landings))
        began.release()
        try:
            while True:
                yield
        finally:
            ended.release()

    monkeypatch.setattr(examples, "examining", endless)
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        send(socket, "examples", 1, run=0, step=1)
        assert began.acquire(timeout=30)
        plain = CARS | {"batch": 0, "start": [0, 0]}
        request_walk(socket, 5, plain)
        assert_walked(socket, 5, plain)
        send(socket, "examples", 2, run=0, step=2)
        assert answer(socket)["id"] == 2
        assert ended.acquire(timeout=30)


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"run": 2, "step": 0}, "run"),
        ({"run": True, "step": 0}, "run"),
        ({"run": 0, "step": 13}, "step"),
        ({"run": 0, "step": -1}, "step"),
        ({"run": 0, "step": 1.5}, "step"),
        ({"run": 0}, "step"),
        ({"run": 0, "step": 0, "losses": 1}, "losses"),
        ({"run": 0, "step": 0, "cloud": True}, "cloud"),
        ({"run": 0, "step": 0, "scenario": CARS | {"surface": "hump", "batch": 0}}, "surface"),
        ({"run": 0, "step": 0, "scenario": NETWORK}, "surface"),
    ],
)
def test_a_request_that_cannot_be_used_is_answered_with_a_sentence(socket, more, word):
    send(socket, "examples", 3, **more)
    told = answer(socket)
    assert (told["kind"], told["code"], told["id"], told["slot"]) == ("error", "unusable", 3, "examples")
    assert word in told["message"]


def test_the_batches_of_a_network_are_those_that_train_it(socket):
    send(socket, "batches", 6, NETWORK, slot="batches", first=0)
    told = answer(socket, "batches")
    training = SURFACES["network_moons"].landscape.embedding.network.training
    assert told["count"] == training
    per_epoch = -(-training // OF.batch)
    examples = [index for batch in told["batches"][:per_epoch] for index in batch]
    assert sorted(examples) == list(range(training))
    assert told["batches"][0] == Batches(training, OF.batch, [OF.seed]).at(0)[0].tolist()


def test_a_step_after_a_divergence_is_answered_with_a_sentence(socket):
    runs = [{"optimizer": "sgd", "values": {"lr": 10}}]
    scenario = CARS | {"surface": "cars_raw", "steps": 600, "runs": runs}
    diverged = simulate(Scenario.model_validate(scenario))[0].outcome.step
    send(socket, "examples", 4, scenario, run=0, step=600)
    told = answer(socket)
    assert (told["kind"], told["code"], told["id"]) == ("error", "unusable", 4)
    assert str(diverged) in told["message"]
