"""Advice follows a walk on the socket when it is asked for, once for a class, and never after what is newer."""

import json
import logging
import threading

import pytest

from backend import advising
from backend.messages import VERSION
from charts.words import say
from tests.stream_client import SHORT, ask, ask_advice, assert_walked, cancellation, receive, serving
from trajectories import Advice, Scenario, advise, simulate
from trajectories.advice import searching
from trajectories.message import Message

CAUGHT = SHORT | {
    "start": [-4, 1.5],
    "steps": 60,
    "runs": [{"optimizer": "adam", "values": {"lr": 0.01}}, {"optimizer": "momentum", "values": {"lr": 0.02}}],
}


@pytest.fixture(scope="module")
def client():
    with serving() as client:
        yield client


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
    for run, walked in enumerate(simulate(of)):
        given = advise(of, run, walked.outcome)
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
        ask(socket, 7, CAUGHT)
        assert_walked(socket, 7, CAUGHT)
        ask_advice(socket, 7)
        assert [receive(socket) for _ in messages] == [([], message) for message in messages]


def test_without_a_wish_nothing_follows_the_outcomes(client, searches):
    with client.websocket_connect("/api/stream") as socket:
        for number, live in ((1, True), (2, False)):
            ask(socket, number, CAUGHT, live=live)
            assert_walked(socket, number, CAUGHT)
    assert searches.scenarios == []


@pytest.mark.parametrize("number", [4, 6])
def test_of_another_walk_than_the_last_nothing_is_advised(client, searches, number):
    with client.websocket_connect("/api/stream") as socket:
        ask_advice(socket, number)
        ask(socket, 5, CAUGHT)
        assert_walked(socket, 5, CAUGHT)
        ask_advice(socket, number)
        ask_advice(socket, 5, slot="map")
        ask(socket, 8, SHORT)
        assert_walked(socket, 8, SHORT)
    assert searches.scenarios == []


@pytest.mark.parametrize("end", ["newer", "cancel", "leave"])
def test_what_is_newer_ends_the_search_and_nothing_of_it_is_sent(searches, end):
    with serving() as client:
        with client.websocket_connect("/api/stream") as socket:
            ask(socket, 1, CAUGHT)
            assert_walked(socket, 1, CAUGHT)
            ask_advice(socket, 1)
            assert searches.began.acquire(timeout=60)
            if end == "cancel":
                socket.send_text(cancellation())
                assert searches.closed.acquire(timeout=60)
            if end != "leave":
                ask(socket, 2, SHORT)
                assert_walked(socket, 2, SHORT)
        if end != "cancel":
            assert searches.closed.acquire(timeout=60)
    assert len(searches.scenarios) == 1, "the other run was not begun"


def test_a_search_leaves_a_thread_to_walks(searches):
    with serving(workers=2) as client:
        sockets = [client.websocket_connect("/api/stream") for _ in range(3)]
        with sockets[0] as one, sockets[1] as other, sockets[2] as walker:
            for number, socket in enumerate((one, other)):
                ask(socket, number, CAUGHT | {"seed": number})
                assert_walked(socket, number, CAUGHT | {"seed": number})
                ask_advice(socket, number)
            assert searches.began.acquire(timeout=60)
            ask(walker, 9, SHORT)
            assert_walked(walker, 9, SHORT)
            assert len(searches.scenarios) == 1, "the second search waits for the first"
            searches.release.set()
            for socket in (one, other):
                assert [receive(socket)[1]["run"] for _ in range(2)] == [0, 1]
    assert len(searches.scenarios) == 4


def test_a_class_searches_once(searches):
    searches.release.set()
    with serving() as client:
        for number in range(3):
            with client.websocket_connect("/api/stream") as socket:
                ask(socket, number, CAUGHT)
                assert_walked(socket, number, CAUGHT)
                ask_advice(socket, number)
                assert [receive(socket)[1]["run"] for _ in range(2)] == [0, 1]
        with client.websocket_connect("/api/stream") as socket:
            one = CAUGHT | {"runs": CAUGHT["runs"][1:]}
            ask(socket, 9, one)
            assert_walked(socket, 9, one)
            ask_advice(socket, 9)
            assert receive(socket)[1]["run"] == 0
    assert len(searches.scenarios) == 2, "a run is the same, whoever walks beside it"


def test_a_search_that_fails_is_noted_and_the_socket_goes_on(monkeypatch, caplog):
    def failing(*_):
        raise ArithmeticError("broken")

    monkeypatch.setattr(advising, "searching", failing)
    caplog.set_level(logging.ERROR, logger="backend.stream")
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        ask(socket, 1, CAUGHT)
        assert_walked(socket, 1, CAUGHT)
        ask_advice(socket, 1)
        ask(socket, 2, SHORT)
        assert_walked(socket, 2, SHORT)
        monkeypatch.setattr(advising, "searching", searching)
        ask_advice(socket, 2)
        assert receive(socket)[1]["kind"] == "advice"
    assert [record.getMessage().split(" ")[0] for record in caplog.records] == ['event="advice']


def test_a_search_that_failed_can_be_asked_again(monkeypatch):
    failed = threading.Event()

    def failing(*_):
        failed.set()
        raise ArithmeticError("broken")

    monkeypatch.setattr(advising, "searching", failing)
    with serving() as client, client.websocket_connect("/api/stream") as socket:
        ask(socket, 1, CAUGHT)
        assert_walked(socket, 1, CAUGHT)
        ask_advice(socket, 1)
        assert failed.wait(timeout=60)
        ask(socket, 0, {}, slot="map")  # the answer to this comes after the search has ended
        receive(socket)
        monkeypatch.setattr(advising, "searching", searching)
        ask_advice(socket, 1)
        assert receive(socket)[1]["kind"] == "advice"
