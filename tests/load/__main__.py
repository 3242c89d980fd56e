"""A simulated class on this machine: its waiting times, and its use of processor and memory.

- `make load STUDENTS=60 SECONDS=60`: the students act at random times.
- `make load STAY=batches STUDENTS=40 SECONDS=40`: all stay in one lesson, change lr and batch, drag.
- `make load STAY=maps STUDENTS=40 SECONDS=40`: all have the map of basins on, and drag the slider of lr.
- `make load STAY=other-maps STUDENTS=40 SECONDS=40`: the same, but no two maps are equal.
- `make load LESSON=hump STUDENTS=40`: all are in one lesson and act at the same moment.
- `make load SOAK=1000`: many short visits, and the memory of the server after them.

With PORT=8501 at what runs there already, a container or several behind a balancer, whose processor and memory are then
not shown. A missed goal is printed, no error; the numbers are those of this machine while it does whatever else it
does, which the load average shows.
"""

import argparse
import asyncio
import os
import random
import tempfile
import time
from pathlib import Path

from lessons import LESSONS
from tests.bench.process import wait_until_quiet
from tests.browser.conftest import Server
from tests.load import process_tree
from tests.load.learner import Learner
from tests.load.mapper import Mapper
from tests.load.probe import probed
from tests.load.student import Student
from tests.load.tally import PERCENTILES, Tally, table
from tests.load.together import together

ARRIVE_SECONDS = 10.0
MOST_STUDENTS, MOST_SECONDS, MOST_VISITS = 500, 900, 5000
MAPS, OTHER_MAPS = "maps", "other-maps"  # instead of a lesson
TOGETHER = 8  # visits of a soak at a time
SETTLED = 200  # visits after which a soak's memory counts: until then caches fill


def main() -> None:
    """Start the app, run the class, print the measurements."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__.partition("\n")[0])
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--soak", type=int, default=0, help="so many short visits instead of a class")
    parser.add_argument("--lesson", choices=LESSONS, help="the class does this lesson, and all do the same at once")
    parser.add_argument(
        "--stay",
        choices=[*LESSONS, MAPS, OTHER_MAPS],
        help="the students stay in this lesson, or have a map on; at random times",
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--port", type=int, default=0, help="of a server on this machine; by default one is started")
    options = parser.parse_args()
    if options.soak and options.port:
        parser.error("a soak measures memory: it starts a server of its own")
    if options.stay and (options.soak or options.lesson):
        parser.error("--stay is a class of its own: without --soak and --lesson")
    if options.students > MOST_STUDENTS or options.seconds > MOST_SECONDS or options.soak > MOST_VISITS:
        parser.error(f"at most {MOST_STUDENTS} students, {MOST_SECONDS} seconds, {MOST_VISITS} visits")
    if options.port:
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before it began")
        asyncio.run(_class(options.port, options))
        return
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "server.log")
        server.start()
        try:
            wait_until_quiet(server.pid)
            print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before it began")
            if options.soak:
                asyncio.run(_soak(server, options))
            else:
                _measured(server, options)
            print(f"load {os.getloadavg()[0]:.1f} at the end")
        finally:
            server.stop()
        text = server.log.read_text()
        if "Traceback" in text:
            print("The server's log holds a traceback:", text[text.index("Traceback") :][:3000], sep="\n")


def _measured(server: Server, options: argparse.Namespace) -> None:
    """Run a class; print the processor time and memory of the server."""
    memory, spent, began = process_tree.memory(server.pid), process_tree.cpu(server.pid), time.perf_counter()
    asyncio.run(_class(server.port, options))
    spent, took = process_tree.cpu(server.pid) - spent, time.perf_counter() - began
    print(f"processor of the server: {spent / took:.2f} cores, {spent:.0f} s")
    print(f"memory of the server: {memory:.0f} MB before, {process_tree.memory(server.pid):.0f} MB after")


async def _class(port: int, options: argparse.Namespace) -> None:
    tally, began = Tally(), time.perf_counter()
    async with probed(port, tally):
        if options.lesson:
            await together(port, options.students, options.lesson, options.seed, tally)
        else:
            await _apart(port, options, tally)
    print(f"{options.students} students, {time.perf_counter() - began:.0f} s; waits in ms:")
    print(table(("what", "times", *(f"p{p}" for p in PERCENTILES), "longest"), tally.rows()))
    dragged = max(1, tally.counts["seconds of dragging"])
    print(f"pictures a second during a drag: {tally.counts['pictures while dragging'] / dragged:.1f}")
    if options.stay in {MAPS, OTHER_MAPS}:
        maps = max(1, tally.counts["maps while dragging"])
        rows = tally.counts["rows of maps while dragging"] / maps
        print(f"maps a second during a drag: {maps / dragged:.1f}, of {rows:.0f} rows on average")
        full, rested = tally.counts["maps at rest, in full detail"], tally.counts["maps at rest"]
        print(
            f"maps at rest: {full} of {rested} in full detail; coarse ones, as the server said: "
            f"{tally.counts['coarse maps, said']}"
        )
    print(f"answers that the server is busy: {tally.counts['busy']}")
    print(f"errors: {sum(tally.errors.values())} {dict(tally.errors) or ''}")


async def _apart(port: int, options: argparse.Namespace, tally: Tally) -> None:
    """The students act at random times."""
    rng, end = random.Random(options.seed), time.perf_counter() + options.seconds
    seeds = [rng.getrandbits(32) for _ in range(options.students)]
    if options.stay in {MAPS, OTHER_MAPS}:
        students: list[Student] = [Mapper(port, seed, tally, alike=options.stay == MAPS) for seed in seeds]
    elif options.stay:
        students = [Learner(port, seed, tally, options.stay) for seed in seeds]
    else:
        students = [Student(port, seed, tally) for seed in seeds]
    arrivals = [rng.uniform(0, ARRIVE_SECONDS) for _ in students]
    await asyncio.gather(*(student.attend(arrival, end) for student, arrival in zip(students, arrivals, strict=True)))


async def _soak(server: Server, options: argparse.Namespace) -> None:
    tally, rng = Tally(), random.Random(options.seed)
    rows: list[tuple[str, ...]] = []
    settled = 0.0
    for done in range(0, SETTLED + options.soak, TOGETHER):
        students = [Student(server.port, rng.getrandbits(32), tally) for _ in range(TOGETHER)]
        await asyncio.gather(*(student.visit_once() for student in students))
        visits = done + TOGETHER
        if visits == SETTLED:
            settled = process_tree.memory(server.pid)
        if visits % SETTLED < TOGETHER:
            rows.append((str(visits), f"{process_tree.memory(server.pid):.0f} MB"))
    print(table(("visits", "memory"), rows))
    ratio = process_tree.memory(server.pid) / settled
    print(f"memory after {options.soak} more visits: {ratio:.2f} times; errors: {dict(tally.errors) or 0}")


if __name__ == "__main__":
    main()
