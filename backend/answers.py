"""A cache of computed walks and advice: in a class many visitors request the same one in the same second."""

from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from cachetools import LRUCache

from backend.example_messages import Batches, Examples
from trajectories import Advice, Outcome, Scenario

MOST_BYTES = 32 * 2**20
MOST_ANSWER_BYTES = 2**20  # a longer answer is not cached: it would displace many others
MOST_ADVICE = 4096  # results, each less than a kilobyte
MOST_RECORDS = 128  # answers about the examples of a step, each less than 300 kB

Key = tuple[bytes, int | None, bool]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A complete answer, which fits every request for the same scenario.

    Parameters
    ----------
    columns, parts : tuple of str
        The names of the numbers in its frames.
    frames : tuple of bytes
        Its packed chunks; slot and id are those of the request that was computed.
    outcomes : tuple of Outcome
        The outcome of each run.
    """

    columns: tuple[str, ...]
    parts: tuple[str, ...]
    frames: tuple[bytes, ...]
    outcomes: tuple[Outcome, ...]


def key_of(scenario: Scenario, inside: int | None, weights: bool) -> Key:
    """All that determines an answer. JSON distinguishes -0 from 0, as a walk that starts there does."""
    return search_key_of(scenario), inside, weights


def search_key_of(scenario: Scenario) -> bytes:
    """A short key of all that a scenario holds: with a table of data its JSON is long."""
    return sha256(scenario.model_dump_json().encode()).digest()


@dataclass(frozen=True)
class SearchResult:
    """The result of a search for advice; None if it found none."""

    advice: Advice | None


class Answers:
    """The most recently used complete answers and advice; safe to use from threads."""

    def __init__(self) -> None:
        self._kept: LRUCache[Key, Answer] = LRUCache(MOST_BYTES, getsizeof=_size)
        self._search_results: LRUCache[bytes, SearchResult] = LRUCache(MOST_ADVICE)
        self._records: LRUCache[bytes, Examples | Batches] = LRUCache(MOST_RECORDS)
        self._lock = Lock()

    def get(self, key: Key) -> Answer | None:
        """The answer, if it is cached."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Key, answer: Answer) -> None:
        """Cache an answer, and drop the least recently used ones."""
        with self._lock:
            self._kept[key] = answer

    def search_result(self, key: bytes) -> SearchResult | None:
        """The result of a search, if it is cached."""
        with self._lock:
            return self._search_results.get(key)

    def put_search_result(self, key: bytes, result: SearchResult) -> None:
        """Cache the result of a search."""
        with self._lock:
            self._search_results[key] = result

    def record(self, key: bytes) -> Examples | Batches | None:
        """An answer about the examples of a step, if it is cached; slot and id are those of another request."""
        with self._lock:
            return self._records.get(key)

    def put_record(self, key: bytes, record: Examples | Batches) -> None:
        """Cache an answer about the examples of a step."""
        with self._lock:
            self._records[key] = record


def _size(answer: Answer) -> int:
    return sum(map(len, answer.frames))
