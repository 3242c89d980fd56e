"""A cache that computes each answer once, also when several threads need it at the same time."""

from collections.abc import Callable
from threading import Condition
from typing import Any, ParamSpec, TypeVar

from cachetools import LRUCache, cached

P = ParamSpec("P")
T = TypeVar("T")


def once(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Cache a function's answers as ``functools.lru_cache`` does; a call for one that is being computed waits for it.

    Parameters
    ----------
    most : int
        The number of answers that are kept: the most recently used ones.

    Returns
    -------
    callable
        The decorator. The function's arguments must be hashable. Exceptions are not cached.
    """
    kept: LRUCache[Any, Any] = LRUCache(most)
    return cached(kept, condition=Condition())
