"""Computed once for a class that asks for it in the same second, and kept for whoever asks later."""

from collections.abc import Callable
from threading import Condition
from typing import Any, ParamSpec, TypeVar

from cachetools import LRUCache, cached

P = ParamSpec("P")
T = TypeVar("T")


def once(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep a function's answers, as ``functools.lru_cache`` does; who asks for one that is being computed waits for it.

    Parameters
    ----------
    most : int
        How many answers are kept: those that were asked for last.

    Returns
    -------
    callable
        The decorator. The function's arguments must be hashable; what it raises is not kept.
    """
    kept: LRUCache[Any, Any] = LRUCache(most)
    return cached(kept, condition=Condition())
