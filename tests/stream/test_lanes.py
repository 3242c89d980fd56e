"""The threads are shared: walks first, then what is dragged, then the rest; and none of them waits forever."""

import asyncio
import threading
from functools import partial

import pytest

from backend import backlog as backlog_module
from backend.backlog import Backlog
from backend.lanes import OTHERS_IN_A_ROW, Lane
from backend.workers import Workers


async def begun(*calls):
    """Tasks of calls that have all got their place, in a thread or in the queue."""
    tasks = [asyncio.create_task(call) for call in calls]
    await asyncio.sleep(0)
    return tasks


def order_of(counts):
    """The lanes in the order in which one thread computes so many calls of each, which all wait at once."""

    async def run():
        pool, gate, done = Workers(1, most=99), threading.Event(), []
        held = await begun(pool.call(gate.wait))
        calls = (pool.call(partial(done.append, lane), lane) for lane in reversed(Lane) for _ in range(counts[lane]))
        tasks = await begun(*calls)
        assert pool.waiting == sum(counts.values())
        gate.set()
        await asyncio.gather(*held, *tasks)
        pool.close()
        return done

    return asyncio.run(run())


def test_what_is_dragged_goes_before_maps_at_rest():
    counts = {Lane.FIRST: 1, Lane.LATER: 1, Lane.LIVE: 1, Lane.SLOW: 1, Lane.REST: 3}
    assert order_of(counts) == [lane for lane in Lane for _ in range(counts[lane])]


def test_maps_at_rest_do_not_wait_for_the_end_of_all_gestures():
    row = OTHERS_IN_A_ROW[Lane.REST]
    order = order_of({Lane.FIRST: 0, Lane.LATER: 0, Lane.LIVE: 3 * row, Lane.SLOW: 0, Lane.REST: 2})
    assert [place for place, lane in enumerate(order) if lane is Lane.REST] == [row, 2 * row + 1]


@pytest.mark.parametrize("lane", [Lane.LIVE, Lane.SLOW, Lane.REST])
def test_a_walk_finds_a_thread_free_however_many_pieces_are_computed(lane):
    async def run():
        pool, gate = Workers(4), threading.Event()
        pieces = await begun(*(pool.call(gate.wait, lane) for _ in range(pool.beside + 2)))
        assert pool.waiting == 2
        walks = [await pool.call(lambda: "walk", Lane.FIRST) for _ in range(3)]
        assert pool.waiting == 2, "the ends of the walks gave no third piece a thread"
        gate.set()
        await asyncio.gather(*pieces)
        pool.close()
        return walks

    assert asyncio.run(run()) == ["walk"] * 3


def test_a_canceled_piece_leaves_its_thread_to_the_next_one():
    async def run():
        pool, gate = Workers(2), threading.Event()
        (held,) = await begun(pool.call(gate.wait, Lane.REST))
        first, second = await begun(*(pool.call(lambda: "piece", Lane.REST) for _ in range(2)))
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert pool.waiting == 1
        gate.set()
        assert await second == "piece"
        await held
        pool.close()

    asyncio.run(run())


def test_a_server_promises_what_it_computes_in_a_few_seconds():
    backlog = Backlog(threads=2)
    backlog.measured(1e9, 100)  # 10 million steps a second
    second = 2 * backlog._steps / backlog._seconds  # the steps that both threads compute in a second
    most = backlog_module.MOST_SECONDS
    assert backlog.wait_for(most * second) == 0
    with backlog.promise(most * second) as promise:
        assert backlog.wait_for(second) == pytest.approx(1)
        promise.kept(second)
        assert backlog.wait_for(second) == pytest.approx(0)
        assert backlog.wait_for(2 * second) == pytest.approx(1)
    assert backlog.wait_for(most * second) == 0, "what is not wanted any more is not computed"


def test_a_map_that_takes_longer_than_the_server_promises_is_computed_when_little_is_promised():
    backlog = Backlog(threads=1)
    second = backlog._steps / backlog._seconds
    assert backlog.wait_for(100 * second) == 0
    with backlog.promise(backlog_module.FREE_SECONDS * second):
        assert backlog.wait_for(100 * second) == pytest.approx(0)
    with backlog.promise(2 * second):
        assert backlog.wait_for(100 * second) == pytest.approx(2 - backlog_module.FREE_SECONDS)


def test_a_busy_server_promises_less():
    backlog = Backlog(threads=1)
    with backlog.promise(1e7):
        before = backlog.wait_for(1e7)
        for _ in range(50):
            backlog.measured(1e5, 1.0)
        assert before == pytest.approx(0)
        assert backlog.wait_for(1e7) > 50
