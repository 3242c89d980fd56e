"""Compute a generator in short pieces on the stepping threads: waiting walks come first."""

import time
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import TypeVar

from backend.lanes import Lane
from backend.workers import Workers

PIECE_SECONDS = 0.03  # the computing time of one piece; then the thread is free for other work
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
        Called after each piece with the seconds that it took.
    """

    def piece() -> tuple[float, tuple[T] | None]:
        began = time.perf_counter()
        while time.perf_counter() < began + PIECE_SECONDS:
            try:
                next(work)
            except StopIteration as end:
                return time.perf_counter() - began, (end.value,)
        return time.perf_counter() - began, None

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
