"""The threads that step: few of them, never the event loop, and a queue that has an end."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from backend.settings import DEFAULTS

# After so many first chunks a walk that is under way has its turn, too.
FIRST_IN_A_ROW = 3
# After so many chunks of walks, about a second of them, a search that waits has its turn, too.
WALKS_IN_A_ROW = 20
SHORTEST_RETRY, LONGEST_RETRY = 0.25, 5.0
T = TypeVar("T")


class BusyError(Exception):
    """The queue is full; ``retry`` is after how many seconds it is worth asking again."""

    def __init__(self, retry: float) -> None:
        super().__init__(f"busy: ask again in {retry:.2f} s")
        self.retry = retry


class Workers:
    """A bounded pool of threads, and who waits for one.

    One call computes one chunk, about 50 ms, and then the thread is free for whoever waits longest; only the first
    chunk of a request under a gesture may take 100 ms, since it is a picture of its own. A slot of a socket waits for
    one chunk at a time, so they take turns: one client that drags without pause has no more of them than any other.
    First chunks go before later ones, since somebody looks at a picture that does not move yet. A piece of a search for
    advice has a thread when no walk waits, or after ``WALKS_IN_A_ROW`` chunks.

    Parameters
    ----------
    size : int
        How many threads.
    most : int
        How many first chunks may wait.
    """

    def __init__(self, size: int = DEFAULTS.workers, most: int = DEFAULTS.queue) -> None:
        self.size = size
        self.most = most
        self._pool = ThreadPoolExecutor(self.size, thread_name_prefix="stepping")
        self._first: deque[asyncio.Future[None]] = deque()
        self._later: deque[asyncio.Future[None]] = deque()
        self._searches: deque[asyncio.Future[None]] = deque()
        self._running = 0
        self._in_a_row = 0
        self._walks_in_a_row = 0
        self._usual = 0.03  # seconds of one call, as they have been of late

    @property
    def waiting(self) -> int:
        """How many wait for a thread."""
        return len(self._first) + len(self._later) + len(self._searches)

    async def call(self, function: Callable[[], T], *, first: bool = False, search: bool = False) -> T:
        """Run a function in a thread, when it is its turn, without holding the event loop.

        It is a ``first`` chunk of a walk, a piece of a ``search``, or a later chunk.

        Raises
        ------
        BusyError
            If it is a ``first`` chunk, and as many wait as may.
        """
        await self._turn(first, self._searches if search else self._first if first else self._later)
        loop = asyncio.get_running_loop()
        began = time.perf_counter()
        try:
            running = self._pool.submit(function)
        except RuntimeError:  # the server is closing
            self._pass_on()
            raise

        def ended(_: Future[T]) -> None:
            with suppress(RuntimeError):  # the loop has gone before its threads
                loop.call_soon_threadsafe(self._ended, time.perf_counter() - began)

        # A place becomes free when its thread is free, not when the caller leaves: the thread of a caller that left
        # still works.
        running.add_done_callback(ended)
        return await asyncio.wrap_future(running)

    def close(self) -> None:
        """Take no more work, drop what waits; what runs ends by itself, once its client is gone."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _turn(self, first: bool, lane: deque[asyncio.Future[None]]) -> None:
        if self._running < self.size:
            self._running += 1
            return
        if first and len(self._first) >= self.most:
            raise BusyError(self._retry())
        turn = asyncio.get_running_loop().create_future()
        lane.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                lane.remove(turn)
            else:  # it was given its turn while it left
                self._pass_on()
            raise

    def _retry(self) -> float:
        """After how long half of those who wait now have had their turn."""
        expected = self._usual * self.waiting / self.size / 2
        return min(max(expected, SHORTEST_RETRY), LONGEST_RETRY)

    def _ended(self, took: float) -> None:
        self._usual += (took - self._usual) / 20
        self._pass_on()

    def _pass_on(self) -> None:
        """Give a thread that is free to whose turn it is."""
        while self.waiting:
            turn = self._next().popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._running -= 1

    def _next(self) -> deque[asyncio.Future[None]]:
        walks = self._first or self._later
        if self._searches and (not walks or self._walks_in_a_row >= WALKS_IN_A_ROW):
            self._walks_in_a_row = 0
            return self._searches
        self._walks_in_a_row = self._walks_in_a_row + 1 if self._searches else 0
        if self._first and (not self._later or self._in_a_row < FIRST_IN_A_ROW):
            self._in_a_row += 1
            return self._first
        self._in_a_row = 0
        return self._later
