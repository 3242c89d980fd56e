"""Computations that several requests read: equal requests at the same time are computed once."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Hashable
from contextlib import aclosing
from typing import Generic, TypeVar

from backend.lanes import Lane
from backend.superseded import Superseded

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Computation(Generic[T]):
    """The parts that are computed so far, and the answers that read them."""

    def __init__(self) -> None:
        self.at_rest = Lane.SLOW
        """The lane of its pieces if no reader waits during a gesture."""
        self.parts: list[T] = []
        self.ended = False
        self.readers: dict[asyncio.Event, bool] = {}
        """The event that wakes each reader, and whether its request belongs to a gesture."""
        self.task: asyncio.Task[None] | None = None  # it raises what went wrong

    @property
    def live(self) -> bool:
        """Whether one of the readers waits during a gesture."""
        return any(self.readers.values())

    def lane(self) -> Lane:
        """The lane of its pieces."""
        return Lane.LIVE if self.live else self.at_rest

    def wake(self) -> None:
        """Wake all readers."""
        for event in self.readers:
            event.set()


Compute = Callable[[Computation[T]], AsyncGenerator[T, None]]


class Computations(Generic[K, T]):
    """The computations that are under way, by all that determines their parts.

    A request that is equal to one that is being computed reads the same parts, from the first on. A computation is
    canceled when its last reader has left.
    """

    def __init__(self) -> None:
        self._under_way: dict[K, Computation[T]] = {}

    def __contains__(self, key: K) -> bool:
        """Whether it is being computed."""
        return key in self._under_way

    async def read(self, key: K, compute: Compute[T], superseded: Superseded, *, live: bool) -> AsyncGenerator[T, None]:
        """The parts in order, until the last one or until the request is superseded.

        Close the iterator (``aclosing``), so that it stops reading when its own reader stops.

        Parameters
        ----------
        key : hashable
            All that determines the parts.
        compute : callable
            Returns the generator of the parts; called only if nobody is computing them. Its errors are raised to every
            reader.
        superseded : Superseded
            The request's: when it ends, the wait ends at once.
        live : bool
            Whether the request belongs to a gesture.
        """
        computation = self._under_way.get(key)
        if computation is None:
            computation = self._under_way[key] = Computation()
            computation.task = asyncio.create_task(self._compute(key, computation, compute(computation)))
        woken = asyncio.Event()
        computation.readers[woken] = live
        superseded.events.add(woken)
        try:
            place = 0
            while not superseded():
                if place < len(computation.parts):
                    place += 1
                    yield computation.parts[place - 1]
                elif computation.ended and computation.task is not None:
                    await computation.task
                    return
                else:
                    woken.clear()
                    await woken.wait()
        finally:
            superseded.events.discard(woken)
            del computation.readers[woken]
            if not computation.readers and computation.task is not None:
                computation.task.cancel()
                self._forget(key, computation)

    async def _compute(self, key: K, computation: Computation[T], parts: AsyncGenerator[T, None]) -> None:
        try:
            async with aclosing(parts):
                async for part in parts:
                    computation.parts.append(part)
                    computation.wake()
        finally:
            computation.ended = True
            self._forget(key, computation)
            computation.wake()

    def _forget(self, key: K, computation: Computation[T]) -> None:
        """A later request for the same is computed anew, or found in a cache."""
        if self._under_way.get(key) is computation:
            del self._under_way[key]
