"""What a process has computed: unlike elapsed time, it depends little on other programs."""

import os
import subprocess
import time
from pathlib import Path

QUIET_SECONDS = 2.0
QUIET_SHARE = 0.05


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far, all its threads."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    spent = 0.0  # where there is no /proc: [[hours:]minutes:]seconds
    for part in subprocess.check_output(["ps", "-o", "cputime=", "-p", str(pid)], text=True).strip().split(":"):
        spent = 60 * spent + float(part)
    return spent


def wait_until_quiet(pid: int) -> None:
    """Wait until the preparations of a server have ended: it uses almost no processor time for a while."""
    spent = cpu_seconds(pid)
    while True:
        time.sleep(QUIET_SECONDS)
        before, spent = spent, cpu_seconds(pid)
        if spent - before < QUIET_SHARE * QUIET_SECONDS:
            return
