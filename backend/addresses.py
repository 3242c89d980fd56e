"""How many connections one address holds."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from backend.settings import whole_number

VARIABLE = "MR_ADAM_SOCKETS_PER_ADDRESS"
DEFAULT, MOST = 500, 100_000  # by default a full lecture hall behind one address


class Addresses:
    """A count for each address, and the most that it may reach: ``MR_ADAM_SOCKETS_PER_ADDRESS``, or else 500.

    Raises
    ------
    ValueError
        If that variable holds no such number.
    """

    def __init__(self) -> None:
        self.most = whole_number(VARIABLE, DEFAULT, MOST)
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
