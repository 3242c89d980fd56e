"""Measure everything and print one table. A missed target is printed; a failed measurement is an error."""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests import chromium
from tests.bench import map_drag, map_serving, networks, screen, serving, stepping
from tests.bench.process import wait_until_quiet
from tests.bench.table import Row, show
from tests.browser.conftest import Server

PARTS = ("stepping", "networks", "serving", "cold", "drag", "playback")
LOCAL = {"stepping", "networks"}  # these need no server


def main(parts: Sequence[str]) -> None:
    """Run the parts that are named, or all."""
    wanted = parts or PARTS
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before it began: {', '.join(wanted)}", flush=True)
    rows: list[Row] = []
    if "stepping" in wanted:
        rows += stepping.measure()
    if "networks" in wanted:
        rows += networks.measure()
    if set(wanted) - LOCAL:
        rows += _measure_server(wanted)
    print(show(rows))
    print(f"load {os.getloadavg()[0]:.1f} at the end")


def _measure_server(wanted: Sequence[str]) -> list[Row]:
    """The parts that need a running app."""
    rows: list[Row] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = stack.enter_context(_serve(folder, "app.py"))
        if "serving" in wanted:
            rows += serving.measure_stream(ours) + map_serving.measure_maps(ours) + serving.measure_page(ours)
            with _serve(folder, "tests/bench/trivial_app.py") as trivial:
                rows += serving.measure_crowd(trivial)
        if {"cold", "drag", "playback"} & set(wanted):
            browser = stack.enter_context(_browser())
            if "cold" in wanted:
                with _serve(folder, "tests/bench/bare_page.py") as bare:
                    rows += screen.measure_cold(browser, ours, bare)
            if "drag" in wanted:
                rows += screen.measure_drag(browser, ours)
                rows += screen.measure_data_drag(browser, ours)
                rows += map_drag.measure_map_drag(browser, ours)
            if "playback" in wanted:
                rows += screen.measure_playback(browser, ours)
    return rows


@contextmanager
def _serve(folder: Path, app: str) -> Iterator[Server]:
    server = Server(folder / "server.log", app=app)
    server.start()
    try:
        wait_until_quiet(server.pid)
        yield server
    finally:
        server.stop()


@contextmanager
def _browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        sys.exit(chromium.advise())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield browser
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
