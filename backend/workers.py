"""The threads that compute steps: a small pool beside the event loop, with a bounded queue."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from backend.settings import DEFAULTS

# After this many first chunks in a row, one later chunk of a walk is computed.
FIRST_IN_A_ROW = 3
# After this many chunks of walks in a row (about a second), one waiting call of the slow lane is computed.
WALKS_IN_A_ROW = 20
SHORTEST_RETRY, LONGEST_RETRY = 0.25, 5.0
T = TypeVar("T")


class BusyError(Exception):
    """The queue is full; after ``retry`` seconds a request may succeed."""

    def __init__(self, retry: float) -> None:
        super().__init__(f"busy: retry in {retry:.2f} s")
        self.retry = retry


class Workers:
    """A bounded pool of threads, and the queues before it.

    One call computes one chunk in about 50 ms, and then the thread takes the call that has waited longest. Only the
    first chunk of a request during a drag may take 100 ms, since it is shown as a complete walk. Each slot of a socket
    waits for one chunk at a time, so a client that drags without pause gets no more chunks than any other. First chunks
    are computed before later ones, since nothing moves on the screen before the first chunk. A call of the slow lane,
    such as a piece of a search for advice or a later chunk of a network's walk, gets a thread when no walk waits, or
    after ``WALKS_IN_A_ROW`` chunks.

    Parameters
    ----------
    size : int
        How many threads.
    most : int
        The largest number of first chunks that may wait.
    """

    def __init__(self, size: int = DEFAULTS.workers, most: int = DEFAULTS.queue) -> None:
        self.size = size
        self.most = most
        self.large = asyncio.Semaphore(size)
        """Held while a large result is computed in pieces: only so many are in memory half-computed."""
        self._pool = ThreadPoolExecutor(self.size, thread_name_prefix="stepping")
        self._first: deque[asyncio.Future[None]] = deque()
        self._later: deque[asyncio.Future[None]] = deque()
        self._slow: deque[asyncio.Future[None]] = deque()
        self._running = 0
        self._in_a_row = 0
        self._walks_in_a_row = 0
        self._usual = 0.03  # seconds of one call, a moving average

    @property
    def waiting(self) -> int:
        """How many calls wait for a thread."""
        return len(self._first) + len(self._later) + len(self._slow)

    async def call(self, function: Callable[[], T], *, first: bool = False, slow: bool = False) -> T:
        """Run a function in a thread as soon as one is free for it; the event loop is not blocked.

        The function computes a ``first`` chunk of a walk, something ``slow``, or a later chunk.

        Raises
        ------
        BusyError
            If it is a ``first`` chunk, and the queue of first chunks is full.
        """
        await self._turn(first, self._slow if slow else self._first if first else self._later)
        loop = asyncio.get_running_loop()
        began = time.perf_counter()
        try:
            running = self._pool.submit(function)
        except RuntimeError:  # the server is closing
            self._pass_on()
            raise

        def ended(_: Future[T]) -> None:
            with suppress(RuntimeError):  # the loop has closed before its threads ended
                loop.call_soon_threadsafe(self._ended, time.perf_counter() - began)

        # A place becomes free when its thread is free, not when the caller is canceled: the thread of a canceled call
        # continues.
        running.add_done_callback(ended)
        return await asyncio.wrap_future(running)

    def close(self) -> None:
        """Accept no more calls and cancel the waiting ones; running calls are completed."""
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
                if turn in lane:  # else a thread that has become free meanwhile has passed over it
                    lane.remove(turn)
            else:  # its turn came while it was canceled
                self._pass_on()
            raise

    def _retry(self) -> float:
        """After how many seconds half of the waiting calls will have been started."""
        expected = self._usual * self.waiting / self.size / 2
        return min(max(expected, SHORTEST_RETRY), LONGEST_RETRY)

    def _ended(self, took: float) -> None:
        self._usual += (took - self._usual) / 20
        self._pass_on()

    def _pass_on(self) -> None:
        """Give a free thread to the next waiting call."""
        while self.waiting:
            turn = self._next().popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._running -= 1

    def _next(self) -> deque[asyncio.Future[None]]:
        walks = self._first or self._later
        if self._slow and (not walks or self._walks_in_a_row >= WALKS_IN_A_ROW):
            self._walks_in_a_row = 0
            return self._slow
        self._walks_in_a_row = self._walks_in_a_row + 1 if self._slow else 0
        if self._first and (not self._later or self._in_a_row < FIRST_IN_A_ROW):
            self._in_a_row += 1
            return self._first
        self._in_a_row = 0
        return self._later
