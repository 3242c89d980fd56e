"""A server of the app for a notebook or a script: a process of its own on a free port, which ends with this process."""

import atexit
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

ABOVE = Path(__file__).parent.parent  # the folder in which Python finds this package
# It comes last, so that it hides nothing that the interpreter finds by itself.
START = "import sys; sys.path.append(sys.argv.pop(1)); from mr_adam.__main__ import main; main()"
HOST = "127.0.0.1"
PATIENCE = 300.0  # seconds until a server must answer; torch's first import alone may take many
PAUSE = 0.1
# A notebook's page may show the app in a frame, whatever its port on this machine is.
FRAMES = "'self' http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*"


class Server:
    """A server on a free port of this machine, reachable from this machine only.

    Parameters
    ----------
    environment : mapping of str to str
        Variables that it gets besides those of this process.

    Notes
    -----
    It holds one end of a pipe, and ends when the other end is closed: also if this process is killed.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        self._lock = Lock()

    def address(self) -> str:
        """The server's address, without a slash at the end. The first call starts the server and waits for it.

        Raises
        ------
        RuntimeError
            If it does not start; one sentence, with the last line that it has printed.
        """
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            return f"http://{HOST}:{self._port}"

    @property
    def process(self) -> int | None:
        """The number of its process; None if it does not run."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if running and self._process is not None else None

    def stop(self) -> None:
        """End the server, and wait until it has ended."""
        with self._lock:
            process, self._process = self._process, None
            if process is not None and process.stdin is not None:
                process.stdin.close()
                process.terminate()
                process.wait()

    def _start(self) -> None:
        self._port = free_port()
        environment = {"MR_ADAM_FRAME_ANCESTORS": FRAMES, "MR_ADAM_LOG": "warning", **os.environ, **self._environment}
        command = [sys.executable, "-P", "-c", START, str(ABOVE), "--port", str(self._port), "--address", HOST]
        with tempfile.TemporaryFile() as printed:
            # In a notebook the kernel's own outputs are no files: what the server prints goes into one.
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, with our own arguments
                [*command, "--until-input-ends"],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
            atexit.register(_stop_in, os.getpid(), self)
            deadline = time.monotonic() + PATIENCE
            while not _answers(self._port):
                if time.monotonic() > deadline:
                    self._process.kill()
                try:
                    self._process.wait(PAUSE)
                except subprocess.TimeoutExpired:
                    continue
                printed.seek(0)
                lines = printed.read().decode(errors="replace").strip().splitlines()
                raise RuntimeError(f"The server of Mr. Adam did not start. It printed: {(lines or ['nothing'])[-1]}")


def free_port() -> int:
    """A port of this machine that no process listens on."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)  # without the proxies of the environment
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _stop_in(process: int, server: Server) -> None:
    """Stop a server from the process that has started it, and not from a copy of that process."""
    if os.getpid() == process:
        server.stop()
