"""Overload: turns, a full queue, and clients that send too much."""

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
from backend.lanes import WALKS_IN_A_ROW, Lane
from backend.stream import stream_route
from backend.workers import Workers
from tests.stream_client import (
    ENDLESS,
    SHORT,
    Endless,
    assert_error,
    assert_walked,
    cancellation,
    receive,
    request_walk,
)
from tests.together import PATIENCE


def test_if_the_queue_is_full_the_answer_is_busy_and_a_later_request_is_accepted():
    source = Endless(busy=True)
    pool = Workers(1, most=1)
    app = Starlette(routes=[stream_route(workers=pool, source=source)])
    with TestClient(app) as client, ExitStack() as stack:
        greedy, waiting, third = (stack.enter_context(client.websocket_connect("/api/stream")) for _ in range(3))
        request_walk(greedy, 1, ENDLESS)
        assert source.began.acquire(timeout=60)
        request_walk(waiting, 2, SHORT)
        while pool.waiting < 1:
            request_walk(third, 0, {})  # the answer to this follows those to earlier requests
            assert_error(third, 0)
        request_walk(third, 3, SHORT)
        _, answer = receive(third)
        assert (answer["kind"], answer["slot"], answer["id"]) == ("busy", "walk", 3)
        assert 100 <= answer["retry_ms"] <= 5000
        greedy.send_text(cancellation())
        assert_walked(waiting, 2, SHORT)
        request_walk(third, 4, SHORT)
        assert_walked(third, 4, SHORT)
    pool.close()


def test_a_client_that_leaves_frees_its_place_in_the_queue():
    source = Endless(busy=True)
    pool = Workers(1, most=1)
    app = Starlette(routes=[stream_route(workers=pool, source=source)])
    with TestClient(app) as client, client.websocket_connect("/api/stream") as greedy:
        request_walk(greedy, 1, ENDLESS)
        assert source.began.acquire(timeout=60)
        for number in range(3):
            with client.websocket_connect("/api/stream") as hasty:
                request_walk(hasty, number, SHORT)
                while pool.waiting < 1:
                    request_walk(hasty, number, {})
                    assert_error(hasty, number)
        greedy.send_text(cancellation())
        request_walk(greedy, 2, SHORT)
        assert_walked(greedy, 2, SHORT)
    assert pool.waiting == 0
    pool.close()


def test_a_place_in_the_queue_is_free_as_soon_as_its_client_has_left():
    async def leave():
        pool, gate = Workers(1, most=1), threading.Event()
        held = asyncio.create_task(pool.call(gate.wait, Lane.FIRST))
        await asyncio.sleep(0)
        hasty = asyncio.create_task(pool.call(int, Lane.FIRST))
        await asyncio.sleep(0)
        assert pool.waiting == 1
        hasty.cancel()
        await asyncio.gather(hasty, return_exceptions=True)
        assert pool.waiting == 0
        patient = asyncio.create_task(pool.call(int, Lane.FIRST))
        await asyncio.sleep(0)
        gate.set()
        assert await held
        assert await patient == 0
        pool.close()

    asyncio.run(leave())


def test_first_chunks_have_priority_but_do_not_block_others():
    async def order():
        pool, done = Workers(1, most=99), []
        gate = threading.Event()
        held = asyncio.create_task(pool.call(gate.wait, Lane.FIRST))
        await asyncio.sleep(0)
        calls = [pool.call(partial(done.append, f"later {n}")) for n in range(2)]
        calls += [pool.call(partial(done.append, f"first {n}"), Lane.FIRST) for n in range(8)]
        tasks = [asyncio.create_task(call) for call in calls]
        await asyncio.sleep(0)  # now all are in the queue
        assert pool.waiting == len(tasks)
        gate.set()
        await asyncio.gather(held, *tasks)
        pool.close()
        return done

    expected = [f"first {n}" for n in range(8)]
    expected[3:3], expected[7:7] = ["later 0"], ["later 1"]
    assert asyncio.run(order()) == expected


def test_walks_have_priority_over_searches_but_do_not_block_them():
    async def order(walks):
        pool, done = Workers(1, most=99), []
        gate = threading.Event()
        held = asyncio.create_task(pool.call(gate.wait, Lane.FIRST))
        await asyncio.sleep(0)
        calls = [pool.call(partial(done.append, f"search {n}"), Lane.SLOW) for n in range(2)]
        calls += [pool.call(partial(done.append, "later")) for n in range(walks)]
        calls += [pool.call(partial(done.append, "first"), Lane.FIRST) for n in range(walks)]
        tasks = [asyncio.create_task(call) for call in calls]
        await asyncio.sleep(0)  # now all are in the queue
        assert pool.waiting == len(tasks)
        gate.set()
        await asyncio.gather(held, *tasks)
        pool.close()
        return [done.index(f"search {n}") for n in range(2)], len(done)

    assert asyncio.run(order(5)) == ([10, 11], 12), "walks go before, first chunks and later ones"
    row = WALKS_IN_A_ROW
    assert asyncio.run(order(row)) == ([row, 2 * row + 1], 2 * row + 2)


def test_a_client_that_sends_invalid_messages_is_delayed_and_then_disconnected(client, monkeypatch):
    """The clock of the test advances only while the server waits: a slow machine would delay the client as well."""
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
        request_walk(socket, 1, SHORT)
        assert_walked(socket, 1, SHORT)


def test_a_call_is_canceled_just_after_a_thread_has_become_free(monkeypatch):
    """The free thread passes over the canceled call before the call itself learns that it is canceled."""

    async def main():
        workers, finish, free = Workers(1), threading.Event(), threading.Event()
        loop = asyncio.get_running_loop()
        schedule = loop.call_soon_threadsafe

        def scheduled(*arguments):
            schedule(*arguments)
            free.set()

        monkeypatch.setattr(loop, "call_soon_threadsafe", scheduled)
        running = asyncio.create_task(workers.call(finish.wait))
        waiting = asyncio.create_task(workers.call(finish.wait))
        await asyncio.sleep(0)  # both calls have begun
        assert workers.waiting == 1
        finish.set()
        assert free.wait(PATIENCE)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await running
        assert workers.waiting == 0
        assert await workers.call(lambda: "next") == "next"
        workers.close()

    asyncio.run(main())


def test_a_bucket_admits_a_burst_and_then_a_fixed_rate(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    bucket = pace.Pace(10, 3)
    assert [bucket.take() for _ in range(5)] == pytest.approx([0, 0, 0, 0.1, 0.2])
    now[0] = 0.3
    assert bucket.take() == 0
    now[0] = 99
    assert [bucket.take() for _ in range(4)] == pytest.approx([0, 0, 0, 0.1])
