"""A real server and a real browser for the tests of all that moves."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

ROOT = Path(__file__).parents[2]
# Messages on the console that are not ours, and are no error.
NOT_OURS = (
    "Unrecognized feature",
    "The deferred DOM Node could not be resolved",
    # Some tests break the connection: the message of the browser, and those of Streamlit, all but the first of which it
    # logs only if it sent another request before the server had started again.
    "net::ERR_",
    "WebSocket onclose",
    "Client Error in reaching server endpoint - No response received",
    "Is Streamlit still running?",
    "DoInitPings timed out",
    "Connection timed out.",
    # An edit while the connection of Streamlit is broken: it is sent again at the next run of the page.
    "Cannot send rerun backMessage when disconnected from server",
    # A test opens a frame that may not copy.
    "Permissions policy violation: The Clipboard API",
)
# Seconds until a test fails: long, since a busy machine is slow.
PATIENCE = 60
PAUSE = 0.05
expect.set_options(timeout=1000 * PATIENCE)


def free_port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The app, or another, as `make run` starts it, on a port of its own."""

    def __init__(self, log: Path, app: str = "app.py", base: str = "", **variables: str) -> None:
        self._app = app
        self._environment = os.environ | variables
        self._base = base
        self.port = free_port()
        self.url = f"http://localhost:{self.port}{base}"
        self.log = log

    def start(self) -> None:
        """Start it and wait until it is healthy."""
        command = [sys.executable, "-m", "streamlit", "run", self._app, "--server.port", str(self.port)]
        command += ["--server.baseUrlPath", self._base] if self._base else []
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=out, stderr=out)
        while not self._healthy():
            time.sleep(PAUSE)  # without a pause the loop would slow the server down
            if self._process.poll() is not None:
                pytest.fail(f"The server ended before it was healthy:\n{self.log.read_text()}")

    @property
    def pid(self) -> int:
        """The id of its process."""
        return self._process.pid

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=PATIENCE) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """Stop it, and wait until its process has ended."""
        self._process.terminate()
        self.wait()

    def wait(self) -> int:
        """Wait until its process has ended; returns the exit code."""
        return self._process.wait(timeout=PATIENCE)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of the browser; its log must hold no traceback at the end."""
    running = Server(tmp_path_factory.mktemp("server") / "server.log")
    running.start()
    yield running
    running.stop()
    text = running.log.read_text()
    assert "Traceback" not in text, text


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    """Where `page.goto("/")` goes."""
    return server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """The screen of a laptop, unless a file sets another one."""
    return {**browser_context_args, "viewport": {"width": 1366, "height": 768}, "color_scheme": "light"}


@pytest.fixture(scope="module")
def kept(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One context of the browser for all tests of a file.

    The first page of a file loads and compiles all scripts. The next pages find them in the context's cache and in the
    process of the waiting page, and are there in half of the time.
    """
    context = browser.new_context(**browser_context_args)
    context.new_page().goto("/_stcore/health")
    yield context
    context.close()


@pytest.fixture
def context(kept: BrowserContext, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """The browser's context; no error or warning of ours may reach the console of any of its pages.

    A test finds no other page, no cookie, no permission and nothing stored. With an option that records tests, it gets
    a context of its own.
    """
    recorded = any(request.config.getoption(option) != "off" for option in ("tracing", "video", "screenshot"))
    context = request.getfixturevalue("new_context")() if recorded else kept
    errors: list[str] = []

    def record_errors(page: Page) -> None:
        def record(message: ConsoleMessage) -> None:
            # Streamlit requests the health of its server also below the path of a page that is opened by its link.
            probing = "/_stcore/" in message.location.get("url", "")
            if probing or any(word in message.text for word in NOT_OURS):
                return
            if message.type in ("error", "warning"):
                errors.append(f"{message.type}: {message.text} ({message.location.get('url')})")

        page.on("console", record)
        page.on("pageerror", lambda error: errors.append(f"uncaught: {error}"))

    context.set_default_timeout(1000 * PATIENCE)
    context.on("page", record_errors)
    yield context
    during = list(errors)  # errors while a page is closed do not count: its server may have stopped
    context.remove_listener("page", record_errors)
    waiting, *opened = kept.pages
    for page in opened:
        page.close()
    waiting.evaluate("localStorage.clear()")
    kept.clear_cookies()
    kept.clear_permissions()
    assert not during, during
