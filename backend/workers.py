"""The threads that compute steps: a small pool beside the event loop, with a bounded queue."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from backend.backlog import Backlog
from backend.lanes import PIECES, Lane, Lanes
from backend.settings import DEFAULTS

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
    are computed before later ones, since nothing moves on the screen before the first chunk. A piece of another answer,
    such as a map or a search for advice, gets a thread when no walk waits, or after ``lanes.WALKS_IN_A_ROW`` chunks;
    and pieces never get more than ``beside`` of the threads, so that a walk need not wait for the end of a piece.

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
        self.beside = max(1, size // 2)
        """The most threads that compute pieces at the same time."""
        self.begun = {lane: asyncio.Semaphore(self.beside) for lane in PIECES}
        """Held while a large result is computed in pieces: of each lane only so many are in memory half-computed."""
        self.backlog = Backlog(self.beside)
        self._pool = ThreadPoolExecutor(self.size, thread_name_prefix="stepping")
        self._lanes = Lanes()
        self._running = 0
        self._pieces = 0  # of the running calls
        self._usual = 0.03  # seconds of one call, a moving average

    @property
    def waiting(self) -> int:
        """How many calls wait for a thread."""
        return len(self._lanes)

    async def call(self, function: Callable[[], T], lane: Lane = Lane.LATER) -> T:
        """Run a function in a thread as soon as one is free for it; the event loop is not blocked.

        Raises
        ------
        BusyError
            If it is a first chunk, and the queue of first chunks is full.
        """
        await self._turn(lane)
        loop = asyncio.get_running_loop()
        began = time.perf_counter()
        try:
            running = self._pool.submit(function)
        except RuntimeError:  # the server is closing
            self._pass_on(lane)
            raise

        def ended(_: Future[T]) -> None:
            with suppress(RuntimeError):  # the loop has closed before its threads ended
                loop.call_soon_threadsafe(self._ended, lane, time.perf_counter() - began)

        # A place becomes free when its thread is free, not when the caller is canceled: the thread of a canceled call
        # continues.
        running.add_done_callback(ended)
        return await asyncio.wrap_future(running)

    def close(self) -> None:
        """Accept no more calls and cancel the waiting ones; running calls are completed."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _turn(self, lane: Lane) -> None:
        if self._running < self.size and (lane not in PIECES or self._pieces < self.beside):
            self._begin(lane)
            return
        if lane is Lane.FIRST and self._lanes.waiting(lane) >= self.most:
            raise BusyError(self._retry())
        turn = asyncio.get_running_loop().create_future()
        self._lanes.add(lane, turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._lanes.discard(lane, turn)  # a thread that has become free meanwhile may have passed over it
            else:  # its turn came while it was canceled
                self._pass_on(lane)
            raise

    def _retry(self) -> float:
        """After how many seconds half of the waiting calls will have been started."""
        expected = self._usual * self.waiting / self.size / 2
        return min(max(expected, SHORTEST_RETRY), LONGEST_RETRY)

    def _ended(self, lane: Lane, took: float) -> None:
        self._usual += (took - self._usual) / 20
        self._pass_on(lane)

    def _begin(self, lane: Lane) -> None:
        self._running += 1
        self._pieces += lane in PIECES

    def _pass_on(self, lane: Lane) -> None:
        """Give the place of a call of a lane to the next waiting call."""
        self._running -= 1
        self._pieces -= lane in PIECES
        while (chosen := self._lanes.next(pieces=self._pieces < self.beside)) is not None:
            following, turn = chosen
            if not turn.done():
                self._begin(following)
                turn.set_result(None)
                return
