"""Requests at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

PATIENCE = 120  # seconds: an end to a hang, and never what is tested


class Crowd:
    """So many callers at the same time; the called function can wait until the last of them has called."""

    def __init__(self, size):
        self.size = size
        self._left, self._lock, self._complete = size, Lock(), Event()

    def call(self, function, *arguments):
        """Call a function in so many threads, with one of the arguments each: the results in that order."""
        with ThreadPoolExecutor(self.size) as pool:
            return list(pool.map(function, *arguments))

    def arrive(self):
        with self._lock:
            self._left -= 1
            if self._left == 0:
                self._complete.set()

    def wait(self):
        assert self._complete.wait(PATIENCE)


class Question:
    """An argument: a cache has to hash it to look up its answer, once for each caller."""

    def __init__(self, crowd):
        self.crowd = crowd

    def __hash__(self):
        self.crowd.arrive()
        return id(self)
