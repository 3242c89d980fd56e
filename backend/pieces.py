"""Compute a generator in short pieces on the stepping threads: waiting walks come first."""

import time
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import TypeVar

from backend.lanes import Lane
from backend.workers import Workers

# The processor time of one piece; then the thread is free for other work. By the clock a piece would compute almost
# nothing when the machine is busy, and most of the time would go into changing threads.
PIECE_SECONDS = 0.03
T = TypeVar("T")


async def in_pieces(
    workers: Workers,
    work: Generator[None, None, T],
    superseded: Callable[[], bool] = lambda: False,
    *,
    lane: Callable[[], Lane] = lambda: Lane.SLOW,
    spent: Callable[[float], None] = lambda _: None,
) -> T | None:
    """What a generator returns; None if the request was superseded before: then no further piece is computed.

    Parameters
    ----------
    workers : Workers
        The threads that step.
    work : generator
        Pauses after every few milliseconds of computing. It is closed at the end, also if this task is canceled.
    superseded : callable
        Called before each piece.
    lane : callable
        Called before each piece: the lane in which it waits.
    spent : callable
        Called after each piece with the seconds that it took by the clock.
    """

    def piece() -> tuple[float, tuple[T] | None]:
        began, until = time.perf_counter(), time.thread_time() + PIECE_SECONDS
        result = None
        while result is None and time.thread_time() < until:
            try:
                next(work)
            except StopIteration as end:
                result = (end.value,)
        return time.perf_counter() - began, result

    try:
        while not superseded():
            seconds, result = await workers.call(piece, lane())
            spent(seconds)
            if result is not None:
                return result[0]
        return None
    finally:
        with suppress(ValueError):  # a thread is still computing its last piece
            work.close()
