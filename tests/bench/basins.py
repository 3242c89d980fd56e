"""Maps of basins, compared with a plain loop of torch calls; and the memory of a large one."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable

from tests.bench.table import Row
from trajectories import parse_link, warm
from trajectories.basin_map import STRIP, basins_in_pieces, strips_of

LINK = "surface=hump&steps=150&run=adam:lr=0.1"
SIZES = {32: 60.0, 128: 300.0, 512: 5000.0}  # rows and columns of a map, and the milliseconds that it may take
ROUNDS = 5
LARGE, LARGE_SIDE = "surface=himmelblau&steps=10000&run=sgd:lr=0.001", 512
MOST_MEMORY = 200.0  # MB


def measure(naive_us: float) -> list[Row]:
    """The maps that the stream sends, computed on one core; how much faster than the naive loop; memory.

    Parameters
    ----------
    naive_us : float
        What a step of the naive loop costs in this run, in microseconds.
    """
    warm()
    rows = []
    for side, target in SIZES.items():
        took = _least(lambda side=side: _map(LINK, side), ROUNDS if side < max(SIZES) else 1)  # type: ignore[misc]
        steps = side * side * 151
        rows.append(
            Row(what=f"map of {side} x {side} starts, Adam, 150 steps, one core", value=1000 * took, unit="ms",
                target=target)
        )  # fmt: skip
        if side == 128:
            rows.append(
                Row(what="  its particle-steps", value=steps / took / 1e6, unit="M/s", against=1 / naive_us,
                    of="naive loop", target=5000, at_least=True)
            )  # fmt: skip
    grown = float(subprocess.check_output([sys.executable, "-m", "tests.bench.basins"], text=True))
    what = f"memory of a map of {LARGE_SIDE} x {LARGE_SIDE} starts, 10 000 steps"
    return [*rows, Row(what=what, value=grown, unit="MB", target=MOST_MEMORY)]


def _map(link: str, side: int) -> None:
    """Compute a map as the stream does: strip by strip, in this thread."""
    scenario, _ = parse_link(link)
    for rows in strips_of((side, side), STRIP):
        for _ in basins_in_pieces(scenario, 0, (side, side), scenario.landscape.bounds, rows, 8):
            pass


def _least(work: Callable[[], None], rounds: int) -> float:
    """The least time of this thread, so that other programs change little."""
    times = []
    for _ in range(rounds):
        began = time.thread_time()
        work()
        times.append(time.thread_time() - began)
    return min(times)


def _memory() -> float:
    """By how many MB the largest resident memory of this process grows for a large map."""
    warm()
    _map(LINK, 32)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _map(LARGE, LARGE_SIDE)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


if __name__ == "__main__":
    print(_memory())
