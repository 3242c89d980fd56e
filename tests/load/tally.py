"""The waiting times and errors of a class."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

PERCENTILES = (50, 95, 99)


class Tally:
    """Waiting times by their cause, counts, and errors by their sentence."""

    def __init__(self) -> None:
        self.waits: defaultdict[str, list[float]] = defaultdict(list)
        self.counts: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()

    @contextmanager
    def waiting(self, what: str) -> Iterator[None]:
        """Record the duration of the body; a failed body is not recorded."""
        began = time.perf_counter()
        yield
        self.waits[what].append(time.perf_counter() - began)

    def wrong(self, what: str) -> None:
        """Count an error."""
        self.errors[what] += 1

    def rows(self) -> list[tuple[str, ...]]:
        """The waits, in milliseconds: what, how many, each percentile, the longest."""
        return [
            (
                what,
                str(len(waits)),
                *(f"{1000 * percentile(waits, p):.0f}" for p in PERCENTILES),
                f"{1e3 * max(waits):.0f}",
            )
            for what, waits in sorted(self.waits.items())
        ]


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least ``share`` percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share) // 100) - 1)]


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Rows as plain text, the first column to the left, numbers to the right."""
    lines = [heads, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(line, widths, strict=True)) for line in lines)
    )
