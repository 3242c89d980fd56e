"""Walks and advice that were asked for before: a class presses the same button in the same second."""

from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache

from trajectories import Advice, Outcome, Scenario

MOST_BYTES = 32 * 2**20
LONGEST = 2**20  # of one answer: a longer walk would push a hundred others out, and is not kept
MOST_ADVICE = 4096  # pieces of it, each less than a kilobyte

Key = tuple[str, int | None]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A whole answer, which any request for the same may be given.

    Parameters
    ----------
    columns, parts : tuple of str
        What the numbers of its frames are.
    frames : tuple of bytes
        Its packed chunks, under whatever request's slot and id.
    outcomes : tuple of Outcome
        What became of each run.
    """

    columns: tuple[str, ...]
    parts: tuple[str, ...]
    frames: tuple[bytes, ...]
    outcomes: tuple[Outcome, ...]


def key_of(scenario: Scenario, inside: int | None) -> Key:
    """What determines an answer, bit by bit: in JSON -0 is not 0, as it is not for a walk that begins there."""
    return scenario.model_dump_json(), inside


@dataclass(frozen=True)
class Sought:
    """What a search for advice has found; None if there is nothing to say."""

    advice: Advice | None


class Answers:
    """The newest whole answers, and the newest advice; safe to use from threads."""

    def __init__(self) -> None:
        self._kept: LRUCache[Key, Answer] = LRUCache(MOST_BYTES, getsizeof=_size)
        self._sought: LRUCache[str, Sought] = LRUCache(MOST_ADVICE)
        self._lock = Lock()

    def get(self, key: Key) -> Answer | None:
        """Give an answer, if it is known."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Key, answer: Answer) -> None:
        """Remember an answer, and forget those that were not asked for longest."""
        with self._lock:
            self._kept[key] = answer

    def sought(self, key: str) -> Sought | None:
        """Give what a search has found, if it was made."""
        with self._lock:
            return self._sought.get(key)

    def put_sought(self, key: str, sought: Sought) -> None:
        """Remember what a search has found."""
        with self._lock:
            self._sought[key] = sought


def _size(answer: Answer) -> int:
    return sum(map(len, answer.frames))
