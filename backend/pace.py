"""Limit the rate of messages: a burst is allowed, after it a constant number per second."""

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
        now = time.monotonic()
        self._tokens = min(self._at_once, self._tokens + (now - self._updated) * self._a_second) - 1
        self._updated = now
        return max(0.0, -self._tokens / self._a_second)
