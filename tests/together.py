"""Requests at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

PATIENCE = 120  # seconds: an end to a hang, and never what is tested


class Crowd:
    """So many that ask; whoever answers can wait until the last of them has asked."""

    def __init__(self, size):
        self.size = size
        self._left, self._lock, self._all_here = size, Lock(), Event()

    def ask(self, function, *arguments):
        """Each asks in a thread of their own, with one of the arguments: the answers in that order."""
        with ThreadPoolExecutor(self.size) as pool:
            return list(pool.map(function, *arguments))

    def asked(self):
        with self._lock:
            self._left -= 1
            if self._left == 0:
                self._all_here.set()

    def wait(self):
        assert self._all_here.wait(PATIENCE)


class Question:
    """An argument: a cache that looks for its answer has to hash it, once for each who asks."""

    def __init__(self, crowd):
        self.crowd = crowd

    def __hash__(self):
        self.crowd.asked()
        return id(self)
