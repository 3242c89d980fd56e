"""How fast a client may talk: so many messages at once, and then so many a second."""

import time

MESSAGES_AT_ONCE = 120


class Pace:
    """A bucket of tokens that fills by itself.

    Parameters
    ----------
    a_second : float
        How many tokens come in a second.
    at_once : int
        How many it holds.
    """

    def __init__(self, a_second: float, at_once: int) -> None:
        self._a_second = a_second
        self._at_once = at_once
        self._tokens = float(at_once)
        self._seen = time.monotonic()

    def take(self) -> float:
        """Take a token; for how many seconds to wait until it is really there, 0 mostly."""
        now = time.monotonic()
        self._tokens = min(self._at_once, self._tokens + (now - self._seen) * self._a_second) - 1
        self._seen = now
        return max(0.0, -self._tokens / self._a_second)
