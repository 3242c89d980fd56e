"""A socket sends advice after a walk on request: one search for a class, and none after a newer request."""

import json
import logging
import threading

import pytest

from backend import advising
from backend.messages import VERSION
from charts.words import say
from tests.stream_client import SHORT, assert_walked, cancellation, receive, request_advice, request_walk, serving
from trajectories import Advice, Scenario, advise, simulate
from trajectories.advice import searching
from trajectories.message import Message

CAUGHT = SHORT | {
    "start": [-4, 1.5],
    "steps": 60,
    "runs": [{"optimizer": "adam", "values": {"lr": 0.01}}, {"optimizer": "momentum", "values": {"lr": 0.02}}],
}


class Searches:
    """Searches that go on until they are let go, or given up; it counts them."""

    def __init__(self):
        self.began = threading.Semaphore(0)
        self.closed = threading.Semaphore(0)
        self.release = threading.Event()
        self.scenarios = []

    def __call__(self, scenario, run, _):
        self.scenarios.append(scenario.runs[run])
        self.began.release()
        try:
            while not self.release.is_set():
                yield
            return Advice(message=Message("advice.no_minimum"))
        finally:
            self.closed.release()


@pytest.fixture
def searches(monkeypatch):
    searches = Searches()
    monkeypatch.setattr(advising, "searching", searches)
    return searches


def expected(scenario, number):
    """The messages about every run, in order."""
    of = Scenario.model_validate(scenario)
    messages = []
    for run, trajectory in enumerate(simulate(of)):
        given = advise(of, run, trajectory.outcome)
        if given is not None:
            messages.append(
                {
                    "kind": "advice",
                    "version": VERSION,
                    "slot": "walk",
                    "id": number,
                    "run": run,
                    "advice": say(given.message),
                    "message": given.message.as_json(),
                    "detail": say(given.detail),
                    "change": None if given.change is None else json.loads(given.change.model_dump_json()),
                }
            )
    return messages


def test_advice_comes_for_each_run_after_the_outcomes(client):
    with client.websocket_connect("/api/stream") as socket:
        messages = expected(CAUGHT, 7)
        assert len(messages) == 2
        assert any(message["change"] for message in messages)
        request_walk(socket, 7, CAUGHT)
        assert_walked(socket, 7, CAUGHT)
        request_advice(socket, 7)
        assert [receive(socket) for _ in messages] == [([], message) for message in messages]


def test_without_a_request_no_advice_follows_the_outcomes(client, searches):
    with client.websocket_connect("/api/stream") as socket:
        for number, live in ((1, True), (2, False)):
            request_walk(socket, number, CAUGHT, live=live)
            assert_walked(socket, number, CAUGHT)
    assert searches.scenarios == []


@pytest.mark.parametrize("number", [4, 6])
def test_only_the_last_walk_of_the_slot_gets_advice(client, searches, number):
    with client.websocket_connect("/api/stream") as socket:
        request_advice(socket, number)
        request_walk(socket, 5, CAUGHT)
        assert_walked(socket, 5, CAUGHT)
        request_advice(socket, number)
        request_advice(socket, 5, slot="map")
        request_walk(socket, 8, SHORT)
        assert_walked(socket, 8, SHORT)
    assert searches.scenarios == []


@pytest.mark.parametrize("end", ["newer", "cancel", "leave"])
def test_a_newer_message_ends_the_search_and_its_advice_is_not_sent(searches, end):
    with serving() as client:
        with client.websocket_connect("/api/stream") as socket:
            request_walk(socket, 1, CAUGHT)
            assert_walked(socket, 1, CAUGHT)
            request_advice(socket, 1)
            assert searches.began.acquire(timeout=60)
            if end == "cancel":
                socket.send_text(cancellation())
                assert searches.closed.acquire(timeout=60)
            if end != "leave":
                request_walk(socket, 2, SHORT)
                assert_walked(socket, 2, SHORT)
        if end != "cancel":
            assert searches.closed.acquire(timeout=60)
    assert len(searches.scenarios) == 1, "the other run was not begun"


def test_a_search_keeps_one_thread_free_for_walks(searches):
    with serving(workers=2) as client:
        sockets = [client.websocket_connect("/api/stream") for _ in range(3)]
        with sockets[0] as one, sockets[1] as other, sockets[2] as third:
            for number, socket in enumerate((one, other)):
                request_walk(socket, number, CAUGHT | {"seed": number})
                assert_walked(socket, number, CAUGHT | {"seed": number})
                request_advice(socket, number)
            assert searches.began.acquire(timeout=60)
            request_walk(third, 9, SHORT)
            assert_walked(third, 9, SHORT)
            assert len(searches.scenarios) == 1, "the second search waits for the first"
            searches.release.set()
            for socket in (one, other):
                assert [receive(socket)[1]["run"] for _ in range(2)] == [0, 1]
    assert len(searches.scenarios) == 4


def test_equal_requests_of_a_class_share_one_search(searches):
    searches.release.set()
    with serving() as client:
        for number in range(3):
            with client.websocket_connect("/api/stream") as socket:
                request_walk(socket, number, CAUGHT)
                assert_walked(socket, number, CAUGHT)
                request_advice(socket, number)
                assert [receive(socket)[1]["run"] for _ in range(2)] == [0, 1]
        with client.websocket_connect("/api/stream") as socket:
            one = CAUGHT | {"runs": CAUGHT["runs"][1:]}
            request_walk(socket, 9, one)
            assert_walked(socket, 9, one)
            request_advice(socket, 9)
            assert receive(socket)[1]["run"] == 0
    assert len(searches.scenarios) == 2, "a run is the same, whoever walks beside it"


def test_a_failed_search_is_logged_and_the_socket_stays_open(monkeypatch, caplog):
    def failing(*_):
        raise ArithmeticError("broken")

    monkeypatch.setattr(advising, "searching", failing)
    caplog.set_level(logging.ERROR, logger="backend.stream")
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, CAUGHT)
        assert_walked(socket, 1, CAUGHT)
        request_advice(socket, 1)
        request_walk(socket, 2, SHORT)
        assert_walked(socket, 2, SHORT)
        monkeypatch.setattr(advising, "searching", searching)
        request_advice(socket, 2)
        assert receive(socket)[1]["kind"] == "advice"
    assert [record.getMessage().split(" ")[0] for record in caplog.records] == ['event="advice']


def test_a_failed_search_can_be_requested_again(monkeypatch):
    failed = threading.Event()

    def failing(*_):
        failed.set()
        raise ArithmeticError("broken")

    monkeypatch.setattr(advising, "searching", failing)
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        request_walk(socket, 1, CAUGHT)
        assert_walked(socket, 1, CAUGHT)
        request_advice(socket, 1)
        assert failed.wait(timeout=60)
        request_walk(socket, 0, {}, slot="map")  # the answer to this comes after the search has ended
        receive(socket)
        monkeypatch.setattr(advising, "searching", searching)
        request_advice(socket, 1)
        assert receive(socket)[1]["kind"] == "advice"
