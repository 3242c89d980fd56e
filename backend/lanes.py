"""The lanes in which calls wait for a thread, and which call is next."""

import asyncio
from collections import deque
from enum import IntEnum


class Lane(IntEnum):
    """What a call computes. The lanes before it in this list go first, within the limits of ``OTHERS_IN_A_ROW``."""

    FIRST = 0
    """The first chunk of a walk: nothing moves on the screen before it."""
    LATER = 1
    """A later chunk of a walk, or the map of edited data."""
    LIVE = 2
    """A piece of an answer about many walks while something is dragged."""
    SLOW = 3
    """A piece of a search, of a coarse map at rest, or of a network's walk."""
    REST = 4
    """A piece of a fine map at rest."""


WALKS = (Lane.FIRST, Lane.LATER)
PIECES = (Lane.LIVE, Lane.SLOW, Lane.REST)
# After this many chunks of walks in a row (about a second), one waiting piece is computed.
WALKS_IN_A_ROW = 20
# After this many calls of the lanes above in a row, one call of the lane is computed; of chunks and of pieces each.
OTHERS_IN_A_ROW = {Lane.FIRST: 0, Lane.LATER: 3, Lane.LIVE: 0, Lane.SLOW: 1, Lane.REST: 4}

Turn = asyncio.Future[None]


class Lanes:
    """The waiting calls, each as the future that ends its wait."""

    def __init__(self) -> None:
        self._turns: dict[Lane, deque[Turn]] = {lane: deque() for lane in Lane}
        self._passed_over = dict.fromkeys(Lane, 0)
        self._walks_in_a_row = 0

    def __len__(self) -> int:
        """How many calls wait."""
        return sum(map(len, self._turns.values()))

    def waiting(self, lane: Lane) -> int:
        """How many calls wait in a lane."""
        return len(self._turns[lane])

    def add(self, lane: Lane, turn: Turn) -> None:
        """Add a call at the end of a lane."""
        self._turns[lane].append(turn)

    def discard(self, lane: Lane, turn: Turn) -> None:
        """Remove a call, if it still waits."""
        if turn in self._turns[lane]:
            self._turns[lane].remove(turn)

    def next(self, *, pieces: bool) -> tuple[Lane, Turn] | None:
        """Remove and return the next call with its lane; None if there is none.

        Parameters
        ----------
        pieces : bool
            Whether it may be a piece: else only a chunk of a walk.
        """
        walks = any(self._turns[lane] for lane in WALKS)
        others = pieces and any(self._turns[lane] for lane in PIECES)
        if others and (not walks or self._walks_in_a_row >= WALKS_IN_A_ROW):
            self._walks_in_a_row = 0
            return self._first_of(PIECES)
        if not walks:
            return None
        self._walks_in_a_row = self._walks_in_a_row + 1 if others else 0
        return self._first_of(WALKS)

    def _first_of(self, lanes: tuple[Lane, ...]) -> tuple[Lane, Turn]:
        """The next call of some lanes, of which one has a call."""
        busy = [lane for lane in lanes if self._turns[lane]]
        late = [lane for lane in busy[1:] if self._passed_over[lane] >= OTHERS_IN_A_ROW[lane]]
        chosen = late[-1] if late else busy[0]
        for lane in busy:
            self._passed_over[lane] = self._passed_over[lane] + 1 if lane > chosen else self._passed_over[lane]
        self._passed_over[chosen] = 0
        return chosen, self._turns[chosen].popleft()
