"""The number of open connections of each client address."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Addresses:
    """A count for each address.

    Parameters
    ----------
    most : int
        The largest count allowed.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._open: Counter[str] = Counter()

    def full(self, address: str) -> bool:
        """Whether an address has as many connections as it may have."""
        return self._open[address] >= self.most

    @contextmanager
    def count(self, address: str) -> Iterator[None]:
        """Count a connection while the context lasts."""
        self._open[address] += 1
        try:
            yield
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]
