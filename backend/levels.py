"""What answers about many walks have in common: from coarse to fine, within a budget, from a cache."""

from collections.abc import Callable, Container, Iterator, Sequence
from typing import Protocol, TypeVar

from backend.kept import Kept
from backend.pace import Pace

Shape = tuple[int, int]
# The coarsest map has half to twice as many rows as COARSEST; each map has FINER times the rows of the one before.
COARSEST, FINER = 32, 4
MOST_BYTES = 64 * 2**20


class Sized(Protocol):
    """Something in a cache."""

    @property
    def size(self) -> int:
        """Its size in bytes."""


L = TypeVar("L", bound=Sized)


class LevelCache(Kept[tuple[bytes, Shape], L]):
    """The most recently used levels of answers, by all that determines them."""

    def __init__(self) -> None:
        super().__init__(MOST_BYTES, lambda level: level.size)


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


def affordable(
    shapes: Sequence[Shape], known: Container[Shape], cost: Callable[[Shape], int], budget: Pace, *, live: bool
) -> tuple[list[Shape], float | None]:
    """The levels to send, from coarse to fine; and how many seconds a finer one has to wait, if one does.

    Parameters
    ----------
    shapes : sequence of (int, int)
        All levels.
    known : container of (int, int)
        Those that cost nothing.
    cost : callable
        The steps of walks that a level takes.
    budget : Pace
        The steps that the socket may still have computed.
    live : bool
        Whether only one level is sent: the finest that the budget allows.
    """
    wait = None
    for count in range(len(shapes), 0, -1):
        part = list(shapes[count - 1 : count] if live else shapes[:count])
        missing = budget.take_at_once(sum(cost(shape) for shape in part if shape not in known))
        if not missing:
            return part, wait
        wait = missing if wait is None else wait
    return [], wait
