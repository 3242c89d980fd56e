"""Delays that a visitor notices: until something moves, between pointer and paths in a drag, and between frames."""

import json
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Route, ViewportSize

from backend.assets import STORE
from charts.surface_figure import surface_figure
from charts.theme import LIGHT
from surfaces import SURFACES
from tests.bench.table import Row
from tests.browser.conftest import Server
from tests.browser.stage_page import StagePage

PROBE = Path(__file__).with_name("probe.js")
SCREEN: ViewportSize = {"width": 1366, "height": 768}
FOUR = "surface=hump&steps=100&run=sgd:lr=0.05&run=momentum:lr=0.07&run=rmsprop:lr=0.02&run=adam:lr=0.3"
SIX = "surface=hump&steps=2000&run=sgd&run=momentum&run=nesterov&run=rmsprop&run=adam:lr=0.01&run=adamw:lr=0.02"
DATA = "surface=cars_raw&steps=100&run=sgd:lr=0.003&run=momentum:lr=0.001&run=rmsprop:lr=0.1&run=adam:lr=0.5"
DRAG_SECONDS = 5.0
MOVES_A_SECOND = 100
PLAY_MILLISECONDS = 4000
VISITS = 7
# For every picture: the time since the move of the pointer that put the start where the picture has it.
WAITS = """() => {
    const ground = document.querySelector(".mradam-stage .ground");
    const { xaxis, yaxis } = ground._fullLayout;
    const box = ground.getBoundingClientRect();
    return probe.pictures.map(([x, y, ended]) => {
        const [px, py] = [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
        const near = probe.moves.filter(([mx, my, at]) => at < ended && Math.hypot(mx - px, my - py) < 1);
        return near.length === 0 ? null : ended - near.at(-1)[2];
    }).filter((wait) => wait !== null);
}"""


@contextmanager
def visit(browser: Browser, address: str) -> Iterator[Page]:
    """A visitor with an empty cache."""
    context = browser.new_context(viewport=SCREEN, color_scheme="light")
    try:
        context.add_init_script(path=PROBE)
        page = context.new_page()
        page.goto(address, wait_until="commit")
        yield page
    finally:
        context.close()


def measure_cold(browser: Browser, ours: Server, bare: Server) -> list[Row]:
    """From the request for the page to the first picture that moves, alternating with the contour of a bare page."""
    moving, contour, plain = [], [], []
    for number in range(VISITS + 1):
        with visit(browser, f"{bare.url}/") as page:
            drawn = _when(page, "contour")
        with visit(browser, f"{ours.url}/") as page:
            moved, ground = _when(page, "moving"), _when(page, "contour")
        if number > 0:  # the first visit warms the servers
            plain.append(drawn)
            moving.append(moved)
            contour.append(ground)
    first = {
        "first moving picture": (moving, 1.25),  # paths move on the sketch of their ground
        "moving picture on Plotly's contour": (list(map(max, moving, contour)), None),
    }
    return [
        Row(what=f"cold browser to {what}", value=median(times), unit="ms", against=median(plain), of="bare contour",
            target=target)
        for what, (times, target) in first.items()
    ]  # fmt: skip


def _when(page: Page, what: str) -> float:
    page.wait_for_function(f"() => probe.{what} > 0 && probe.{what} < Infinity", timeout=60_000)
    return float(page.evaluate(f"probe.{what}"))


def measure_drag(browser: Browser, server: Server) -> list[Row]:
    """Drag the start; each picture is recognized by the start that it shows."""
    with visit(browser, f"{server.url}/?{FOUR}") as page:
        stage = StagePage(page)
        stage.arrived()
        stage.finish()
        box = page.locator(".mradam-stage .map").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 20, y)
        page.evaluate("probe.moves.length = probe.pictures.length = 0")
        began = time.perf_counter()
        sent = 0
        while (elapsed := time.perf_counter() - began) < DRAG_SECONDS:
            sent += 1
            page.mouse.move(
                x + 0.3 * box["width"] * math.sin(1.7 * elapsed), y + 0.3 * box["height"] * math.sin(2.3 * elapsed)
            )
            time.sleep(max(0.0, began + sent / MOVES_A_SECOND - time.perf_counter()))
        waits = page.evaluate(WAITS)
        moves = page.evaluate("probe.moves.length")
        page.mouse.up()
    return [
        Row(what="drag, 4 runs x 100 steps: pictures a second", value=len(waits) / DRAG_SECONDS, unit="/s", target=25,
            at_least=True),
        Row(what="drag: pointer to picture, median", value=median(waits), unit="ms", target=40),
        Row(what="drag: pointer to picture, 95 %", value=sorted(waits)[int(0.95 * len(waits))], unit="ms"),
        Row(what="drag: moves of the pointer that the page received", value=moves / DRAG_SECONDS, unit="/s"),
    ]  # fmt: skip


def measure_data_drag(browser: Browser, server: Server) -> list[Row]:
    """Drag an example about; each picture has the walk, and each map the tones, of one place of it."""
    with visit(browser, f"{server.url}/?{DATA}") as page:
        stage = StagePage(page)
        stage.arrived()
        stage.finish()
        page.locator(".example").focus()
        box = page.locator(".example").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 20, y - 20)
        page.evaluate("probe.maps.length = probe.pictures.length = 0")
        began = time.perf_counter()
        sent = 0
        while (elapsed := time.perf_counter() - began) < DRAG_SECONDS:
            sent += 1
            page.mouse.move(x + 60 + 40 * math.sin(1.7 * elapsed), y - 120 + 80 * math.sin(2.3 * elapsed))
            time.sleep(max(0.0, began + sent / MOVES_A_SECOND - time.perf_counter()))
        pictures, maps = page.evaluate("[probe.pictures.length, probe.maps.length]")
        page.mouse.up()
    return [
        Row(what="drag of an example, 4 runs x 100 steps: pictures a second", value=pictures / DRAG_SECONDS, unit="/s",
            target=10, at_least=True),
        Row(what="drag of an example: maps a second", value=maps / DRAG_SECONDS, unit="/s", target=10, at_least=True),
    ]  # fmt: skip


def measure_playback(browser: Browser, server: Server) -> list[Row]:
    """Play a long walk over a fine contour; then once more with all that is inside Adam's step drawn and written."""
    return [*_play(browser, server, "playback", 2), *_play(browser, server, "playback inside a step", 4, inside=True)]


def _play(browser: Browser, server: Server, what: str, target: float, *, inside: bool = False) -> list[Row]:
    """Measure the work of the main thread for each frame."""
    with visit(browser, "about:blank") as page:
        page.route("**/surfaces/hump.light.json", _with_fine_contour)
        page.goto(f"{server.url}/?{SIX}")
        StagePage(page).arrived()
        if inside:
            page.get_by_role("button", name="Look inside a step of Adam", exact=True).click()
            page.get_by_role("button", name="denominator on the map").click()
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        page.get_by_role("button", name="Restart").click()
        page.wait_for_function("() => Number(document.querySelector('[data-testid=stage]').dataset.step) > 50")
        page.evaluate("probe.recording = true")
        before = _main_thread(session)
        page.wait_for_timeout(PLAY_MILLISECONDS)
        after = _main_thread(session)
        frames = [took for _, took in page.evaluate("probe.frames")]
        state = page.get_by_test_id("stage").get_attribute("data-state")
    if state != "playing":
        raise RuntimeError(f"It should still be playing, and is {state}.")
    work = {name: 1000 * (after[name] - before[name]) / len(frames) for name in before}
    rows = [Row(what=f"{what}, 6 runs x 2000 steps: our work a frame, mean", value=mean(frames), unit="ms",
                target=target)]  # fmt: skip
    rows.append(Row(what=f"{what}: our work a frame, 95 %", value=sorted(frames)[int(0.95 * len(frames))], unit="ms"))
    for name, seconds in work.items():
        rows.append(Row(what=f"{what}: {name} of the main thread a frame", value=seconds, unit="ms"))
    rows.append(Row(what=f"{what}: frames a second", value=1000 * len(frames) / PLAY_MILLISECONDS, unit="/s"))
    return rows


def _main_thread(session: CDPSession) -> dict[str, float]:
    names = ("TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: metric["value"] for metric in metrics if metric["name"] in names}


def _with_fine_contour(route: Route) -> None:
    """The surface's own document, but with 200 x 200 points."""
    path = "surfaces/hump.light.json"
    packed = STORE.edition().get(path)
    assert packed is not None
    document = json.loads(packed.plain())
    document["figure"] = surface_figure(SURFACES["hump"].landscape, LIGHT, (200, 200)).to_dict()
    route.fulfill(json=document)
