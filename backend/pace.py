"""Limit the rate of messages: so many at once, and then so many a second."""

import time

MESSAGES_AT_ONCE = 120


class Pace:
    """A token bucket.

    Parameters
    ----------
    a_second : float
        How many tokens are added in a second.
    at_once : int
        How many it holds.
    """

    def __init__(self, a_second: float, at_once: int) -> None:
        self._a_second = a_second
        self._at_once = at_once
        self._tokens = float(at_once)
        self._updated = time.monotonic()

    def take(self) -> float:
        """Take a token. Returns for how many seconds to wait until it is available, usually 0."""
        now = time.monotonic()
        self._tokens = min(self._at_once, self._tokens + (now - self._updated) * self._a_second) - 1
        self._updated = now
        return max(0.0, -self._tokens / self._a_second)
