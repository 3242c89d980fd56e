"""A cache that computes each answer once, also when several threads need it at the same time."""

from collections.abc import Callable, Hashable
from functools import wraps
from threading import Condition
from typing import Any, ParamSpec, TypeVar

from cachetools import LRUCache, cached

P = ParamSpec("P")
T = TypeVar("T")


def once(most: int, group: Callable[..., Hashable] | None = None) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Cache a function's answers as ``functools.lru_cache`` does; a call for one that is being computed waits for it.

    Parameters
    ----------
    most : int
        The number of answers that are kept: the most recently used ones.
    group : callable, optional
        Called with a function's arguments. Each group of answers has room of its own: many of one group do not
        displace those of another.

    Returns
    -------
    callable
        The decorator. The function's arguments must be hashable. Exceptions are not cached.
    """
    if group is None:
        return cached(LRUCache[Any, Any](most), condition=Condition())

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        return _in_groups(function, most, group)

    return decorate


def _in_groups(function: Callable[P, T], most: int, group: Callable[..., Hashable]) -> Callable[P, T]:
    groups: dict[Hashable, Callable[P, T]] = {}

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        which = group(*args, **kwargs)
        if which not in groups:
            groups.setdefault(which, cached(LRUCache[Any, Any](most), condition=Condition())(function))
        return groups[which](*args, **kwargs)

    vars(answer)["groups"] = groups
    return answer
