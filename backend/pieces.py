"""Compute a generator in short pieces on the stepping threads, in the slow lane: waiting walks come first."""

import time
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import TypeVar

from backend.workers import Workers

PIECE_SECONDS = 0.03  # the computing time of one piece; then the thread is free for other work
T = TypeVar("T")


async def in_pieces(
    workers: Workers, work: Generator[None, None, T], superseded: Callable[[], bool] = lambda: False
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
    """

    def piece() -> tuple[T] | None:
        until = time.perf_counter() + PIECE_SECONDS
        while time.perf_counter() < until:
            try:
                next(work)
            except StopIteration as end:
                return (end.value,)
        return None

    try:
        while not superseded():
            result = await workers.call(piece, slow=True)
            if result is not None:
                return result[0]
        return None
    finally:
        with suppress(ValueError):  # a thread is still computing its last piece
            work.close()
