"""Limit the rate of messages: a burst is allowed, after it a constant number per second."""

import math
import time

MESSAGES_AT_ONCE = 120


class Pace:
    """A token bucket.

    Parameters
    ----------
    a_second : float
        The number of tokens that are added per second.
    at_once : int
        The most tokens that the bucket holds, which is the largest burst.
    """

    def __init__(self, a_second: float, at_once: int) -> None:
        self._a_second = a_second
        self._at_once = at_once
        self._tokens = float(at_once)
        self._updated = time.monotonic()

    def take(self) -> float:
        """Take a token, and return for how many seconds the caller must wait until it is available: usually 0."""
        self._fill()
        self._tokens -= 1
        return max(0.0, -self._tokens / self._a_second)

    def take_at_once(self, count: int) -> float:
        """Take tokens and return 0; if there are too few, take none, and return after how many seconds there are.

        Infinite if the bucket never holds so many.
        """
        if count > self._at_once:
            return math.inf
        self._fill()
        wait = max(0.0, count - self._tokens) / self._a_second
        if not wait:
            self._tokens -= count
        return wait

    def _fill(self) -> None:
        now = time.monotonic()
        self._tokens = min(self._at_once, self._tokens + (now - self._updated) * self._a_second)
        self._updated = now
