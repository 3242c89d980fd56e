"""What all tests share: exact arithmetic on one thread, the browser, and the order of the run."""

import os

# Before anything of ours is imported: no statistics, no browser window, no outside address.
os.environ.setdefault("STREAMLIT_SERVER_HEADLESS", "true")
os.environ.setdefault("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from cachetools import LRUCache
from hypothesis import settings

from surfaces import Landscape
from tests import chromium
from trajectories import gradient
from trajectories.landscapes import catalogue

# The same examples in every run, and no limit on time: a busy machine is not a failure.
settings.register_profile("deterministic", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("deterministic")

TESTS = Path(__file__).parent
PLACES = {"browser", "container"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by their place, and run a real browser's last: its loop must not meet other tests' loops."""
    for item in items:
        if item.path.parent.parent == TESTS and item.path.parent.name in PLACES:
            item.add_marker(item.path.parent.name)
    items.sort(key=lambda item: any(item.get_closest_marker(place) for place in PLACES))


class TracedOnDemand(LRUCache[Landscape, gradient.Traced]):
    """Traced gradients, each made at its first use in a test; a server makes all of them at its start.

    To the same bits, a walk costs a third by it; all of them take two seconds.
    """

    def get(self, landscape: Landscape, default: Any = None) -> Any:
        if landscape not in self and landscape.example_count == 0 and landscape in catalogue():
            with torch.inference_mode(mode=False):
                traced = gradient.trace_exactly(landscape)
            assert traced is not None, landscape.key
            self[landscape] = traced
        return super().get(landscape, default)


@pytest.fixture(scope="session", autouse=True)
def _traced_on_demand() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gradient, "_traced", TracedOnDemand(64))
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the installed Chromium, which keeps to this machine; pages of one context share a process."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.advise())
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": [*chromium.FLAGS, "--process-per-site"],
    }
