"""The image in a container with the fewest rights: it works, and contains nothing that it does not need."""

import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserType, Page, expect
from websockets.sync.client import ClientConnection, connect

from lessons import LESSONS
from tests.browser.stage_page import StagePage
from tests.container.engine import HARD, IMAGE, Container, run, wait_until
from tests.own_files import GOOD, write
from tests.stream_client import SHORT, read_answer, read_frame, walk_request
from tests.two_weights import TWO_WEIGHTS
from trajectories import Scenario, simulate

HIMMELBLAU = "/?surface=himmelblau&start=-1,2&steps=60&run=sgd:lr=0.01&run=momentum:lr=0.005&run=adam:lr=0.2&inside=2"
MEMORY = 2**30  # what HARD allows
STUDENTS = 40


def assert_shows(stage: StagePage) -> None:
    """The last numbers of every run are the ones that `simulate` gives here, to the last digit."""
    runs = simulate(stage.scenario)
    stage.finish()
    assert stage.shown(0) == [list(run.positions[-1]) for run in runs]
    assert stage.shown(1) == [[run.losses[-1]] for run in runs]


def test_its_own_health_check_succeeds(container: Container) -> None:
    wait_until(lambda: container.state("Health.Status") == "healthy", "healthy")


def test_its_health_check_follows_the_configured_port_and_path() -> None:
    settings = ("--env", "STREAMLIT_SERVER_BASE_URL_PATH=adam", "--env", "STREAMLIT_SERVER_PORT=8600")
    moved = Container("--health-interval", "1s", *settings)
    try:
        wait_until(lambda: moved.state("Health.Status") == "healthy", "healthy")
    finally:
        moved.remove()


def test_a_browser_shows_the_end_of_a_walk(page: Page) -> None:
    assert_shows(StagePage(page).open(HIMMELBLAU))


def test_a_browser_opens_it_by_another_host_name(
    browser_type: BrowserType, browser_type_launch_args, container
) -> None:
    """Not by localhost: Streamlit and the stream check the host name that the browser sends."""
    flags = [*browser_type_launch_args["args"], "--host-resolver-rules=MAP adam.test 127.0.0.1"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": flags})
    page = browser.new_page(base_url=f"http://adam.test:{container.port}")
    assert_shows(StagePage(page).open(HIMMELBLAU))
    browser.close()


@pytest.mark.parametrize("key", LESSONS)
def test_every_lesson_opens(page: Page, key: str) -> None:
    page.goto(f"/lessons?lesson={key}")
    expect(page.get_by_role("heading", name=LESSONS[key].title)).to_be_visible()
    expect(page.get_by_test_id("stage")).to_be_attached()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_every_gradient_is_traced(container: Container) -> None:
    code = "from trajectories.gradient import _models, _traced, trace_all; trace_all(); "
    code += "print(*(landscape.key for landscape in _traced), len(_models))"
    *traced, models = container.inside("python", "-c", code).split()
    plain = [key for key, surface in TWO_WEIGHTS.items() if surface.landscape.model is None]
    assert (traced, int(models)) == (plain, len(TWO_WEIGHTS) - len(plain))


def test_it_runs_without_privileges(container: Container) -> None:
    assert container.inside("id", "-u").strip() == "10001"
    status = dict(line.split(":", 1) for line in container.inside("cat", "/proc/1/status").splitlines())
    assert status["Uid"].split() == ["10001"] * 4
    assert {name: int(status[name], 16) for name in ("CapPrm", "CapEff", "CapBnd")} == dict.fromkeys(
        ("CapPrm", "CapEff", "CapBnd"), 0
    )
    assert int(status["NoNewPrivs"]) == 1


def test_it_can_write_to_tmp_only(container: Container) -> None:
    for folder in ("/", "/app", "/opt/venv", "/opt/venv/compiled", "/etc", "/var/tmp", "/home"):
        assert not container.succeeds("touch", f"{folder}/written"), folder
    there = "/tmp"
    assert container.succeeds("touch", f"{there}/written")
    assert run("docker", "diff", container.name).strip() == ""


def test_it_contains_only_what_it_needs(container: Container) -> None:
    shipped = container.inside("find", "/app", "-mindepth", "1", "-maxdepth", "1", "-printf", "%f ").split()
    folders = {
        "backend",
        "charts",
        "components",
        "datasets",
        "deploy",
        "exports",
        "formulas",
        "lessons",
        "mine",
        "optimizers",
        "pages",
        "surfaces",
        "trajectories",
    }
    assert set(shipped) == folders | {".streamlit", "app.py", "discovery.py"}
    unwanted = ("-name", ".git", "-o", "-name", "*.pem", "-o", "-name", ".env", "-o", "-name", "secrets.toml")
    assert container.inside("find", "/app", "(", *unwanted, "-o", "-name", "tests", ")").strip() == ""
    assert not container.succeeds("sh", "-c", "ls -d /opt/venv/lib/*/site-packages/torch/include")
    for package in ("pip", "pandas", "pyarrow", "altair", "pydeck", "networkx", "setuptools"):
        assert not container.succeeds("sh", "-c", f"ls -d /opt/venv/lib/*/site-packages/{package}"), package


def test_its_history_holds_no_secret() -> None:
    environment = json.loads(run("docker", "inspect", "--format", "{{json .Config.Env}}", IMAGE))
    history = run("docker", "history", "--no-trunc", "--format", "{{.CreatedBy}}", IMAGE)
    for word in ("password", "passwd", "secret", "token", "api_key"):
        assert word not in " ".join(environment).lower()
        assert word not in history.lower()


def test_a_burst_fits_into_its_memory(container: Container) -> None:
    """Forty clients send a request at the same moment, four times: all receive the same last step."""
    expected = [run.positions[-1] for run in simulate(Scenario.model_validate(SHORT))]

    def send(socket: ClientConnection, number: int) -> bytes:
        socket.send(walk_request(number, SHORT))
        frames, message = read_answer(socket)
        answer = json.loads(message)
        if answer["kind"] == "busy":
            time.sleep(answer["retry_ms"] / 1000)
            return send(socket, number)
        assert answer["kind"] == "done", answer
        return frames[-1]

    def student(_: int) -> None:
        with connect(f"ws://localhost:{container.port}/api/stream", max_size=None, open_timeout=60) as socket:
            for turn in range(4):
                _, _, values, _ = read_frame(send(socket, turn))
                np.testing.assert_array_equal(values[:, -1, :2], expected)

    with ThreadPoolExecutor(STUDENTS) as students:
        list(students.map(student, range(STUDENTS)))
    status = container.inside("sh", "-c", "cat /proc/[0-9]*/status")
    most = 1024 * sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    print(f"memory at most: {most / 2**20:.0f} MiB")
    assert most < MEMORY
    assert container.state("OOMKilled") == "false"


def end(container: Container, seconds: int) -> None:
    """Stop it; one that has to be killed, since it does not end by itself in time, has another status."""
    began = time.monotonic()
    run("docker", "stop", "--time", str(seconds), container.name)
    print(f"ended in {time.monotonic() - began:.2f} s")
    status, log = container.state("ExitCode"), container.log()
    container.remove()
    assert status == "0", log
    assert "Traceback" not in log, log


def test_it_ends_within_two_seconds_of_sigterm(page: Page) -> None:
    """Also while a page is open."""
    ending = Container().wait()
    StagePage(page).open(f"{ending.url}{HIMMELBLAU}")
    end(ending.rest(), 2)


def test_it_ends_within_two_seconds_while_it_prepares() -> None:
    end(Container().wait(), 2)


def test_it_logs_to_standard_output(container: Container) -> None:
    completed = subprocess.run(["docker", "logs", container.name], capture_output=True, text=True, check=True)
    assert "8501" in completed.stdout


def test_it_checks_a_folder_and_serves_it(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    tmp_path.chmod(0o755)
    mounted = ("--volume", f"{tmp_path}:/mine:ro")
    assert "All 4 files are right." in run("docker", "run", "--rm", *HARD, *mounted, IMAGE, "check")
    write(tmp_path, {"lessons/bad.md": "Dear reader"})
    command = ["docker", "run", "--rm", *HARD, *mounted, IMAGE, "check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, "FAULT  lessons/bad.md" in checked.stdout) == (1, True)
    served = Container(*mounted)
    try:
        served.wait()
        assert 'event="file left out" file=lessons/bad.md' in served.log()
    finally:
        served.remove()
