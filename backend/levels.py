"""What answers about many walks have in common: from coarse to fine, within a budget, from a cache."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from backend.backlog import Backlog
from backend.computations import Computations
from backend.kept import Kept
from backend.pace import Pace

Shape = tuple[int, int]
# The coarsest map has half to twice as many rows as COARSEST; each map has FINER times the rows of the one before.
COARSEST, FINER = 32, 4
MOST_BYTES, MOST_LIVE_BYTES = 32 * 2**20, 8 * 2**20


class Sized(Protocol):
    """Something in a cache."""

    @property
    def size(self) -> int:
        """Its size in bytes."""


L = TypeVar("L", bound=Sized)
P = TypeVar("P")


class Levels(Generic[L, P]):
    """What all sockets of a server share of the levels of one kind of answers.

    Complete ones are cached, by a key of all that determines them and their size. Those of gestures have a cache of
    their own, so that they do not displace the others: a slider has a few dozen stops, and a class drags it to and fro.
    """

    def __init__(self) -> None:
        self._rested: Kept[tuple[bytes, Shape], L] = Kept(MOST_BYTES, lambda level: level.size)
        self._live: Kept[tuple[bytes, Shape], L] = Kept(MOST_LIVE_BYTES, lambda level: level.size)
        self.under_way: Computations[tuple[bytes, Shape, str], P] = Computations()
        """The levels that are being computed, and what else is computed about a level."""

    def get(self, key: tuple[bytes, Shape], *, live: bool) -> L | None:
        """A complete level, if it is cached. Levels of gestures are for gestures only: they lack some numbers."""
        return self._rested.get(key) or (self._live.get(key) if live else None)

    def put(self, key: tuple[bytes, Shape], level: L, *, live: bool) -> None:
        """Cache a complete level, and drop the least recently used ones."""
        (self._live if live else self._rested).put(key, level)


def levels(rows: int, columns: int) -> Iterator[Shape]:
    """The sizes of the maps from coarse to fine.

    Examples
    --------
    >>> list(levels(512, 800))
    [(32, 50), (128, 200), (512, 800)]
    """
    factor = 1
    while rows / (factor * FINER) >= COARSEST / 2:
        factor *= FINER
    while factor >= 1:
        yield -(-rows // factor), -(-columns // factor)
        factor //= FINER


@dataclass(frozen=True, kw_only=True)
class Affordable:
    """The levels to send.

    Parameters
    ----------
    shapes : list of (int, int)
        Their sizes, from coarse to fine.
    wait : float or None
        After how many seconds a finer one can be had, infinite if never; None if all levels are sent.
    cost : int
        The steps of walks that they take.
    """

    shapes: list[Shape]
    wait: float | None
    cost: int


def affordable(
    shapes: Sequence[Shape],
    known: Container[Shape],
    cost: Callable[[Shape], int],
    budget: Pace,
    backlog: Backlog,
    *,
    live: bool,
) -> Affordable:
    """Choose the levels to send, and pay for them.

    Parameters
    ----------
    shapes : sequence of (int, int)
        All levels, from coarse to fine.
    known : container of (int, int)
        Those that cost nothing.
    cost : callable
        The steps of walks that a level takes.
    budget : Pace
        The steps that the socket may still have computed.
    backlog : Backlog
        What the server has promised to all sockets. The coarsest level does not wait for it.
    live : bool
        Whether only one level is sent: the finest possible one.
    """
    wait = None
    for count in range(len(shapes), 0, -1):
        part = list(shapes[count - 1 : count] if live else shapes[:count])
        total = sum(cost(shape) for shape in part if shape not in known)
        missing = backlog.wait_for(total) if total and count > 1 else 0.0
        missing = missing or budget.take_at_once(total)
        if not missing:
            return Affordable(shapes=part, wait=wait, cost=total)
        wait = missing if wait is None else wait
    return Affordable(shapes=[], wait=wait, cost=0)
