"""The container that most tests look at; `make image-test` and `make compose-test` build what it is made of."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.container.engine import Container


@pytest.fixture(scope="session", autouse=True)
def engine() -> None:
    """Without an engine the tests fail: if they were skipped, that would look like a success."""
    if (
        shutil.which("docker") is None
        or subprocess.run(["docker", "info"], capture_output=True, check=False).returncode
    ):
        pytest.fail(
            "No Docker engine answers. Start one; these tests run by `make image-test` and `make compose-test`."
        )


@pytest.fixture(scope="session")
def container() -> Iterator[Container]:
    """One container for all that does not end it; its log must hold no trouble."""
    started = Container("--health-interval", "1s").wait()
    yield started
    said = started.log()
    started.remove()
    assert "Traceback" not in said, said
    assert "cannot be traced" not in said, said
    assert "gradient differ" not in said, said


@pytest.fixture(scope="session")
def base_url(container: Container) -> str:
    """Where `page.goto("/")` goes."""
    return container.url
