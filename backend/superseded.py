"""Whether a newer request of the slot has replaced a request."""

import asyncio


class Superseded:
    """False when called, until ``end`` is called; then also all of ``events`` are set.

    Calling it is safe from any thread; the rest belongs to the event loop.
    """

    def __init__(self) -> None:
        self._ended = False
        self.events: set[asyncio.Event] = set()

    def __call__(self) -> bool:
        """Whether the request is superseded, or its client has left."""
        return self._ended

    def end(self) -> None:
        """The request is superseded."""
        self._ended = True
        for event in self.events:
            event.set()
