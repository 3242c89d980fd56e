"""Two replicas behind nginx: a page stays with one, both compute walks, and pages work after one has ended."""

import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.conftest import free_port
from tests.browser.stage_page import StagePage
from tests.container.engine import answers, run, wait_until
from tests.stream_client import SHORT, read_answer, read_frame, walk_request
from trajectories import simulate

ROOT = Path(__file__).parents[2]
LINK = "/?surface=himmelblau&start=-1,2&steps=60&run=sgd:lr=0.01&run=momentum:lr=0.005&run=adam:lr=0.2"
FRAMES = "'self' https://lms.example.org"
COOKIE = "mr_adam_affinity"
SOCKETS = 20


class Stack:
    """What `docker compose up` starts, at a port of its own."""

    def __init__(self) -> None:
        plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0
        self._compose = ["docker", "compose"] if plugin else ["docker-compose"]
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.project = f"mr-adam-test-{self.port}"
        self._environment = {
            "ADDRESS": "127.0.0.1",
            "PORT": str(self.port),
            "MR_ADAM_FRAME_ANCESTORS": FRAMES,
            "MR_ADAM_SOCKETS_PER_ADDRESS": str(SOCKETS),
        }

    def compose(self, *arguments: str) -> str:
        """Run docker compose on this stack and return its output."""
        command = [*self._compose, "--project-name", self.project, *arguments]
        completed = subprocess.run(
            command, cwd=ROOT, env=os.environ | self._environment, capture_output=True, text=True, check=False
        )
        assert completed.returncode == 0, completed.stdout + completed.stderr
        return completed.stdout

    @property
    def replicas(self) -> dict[str, str]:
        """The containers of the app, by their address."""
        return {self.address(name): name for name in self.compose("ps", "-q", "app").split()}

    @staticmethod
    def address(name: str) -> str:
        """Where a container is, in the network of its stack; empty if it does not run."""
        form = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
        return run("docker", "inspect", "--format", form, name).strip()

    def passed_to(self, request: str) -> list[str]:
        """The replicas that answered a request, from the log of nginx: the last replica of each entry."""
        log = self.compose("logs", "--no-color", "balancer")
        return re.findall(rf'"GET {re.escape(request)}[ ?].* to=(?:[^ ]+, )*([0-9.]+):8501 cache', log)

    def replica_of(self, visitor: str) -> str:
        """The replica to which all requests of a visitor are passed."""
        path = f"/_stcore/host-config?{visitor}"
        self.get(path, Cookie=f"{COOKIE}={visitor}")
        wait_until(lambda: bool(self.passed_to(path)), "the log has it")
        return self.passed_to(path)[-1]

    def balanced(self) -> set[str]:
        """The replicas to which nginx passes."""
        name = self.compose("ps", "-q", "balancer").strip()
        return set(
            re.findall(r"server ([0-9.]+):8501", run("docker", "exec", name, "sh", "-c", "cd /tmp && cat nginx.conf"))
        )

    def get(self, path: str, **headers: str) -> tuple[dict[str, str], bytes]:
        """Fetch something; its headers, by their name in small letters, and itself."""
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}{path}", headers=headers), timeout=30) as answer:
            return {name.lower(): value for name, value in answer.getheaders()}, answer.read()


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    started = Stack()
    started.compose("up", "--detach", "--no-build")
    try:
        wait_until(lambda: answers(f"{started.url}/_stcore/health"), "nginx answers")
        for name in started.replicas.values():
            healthy = ("docker", "inspect", "--format", "{{.State.Health.Status}}", name)
            wait_until(lambda healthy=healthy: run(*healthy).strip() == "healthy", "a replica is healthy")
        yield started
    finally:
        log = started.compose("logs", "--no-color")
        started.compose("down", "--volumes", "--timeout", "5")
    assert "Traceback" not in log, log
    assert "[emerg]" not in log, log


@pytest.fixture(scope="session")
def base_url(stack: Stack) -> str:
    return stack.url


def test_any_replica_gives_the_same_bytes(stack: Stack) -> None:
    """The stream is stateless: connections are spread over both replicas, and no answer differs in a bit."""
    pictures = set()
    with ExitStack() as open_together:
        address = f"ws://localhost:{stack.port}/api/stream"
        for socket in [open_together.enter_context(connect(address, max_size=None)) for _ in range(6)]:
            socket.send(walk_request(1, SHORT))
            frames, message = read_answer(socket)
            values = [read_frame(frame)[2] for frame in frames]
            pictures.add((np.concatenate(values, axis=1).tobytes(), message))
    assert len(pictures) == 1
    wait_until(lambda: len(stack.passed_to("/api/stream")) >= 6, "the log has all")
    assert set(stack.passed_to("/api/stream")) == set(stack.replicas)


def test_a_visitor_stays_with_one_replica(stack: Stack) -> None:
    headers, _ = stack.get("/")
    cookie = re.fullmatch(rf"({COOKIE}=[0-9a-f]{{32}}); Path=/; HttpOnly; SameSite=Lax", headers["set-cookie"])
    assert cookie is not None
    for _ in range(8):
        assert "set-cookie" not in stack.get("/_stcore/host-config?same", Cookie=cookie[1])[0]
    for _ in range(16):
        stack.get("/_stcore/host-config?any")
    wait_until(lambda: len(stack.passed_to("/_stcore/host-config?any")) == 16, "the log has all")
    assert len(set(stack.passed_to("/_stcore/host-config?same"))) == 1
    assert set(stack.passed_to("/_stcore/host-config?any")) == set(stack.replicas)


def test_nginx_keeps_files_that_never_change(page: Page, stack: Stack) -> None:
    StagePage(page).open(LINK)
    version = page.evaluate(
        "performance.getEntriesByType('resource').map((e) => e.name).find((n) => n.includes('/assets/'))"
    )
    path = "/assets/" + version.split("/assets/")[1].split("/")[0] + "/plotly.min.js"
    headers, plotly = stack.get(path, **{"Accept-Encoding": "gzip"})
    assert headers["x-cache"] == "HIT"
    assert headers["content-encoding"] == "gzip"
    assert "immutable" in headers["cache-control"]
    assert "set-cookie" not in headers
    assert stack.get(path, **{"Accept-Encoding": "identity"})[1][:2] != plotly[:2]


def test_the_app_receives_the_address_of_the_visitor(stack: Stack) -> None:
    """The limit of connections counts the address of the visitor, which no visitor can forge, and not that of nginx."""
    address = f"ws://localhost:{stack.port}/api/stream"
    forged = {"X-Forwarded-For": "192.0.2.1"}
    with ExitStack() as open_together:
        statuses = []
        for _ in range(2 * SOCKETS + 1):
            try:
                open_together.enter_context(connect(address, additional_headers=forged))
            except InvalidStatus as refusal:
                statuses.append(refusal.response.status_code)
        assert set(statuses) == {403}, "one was too many"
    wait_until(lambda: "socket refused" in stack.compose("logs", "--no-color", "app"), "one was too many")
    refusals = [line for line in stack.compose("logs", "--no-color", "app").splitlines() if "socket refused" in line]
    (visitor,) = set(re.findall(r"([0-9.]+) \"GET /api/stream", stack.compose("logs", "--no-color", "balancer")))
    assert all(visitor in line for line in refusals)
    assert visitor not in stack.replicas


def test_the_operator_sets_which_sites_may_frame_the_app(stack: Stack) -> None:
    with urllib.request.urlopen(stack.url, timeout=30) as answer:
        policies = answer.headers.get_all("Content-Security-Policy")
    assert policies, "no header about frames"
    # If app and nginx both send a policy, both must allow it.
    assert all(re.search(rf"frame-ancestors {re.escape(FRAMES)}(;|$)", policy) for policy in policies)
    for private in ("/metrics", "/_stcore/metrics"):
        assert not answers(f"{stack.url}{private}")


class Watched(StagePage):
    """The page of a visitor; it records each socket that Streamlit opens."""

    def __init__(self, browser: Browser, stack: Stack) -> None:
        context = browser.new_context(base_url=stack.url, viewport={"width": 1366, "height": 768})
        super().__init__(context.new_page())
        self.sockets: list[WebSocket] = []
        self.page.on("websocket", self._opened)
        self.open(LINK).finish()
        self.page.evaluate("() => { window.isTheSame = true; }")
        (cookie,) = [cookie["value"] for cookie in context.cookies() if cookie["name"] == COOKIE]
        self.replica = stack.replica_of(cookie)

    def _opened(self, socket: WebSocket) -> None:
        if "/_stcore/stream" in socket.url:
            self.sockets.append(socket)

    def is_reconnected(self) -> bool:
        """Whether a second socket is open after the first one broke, and the page shows no status of the connection."""
        connecting = self.page.get_by_test_id("stConnectionStatus").count()
        return len(self.sockets) == 2 and not self.sockets[-1].is_closed() and not connecting

    def shows_all(self) -> bool:
        """Whether the numbers of each run's end are the ones that `simulate` gives."""
        return self.shown(0) == [list(walk.positions[-1]) for walk in simulate(self.scenario)]


def test_after_a_replica_is_killed_every_page_works_on_another(browser: Browser, stack: Stack) -> None:
    """Each page reconnects without the visitor, and then shows the same picture at the same link."""
    visitors = [Watched(browser, stack) for _ in range(3)]
    while len({visitor.replica for visitor in visitors}) == 1:
        assert len(visitors) < 16, "the cookie does not spread visitors"
        visitors.append(Watched(browser, stack))
    links = [visitor.page.url for visitor in visitors]
    killed = visitors[0].replica
    began = time.monotonic()
    run("docker", "kill", stack.replicas[killed])
    for visitor in visitors:
        if visitor.replica == killed:
            wait_until(visitor.is_reconnected, "the page has a new socket")
    print(f"all pages are connected again after {time.monotonic() - began:.1f} s")
    for visitor, link in zip(visitors, links, strict=True):
        page = visitor.page
        page.get_by_test_id("stApp").and_(page.locator("[data-test-script-state=notRunning]")).wait_for()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(visitor.stage).to_have_attribute("data-state", "finished")
        assert page.evaluate("window.isTheSame"), "it was loaded anew"
        assert page.url == link
        assert visitor.shows_all()
        # The page works: a new start is walked, and Python receives it.
        page.mouse.click(*visitor.pixel(2.0, -3.0))
        expect(page).not_to_have_url(link)
        visitor.arrived()
        visitor.finish()
        assert visitor.shows_all()
        page.context.close()
    wait_until(lambda: killed not in stack.balanced(), "nginx does not pass to the removed replica")


def test_nginx_passes_to_an_added_replica(stack: Stack) -> None:
    """After `--scale` nginx passes requests to the new replica as well."""
    stack.compose("up", "--detach", "--no-build", "--no-recreate", "--scale", "app=3")
    wait_until(lambda: len(stack.balanced()) == 3, "nginx passes to three")
