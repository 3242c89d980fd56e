"""The threads that step: few of them, and never the event loop."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

# Stepping holds Python's lock half of the time: more threads than this share the same two cores' worth.
DEFAULT_WORKERS = 4
WORKERS_VARIABLE = "MR_ADAM_WORKERS"
T = TypeVar("T")


def whole_number(variable: str, default: int) -> int:
    """A whole number of at least 1 from the environment.

    Raises
    ------
    ValueError
        If the variable holds anything else; the server then does not start.
    """
    text = os.environ.get(variable, str(default))
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise ValueError(f"{variable} must be a whole number of at least 1: got {text!r}.")
    return int(text)


class Workers:
    """A bounded pool of threads.

    One call computes one chunk, about 50 ms, and then the thread is free for whoever waits longest: long
    walks and short ones take turns, and a client that reads slowly holds no thread.

    Parameters
    ----------
    size : int, optional
        How many threads; by default ``MR_ADAM_WORKERS`` from the environment, or else 4.
    """

    def __init__(self, size: int | None = None) -> None:
        self.size = size or whole_number(WORKERS_VARIABLE, DEFAULT_WORKERS)
        self._pool = ThreadPoolExecutor(self.size, thread_name_prefix="stepping")

    async def call(self, function: Callable[[], T]) -> T:
        """Run a function in a thread and wait for its result without holding the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, function)

    def close(self) -> None:
        """Take no more work, drop what waits; what runs ends by itself, once its client is gone."""
        self._pool.shutdown(wait=False, cancel_futures=True)
