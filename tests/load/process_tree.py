"""Processor time and memory of a server and of all processes that it started."""

from pathlib import Path

from tests.bench.process import cpu_seconds


def members(pid: int) -> list[int]:
    """A process and all that descend from it; needs Linux."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*"):
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def cpu(pid: int) -> float:
    """Processor time so far, in seconds."""
    return sum(cpu_seconds(member) for member in members(pid))


def memory(pid: int) -> float:
    """Memory in MB; shared memory counts once."""
    total = 0
    for member in members(pid):
        lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
