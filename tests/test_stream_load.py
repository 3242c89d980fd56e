"""More than there is room for: turns, the end of the queue, and clients that talk too much."""

import asyncio
import json
import threading
from contextlib import ExitStack
from functools import partial
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from backend import pace
from backend import stream as stream_module
from backend.stream import stream_route
from backend.workers import WALKS_IN_A_ROW, Workers
from tests.stream_client import (
    ENDLESS,
    SHORT,
    Endless,
    ask,
    assert_error,
    assert_walked,
    cancellation,
    receive,
    serving,
)


@pytest.fixture(scope="module")
def client():
    with serving() as client:
        yield client


def test_beyond_the_end_of_the_queue_the_answer_is_busy_and_a_client_may_ask_again():
    source = Endless(busy=True)
    pool = Workers(1, most=1)
    app = Starlette(routes=[stream_route(workers=pool, source=source)])
    with TestClient(app) as client, ExitStack() as stack:
        greedy, waiting, third = (stack.enter_context(client.websocket_connect("/api/stream")) for _ in range(3))
        ask(greedy, 1, ENDLESS)
        assert source.began.acquire(timeout=60)
        ask(waiting, 2, SHORT)
        while pool.waiting < 1:
            ask(third, 0, {})  # an answer to this comes after what was asked before
            assert_error(third, 0)
        ask(third, 3, SHORT)
        _, told = receive(third)
        assert (told["kind"], told["slot"], told["id"]) == ("busy", "walk", 3)
        assert 100 <= told["retry_ms"] <= 5000
        greedy.send_text(cancellation())
        assert_walked(waiting, 2, SHORT)
        ask(third, 4, SHORT)
        assert_walked(third, 4, SHORT)
    pool.close()


def test_a_client_that_leaves_frees_its_place_in_the_queue():
    source = Endless(busy=True)
    pool = Workers(1, most=1)
    app = Starlette(routes=[stream_route(workers=pool, source=source)])
    with TestClient(app) as client, client.websocket_connect("/api/stream") as greedy:
        ask(greedy, 1, ENDLESS)
        assert source.began.acquire(timeout=60)
        for number in range(3):
            with client.websocket_connect("/api/stream") as hasty:
                ask(hasty, number, SHORT)
                while pool.waiting < 1:
                    ask(hasty, number, {})
                    assert_error(hasty, number)
        greedy.send_text(cancellation())
        ask(greedy, 2, SHORT)
        assert_walked(greedy, 2, SHORT)
    assert pool.waiting == 0
    pool.close()


def test_a_place_in_the_queue_is_free_as_soon_as_its_client_has_left():
    async def leave():
        pool, gate = Workers(1, most=1), threading.Event()
        held = asyncio.create_task(pool.call(gate.wait, first=True))
        await asyncio.sleep(0)
        hasty = asyncio.create_task(pool.call(int, first=True))
        await asyncio.sleep(0)
        assert pool.waiting == 1
        hasty.cancel()
        await asyncio.gather(hasty, return_exceptions=True)
        assert pool.waiting == 0
        patient = asyncio.create_task(pool.call(int, first=True))
        await asyncio.sleep(0)
        gate.set()
        assert await held
        assert await patient == 0
        pool.close()

    asyncio.run(leave())


def test_first_chunks_go_first_but_not_for_ever():
    async def order():
        pool, done = Workers(1, most=99), []
        gate = threading.Event()
        held = asyncio.create_task(pool.call(gate.wait, first=True))
        await asyncio.sleep(0)
        calls = [pool.call(partial(done.append, f"later {n}")) for n in range(2)]
        calls += [pool.call(partial(done.append, f"first {n}"), first=True) for n in range(8)]
        tasks = [asyncio.create_task(call) for call in calls]
        await asyncio.sleep(0)  # by now all stand in the queue
        assert pool.waiting == len(tasks)
        gate.set()
        await asyncio.gather(held, *tasks)
        pool.close()
        return done

    expected = [f"first {n}" for n in range(8)]
    expected[3:3], expected[7:7] = ["later 0"], ["later 1"]
    assert asyncio.run(order()) == expected


def test_a_search_goes_after_every_walk_but_not_for_ever():
    async def order(walks):
        pool, done = Workers(1, most=99), []
        gate = threading.Event()
        held = asyncio.create_task(pool.call(gate.wait, first=True))
        await asyncio.sleep(0)
        calls = [pool.call(partial(done.append, f"search {n}"), search=True) for n in range(2)]
        calls += [pool.call(partial(done.append, "later")) for n in range(walks)]
        calls += [pool.call(partial(done.append, "first"), first=True) for n in range(walks)]
        tasks = [asyncio.create_task(call) for call in calls]
        await asyncio.sleep(0)  # by now all stand in the queue
        assert pool.waiting == len(tasks)
        gate.set()
        await asyncio.gather(held, *tasks)
        pool.close()
        return [done.index(f"search {n}") for n in range(2)], len(done)

    assert asyncio.run(order(5)) == ([10, 11], 12), "walks go before, first chunks and later ones"
    row = WALKS_IN_A_ROW
    assert asyncio.run(order(row)) == ([row, 2 * row + 1], 2 * row + 2)


def test_a_client_that_sends_what_cannot_be_used_is_slowed_down_and_then_sent_away(client, monkeypatch):
    """By a clock that only waiting moves on: a slow machine alone would slow such a client down enough."""
    now, waits, pause = [0.0], [], asyncio.sleep

    async def sleep(seconds):
        now[0] += seconds
        waits.extend([seconds] if seconds else [])
        await pause(0)

    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(asyncio, "sleep", sleep)
    with client.websocket_connect("/api/stream") as socket:
        answers, message = [], {}
        while message.get("type") != "websocket.close":
            socket.send_text("nonsense")
            message = socket.receive()
            if "text" in message:
                answers.append(json.loads(message["text"])["message"])
        assert (message["code"], message["reason"]) == (1008, stream_module.TOO_MANY_UNUSABLE)
        assert answers[-1] == stream_module.TOO_MANY_UNUSABLE
        assert len(answers) == stream_module.BAD_AT_ONCE + stream_module.BAD_DELAYED + 1
        assert waits == pytest.approx([1 / stream_module.BAD_A_SECOND] * stream_module.BAD_DELAYED)
    with client.websocket_connect("/api/stream") as socket:
        ask(socket, 1, SHORT)
        assert_walked(socket, 1, SHORT)


def test_a_bucket_lets_so_many_through_at_once_and_then_so_many_a_second(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    bucket = pace.Pace(10, 3)
    assert [bucket.take() for _ in range(5)] == pytest.approx([0, 0, 0, 0.1, 0.2])
    now[0] = 0.3
    assert bucket.take() == 0
    now[0] = 99
    assert [bucket.take() for _ in range(4)] == pytest.approx([0, 0, 0, 0.1])
