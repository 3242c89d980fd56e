"""How many connections one address holds."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Addresses:
    """A count for each address.

    Parameters
    ----------
    most : int
        What a count may reach.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: Counter[str] = Counter()

    @contextmanager
    def hold(self, address: str) -> Iterator[bool]:
        """Count a connection for as long as it lasts; False if its address holds as many as it may already."""
        admitted = self._held[address] < self.most
        self._held[address] += admitted
        try:
            yield admitted
        finally:
            self._held[address] -= admitted
            if not self._held[address]:
                del self._held[address]
