"""Maps of basins while lr is dragged in a browser, and the pictures of the walk beside them."""

import math
import time
from statistics import mean

from playwright.sync_api import Browser

from tests.bench.screen import DRAG_SECONDS, MOVES_A_SECOND, visit
from tests.bench.table import Row
from tests.browser.conftest import Server
from tests.browser.stage_page import StagePage

LINK = "surface=hump&steps=150&run=adam:lr=0.1&basins=1"
FINE = 64  # rows of the maps of a gesture, if they arrive in time


def measure_map_drag(browser: Browser, server: Server) -> list[Row]:
    """Drag lr to and fro, with the map and without it."""
    pictures, maps, rows = _drag(browser, f"{server.url}/?{LINK}")
    alone, _, _ = _drag(browser, f"{server.url}/?{LINK.removesuffix('&basins=1')}")
    return [
        Row(what="drag of lr, 150 steps: maps of basins a second", value=maps, unit="/s", target=10, at_least=True),
        Row(what="  their rows, mean", value=rows, unit="rows", target=FINE, at_least=True),
        Row(what="  pictures of the walk a second", value=pictures, unit="/s", against=alone, of="without a map",
            target=0.8, at_least=True),
    ]  # fmt: skip


def _drag(browser: Browser, address: str) -> tuple[float, float, float]:
    """Pictures of the walk and maps a second, and the mean number of rows of a map."""
    with visit(browser, address) as page:
        stage = StagePage(page)
        stage.arrived()
        stage.finish()
        slider = page.locator(".mradam-panel input[type=range]").first
        box = slider.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate("probe.mapped.length = probe.pictures.length = 0")
        began, sent = time.perf_counter(), 0
        while (elapsed := time.perf_counter() - began) < DRAG_SECONDS:
            sent += 1
            page.mouse.move(x + 0.3 * box["width"] * math.sin(1.7 * elapsed), y)
            time.sleep(max(0.0, began + sent / MOVES_A_SECOND - time.perf_counter()))
        pictures, rows = page.evaluate("[probe.pictures.length, probe.mapped]")
        page.mouse.up()
    return pictures / DRAG_SECONDS, len(rows) / DRAG_SECONDS, mean(rows) if rows else 0.0
