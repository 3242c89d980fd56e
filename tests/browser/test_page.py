"""The page as a whole: links, going back, accessibility, sizes of screens."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from components.presets import LOOK_FOR
from surfaces import SURFACES
from tests.browser.conftest import Server
from tests.browser.stage_page import StagePage
from trajectories import format_link, parse_link, preset_scenario

LINKS = [
    "surface=ravine&start=-4,1.5&steps=150&run=adam:lr=0.1&run=sgd:lr=0.02",
    "surface=beale&start=0.1234567890123,-1e-7&steps=7&noise=0.25&seed=4294967295"
    "&run=rmsprop:lr=0.0123456789,alpha=0.5",
    "surface=saddle&start=1e3,-20&steps=30&noise=3&seed=1"
    "&run=sgd&run=sgd:lr=1e-05&run=adam&run=adamw:weight_decay=0.5&run=nadam&run=radam&run=adamax&run=amsgrad:beta1=0",
]


@pytest.mark.parametrize("link", LINKS)
def test_a_link_restores_every_setting(page: Page, link: str) -> None:
    stage = StagePage(page).open(f"/?{link}")
    expected, notes = parse_link(link)
    assert notes == []
    assert stage.scenario == expected
    assert parse_link(page.url.partition("?")[2]) == (expected, [])


def test_the_map_comes_before_the_pictures_of_the_picker(page: Page) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto("/?surface=trap")
    expect(page.locator(".mradam-picker .surface:has(input:checked) img[src]")).to_be_visible()
    pictures = [index for index, name in enumerate(requested) if "thumbnails" in name]
    needed = [index for index, name in enumerate(requested) if name.endswith(("plotly.min.js", "trap.light.json"))]
    assert max(needed) < min(pictures)
    expect(page.locator(".mradam-stage .ground[data-drawn]")).to_be_attached()


def test_the_address_is_always_the_link(page: Page) -> None:
    stage = StagePage(page).open("/")
    first = stage.scenario
    surface = next(iter(SURFACES.values()))
    assert first == preset_scenario(surface.key, surface.presets[0].link)
    page.wait_for_url(lambda url: parse_link(url.partition("?")[2])[0] == first and "surface=" in url)
    page.mouse.click(*stage.pixel(1.0, 1.0))
    page.wait_for_url(lambda url: f"start={format_link(first).split('start=')[1].split('&')[0]}&" not in url)
    moved = stage.scenario
    assert parse_link(page.url.partition("?")[2]) == (moved, [])
    page.reload()
    stage.arrived()
    assert stage.scenario == moved


def test_back_and_forward_restore_the_scenarios(page: Page) -> None:
    stage = StagePage(page).open("/?surface=hump&steps=50&run=adam:lr=0.3")
    hump = stage.scenario
    page.get_by_role("radio", name="The trap", exact=True).check()
    expect(stage.stage).to_have_attribute("data-scenario", re.compile("surface=trap"))
    expect(page.get_by_role("heading", level=1)).to_have_text(SURFACES["trap"].label)
    trap = stage.scenario
    page.go_back()
    expect(stage.stage).to_have_attribute("data-scenario", format_link(hump))
    expect(page.get_by_role("heading", level=1)).to_have_text(SURFACES["hump"].label)
    page.go_forward()
    expect(stage.stage).to_have_attribute("data-scenario", format_link(trap))
    stage.arrived()


def test_the_valid_parts_of_a_broken_link_are_used(page: Page) -> None:
    stage = StagePage(page).open("/?surface=rosenbrok&steps=1e9&run=adam:lr=-1&color=red")
    expect(page.get_by_text('Did you mean "rosenbrock"?')).to_be_visible()
    expect(page.get_by_test_id("stAlert").get_by_role("listitem")).to_have_count(4)
    assert stage.scenario.runs[0].optimizer == "adam"
    stage.finish()


def test_one_click_shows_a_preset(page: Page) -> None:
    """Each press counts, also right after another."""
    surface = next(surface for surface in SURFACES.values() if len(surface.presets) > 2)
    stage = StagePage(page).open(f"/?surface={surface.key}")
    for preset in (*surface.presets[1:], surface.presets[0]):
        page.get_by_role("button", name=preset.label, exact=True).click()
        expect(stage.stage).to_have_attribute("data-scenario", format_link(preset_scenario(surface.key, preset.link)))
        page.get_by_text(LOOK_FOR, exact=True).click()
        expect(page.get_by_text(preset.look_for)).to_be_visible()
    stage.arrived()


def test_an_embedded_page_shows_the_stage_only(page: Page) -> None:
    stage = StagePage(page).open("/?embed=true&surface=booth&steps=40&run=adam:lr=0.5")
    expect(page.get_by_test_id("picker")).to_have_count(0)
    expect(page.get_by_test_id("panel")).to_have_count(0)
    assert "embed=true" in page.url
    page.mouse.click(*stage.pixel(4.0, 4.0))
    page.wait_for_url(re.compile("embed=true"))
    stage.arrived()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    stage = StagePage(page).open("/")
    stage.finish()
    results = Axe().run(page)
    grave = [found for found in results.response["violations"] if found["impact"] in ("serious", "critical")]
    ours = [found for found in grave if any("stHeader" not in str(node["target"]) for node in found["nodes"])]
    assert not ours, results.generate_report()


@pytest.mark.parametrize("size", [(390, 844), (1366, 768), (1920, 1080)], ids=["phone", "laptop", "projector"])
def test_the_page_fits_the_screen(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    stage = StagePage(page).open("/?surface=hump&steps=60&run=sgd:lr=0.05&run=momentum&run=rmsprop&run=adam:lr=0.3")
    stage.finish()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    inside = """() => {
        const root = document.querySelector('.mradam-stage').getBoundingClientRect();
        const parts = [...document.querySelectorAll('.mradam-stage :is(.map, .transport > *, .curve, .card)')];
        return parts.map((part) => [part.className, part.getBoundingClientRect()])
            .filter(([, box]) => box.left < root.left - 1 || box.right > root.right + 1).map(([name]) => name);
    }"""
    assert page.evaluate(inside) == []
    if size[0] >= 1366:
        bottom = page.evaluate("() => document.querySelector('.mradam-stage .curve').getBoundingClientRect().bottom")
        assert bottom <= size[1], "map, transport and loss curve are seen at once"


# What is found on the first line of the page, of the page's content: the strip alone; and the strip's colors.
THROUGH = """() => {
    const main = document.querySelector('.stMain').getBoundingClientRect();
    const seen = new Set();
    for (let x = main.left + 18; x < main.right - 20; x += 7) {
        for (let y = 2; y < 48; y += 5) {
            const found = document.elementFromPoint(x, y);
            const isNames = found.closest('.stAppHeader, .st-key-phone-pages') !== null;
            if (!isNames && !found.matches('.stMainBlockContainer')) seen.add(found.className);
        }
    }
    const color = (place, part) => getComputedStyle(document.querySelector(place), part).backgroundColor;
    const strip = innerWidth > 760 ? color('.stMainBlockContainer', '::before') : color('.stAppHeader');
    return { seen: [...seen], strip, page: color('.stApp') };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/?surface=hump&inside=1", "/lessons"], ids=["playground", "lesson"])
@pytest.mark.parametrize("size", [(390, 844), (1366, 768)], ids=["phone", "laptop"])
def test_no_text_shows_behind_the_names_of_the_pages(page: Page, size: tuple[int, int], path: str, scheme: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    stage = StagePage(page)
    page.goto(path)
    expect(stage.stage.locator(".ground[data-drawn]")).to_be_attached()
    first = page.locator("h1, .mradam-row a").first
    box = first.bounding_box()
    assert box is not None
    on_top = "([x, y]) => document.elementFromPoint(x, y).closest('h1, .mradam-row a') !== null"
    assert page.evaluate(on_top, [box["x"] + 12, box["y"] + box["height"] / 2]), "what stands there from the first"
    page.wait_for_function(
        """() => {
            const main = document.querySelector('.stMain');
            main.scrollTo(0, 150);
            return main.scrollTop === 150;
        }"""
    )
    found = page.evaluate(THROUGH)
    assert found["seen"] == []
    assert found["strip"] == found["page"]


def test_a_change_of_theme_or_size_repaints(page: Page) -> None:
    stage = StagePage(page).open("/?surface=hump&steps=60&run=adam:lr=0.3")
    ground = "() => document.querySelector('.ground')._fullLayout.paper_bgcolor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"before => ({ground})() !== before", arg=light)
    page.set_viewport_size({"width": 900, "height": 700})
    page.wait_for_function(
        "() => document.querySelector('.ground')._fullLayout.width === document.querySelector('.map').clientWidth"
    )
    page.mouse.click(*stage.pixel(1.0, 0.0))
    stage.arrived()
    assert abs(stage.scenario.start[0] - 1.0) < 0.02
    stage.finish()


def test_the_playground_works_by_keyboard_alone(page: Page) -> None:
    """Reach the start with Tab, move it, play, and read the result, without a mouse."""
    stage = StagePage(page).open("/?surface=hump&steps=60&run=adam:lr=0.3")
    stage.finish()
    before = stage.scenario

    def tab_to(selector: str) -> None:
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"Tab does not reach {selector}")

    page.evaluate("() => document.activeElement.blur()")
    tab_to("[data-testid=picker] input")
    page.keyboard.press("ArrowRight")
    expect(stage.stage).not_to_have_attribute("data-scenario", format_link(before))
    stage.arrived()
    picked = stage.scenario
    tab_to("[data-testid=panel] input[type=range]")
    page.keyboard.press("ArrowRight")
    expect(stage.stage).not_to_have_attribute("data-scenario", format_link(picked))
    tab_to(".mradam-stage .handle")
    slid = stage.scenario
    page.keyboard.press("ArrowUp")
    expect(stage.stage).not_to_have_attribute("data-scenario", format_link(slid))
    tab_to(".mradam-stage .play")
    page.keyboard.press("End")
    expect(stage.stage).to_have_attribute("data-state", "finished")
    expect(stage.stage.get_by_role("status")).not_to_be_empty()


def test_the_page_works_after_a_restart_of_the_server(page: Page, tmp_path: Path) -> None:
    """The page reconnects without the visitor and keeps its settings, and its buttons work."""
    running = Server(tmp_path / "server.log")
    running.start()
    try:
        stage = StagePage(page).open(f"{running.url}/?surface=hump&steps=60&run=adam:lr=0.3")
        page.mouse.click(*stage.pixel(1.0, 1.0))
        page.wait_for_url(lambda url: "start=-3.7" not in url)
        moved = stage.scenario
        running.stop()
        expect(stage.stage).to_have_attribute("data-line", "down")
        running.start()
        expect(stage.stage).to_have_attribute("data-line", "up")
        stage.arrived()
        assert stage.scenario == moved
        preset = next(preset for preset in SURFACES["hump"].presets if preset.key == "glacial")
        page.get_by_role("button", name=preset.label, exact=True).click()
        expect(stage.stage).to_have_attribute("data-scenario", format_link(preset_scenario("hump", preset.link)))
        stage.arrived()
    finally:
        page.close()  # a page whose server ends writes to the console that it looks for it
        running.stop()


def test_the_app_works_under_a_base_path(page: Page, tmp_path: Path) -> None:
    """Streamlit prefixes its own routes; assets and stream are ours."""
    running = Server(tmp_path / "server.log", base="/class/adam")
    running.start()
    try:
        stage = StagePage(page).open(f"{running.url}/?surface=booth&steps=40&run=adam:lr=0.5")
        page.mouse.click(*stage.pixel(4.0, 4.0))
        page.wait_for_url(re.compile(r"/class/adam/\?surface=booth&start=[34]"))
        stage.arrived()
    finally:
        running.stop()
