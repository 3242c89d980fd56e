"""The container of most tests; `make image-test` and `make compose-test` build its image."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.container.engine import Container


@pytest.fixture(scope="session", autouse=True)
def engine() -> None:
    """Without an engine the tests fail: skipped tests could be taken for passed ones."""
    if (
        shutil.which("docker") is None
        or subprocess.run(["docker", "info"], capture_output=True, check=False).returncode
    ):
        pytest.fail(
            "No Docker engine answers. Start one; these tests run by `make image-test` and `make compose-test`."
        )


@pytest.fixture(scope="session")
def container() -> Iterator[Container]:
    """One container for all tests that do not stop it; its log must contain no error."""
    started = Container("--health-interval", "1s").wait()
    yield started
    log = started.log()
    started.remove()
    assert "Traceback" not in log, log
    assert "cannot be traced" not in log, log
    assert "gradient differ" not in log, log


@pytest.fixture(scope="session")
def base_url(container: Container) -> str:
    """Where `page.goto("/")` goes."""
    return container.url
