"""The Docker engine, by its command line: containers that are started, inspected and removed."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException

from tests.browser.conftest import free_port

IMAGE = os.environ.get("IMAGE") or "mr-adam"
# As little as a container can be given.
HARD = (
    *("--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"),
    *("--memory", "1g", "--cpus", "2"),
)
PATIENCE = 120.0
SAMPLES = 5


def run(*command: str) -> str:
    """Run a program and return its output; if it fails, its error output is the error's text."""
    completed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, f"{' '.join(command)}\n{completed.stdout}{completed.stderr}"
    return completed.stdout


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Test a condition repeatedly, for two minutes at the most."""
    late = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < late, f"still not so after {PATIENCE:g} s: {what}"
        time.sleep(0.05)


def answers(url: str) -> bool:
    """Whether an address answers, and well."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, HTTPException, OSError):
        return False


class Container:
    """The app in a container with nothing but what it needs, at a port of this machine's own address."""

    def __init__(self, *options: str) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        publish = ("--publish", f"127.0.0.1:{self.port}:8501")
        self.name = run("docker", "run", "--detach", *HARD, *publish, *options, IMAGE).strip()

    def wait(self) -> "Container":
        """Wait until it answers."""

        def up() -> bool:
            assert self.state("Running") == "true", self.log()
            return answers(f"{self.url}/_stcore/health")

        wait_until(up, "the container answers")
        return self

    def rest(self) -> "Container":
        """Wait until its preparations beside serving have ended: several samples show no use of the processor."""
        spent = [-1.0]

        def quiet() -> bool:
            spent.append(sum(map(int, self.inside("cat", "/proc/1/stat").rpartition(")")[2].split()[11:13])))
            return len(spent) > SAMPLES and spent[-1] - spent[-SAMPLES] <= 1

        wait_until(quiet, "it rests")
        return self

    def state(self, of: str) -> str:
        """Its state from the engine: Running, Health.Status, ExitCode, OOMKilled."""
        return run("docker", "inspect", "--format", f"{{{{.State.{of}}}}}", self.name).strip()

    def inside(self, *command: str) -> str:
        """Run a program in it and return its output."""
        return run("docker", "exec", self.name, *command)

    def succeeds(self, *command: str) -> bool:
        """Whether a program in it succeeds."""
        completed = subprocess.run(["docker", "exec", self.name, *command], capture_output=True, check=False)
        return completed.returncode == 0

    def log(self) -> str:
        """Its whole log."""
        completed = subprocess.run(["docker", "logs", self.name], capture_output=True, text=True, check=True)
        return completed.stdout + completed.stderr

    def remove(self) -> None:
        """Stop and remove it."""
        run("docker", "rm", "--force", "--volumes", self.name)
