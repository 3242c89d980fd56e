"""A cache with a bounded number of bytes, for all threads."""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The values that were used last.

    Parameters
    ----------
    most : int
        The most bytes that all values have together.
    size : callable
        Returns the number of bytes of a value.
    """

    def __init__(self, most: int, size: Callable[[V], int]) -> None:
        self._values: LRUCache[K, V] = LRUCache(most, getsizeof=size)
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """A value, if it is cached."""
        with self._lock:
            return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        """Cache a value, and drop the least recently used ones."""
        with self._lock, suppress(ValueError):  # a value that is larger than the cache is not kept
            self._values[key] = value
