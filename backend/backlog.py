"""How much the server has promised to compute for maps, so that what it promises arrives in a few seconds."""

from collections.abc import Iterator
from contextlib import contextmanager

# A map is computed if it and all that is promised before it take at most so many seconds. A map that takes longer alone
# is computed if what is promised before it takes at most FREE_SECONDS.
MOST_SECONDS, FREE_SECONDS = 4.0, 0.5
# The speed is measured. Until the first map is computed it is this: steps of walks that a thread takes in a second.
FIRST_SPEED = 5e6
FORGOTTEN = 0.1  # the share of the measurements before that each measurement replaces


class Promise:
    """Steps that one answer still has to compute."""

    def __init__(self, steps: float) -> None:
        self.steps = steps

    def kept(self, steps: float) -> None:
        """Note that some of the steps are computed."""
        self.steps = max(0.0, self.steps - steps)


class Backlog:
    """The steps that are promised and not computed yet, and the measured speed at which they are computed.

    The speed is that on the clock: a server whose cores are busy with walks promises less.

    Parameters
    ----------
    threads : int
        The threads that compute pieces at the same time.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._promises: set[Promise] = set()
        self._steps, self._seconds = FIRST_SPEED, 1.0

    def wait_for(self, steps: float) -> float:
        """After how many seconds so many steps can be promised: 0 if at once."""
        return max(0.0, self._lasts(self._promised()) - max(FREE_SECONDS, MOST_SECONDS - self._lasts(steps)))

    @contextmanager
    def promise(self, steps: float) -> Iterator[Promise]:
        """Promise so many steps; at the end of the block the rest is computed or not wanted any more."""
        promise = Promise(steps)
        self._promises.add(promise)
        try:
            yield promise
        finally:
            self._promises.remove(promise)

    def measured(self, steps: float, seconds: float) -> None:
        """Take into account that one thread has computed so many steps in so many seconds."""
        self._steps += steps - FORGOTTEN * self._steps
        self._seconds += seconds - FORGOTTEN * self._seconds

    def _promised(self) -> float:
        return sum(promise.steps for promise in self._promises)

    def _lasts(self, steps: float) -> float:
        """How many seconds all threads together need for so many steps."""
        return steps * self._seconds / self._steps / self._threads
