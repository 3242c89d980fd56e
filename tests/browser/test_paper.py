"""The page in print and in the colors of high contrast."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage_page import StagePage

LINK = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=adam:lr=0.3&run=momentum&run=rmsprop"
CONTROLS = (
    ".mradam-stage :is(.tools, .transport, .hint, .try, .look, .curve-choices), .stSidebar, .stAppHeader, "
    ".mradam-present, .mradam-glossary"
)
CARS = "/?surface=cars_raw&start=30,7&steps=60&run=sgd:lr=0.003&run=adam:lr=1"


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


# The longest words, the inside of a step with four runs, and a question with options.
@pytest.mark.parametrize(
    "path",
    [
        LINK,
        f"{LINK}&inside=2",
        CARS,
        f"{CARS}&batch=8",
        *(f"/lessons?lesson={key}" for key in ("update", "bias_correction", "race")),
    ],
)
def test_a_printed_scene_or_lesson_is_one_page_without_controls(page: Page, path: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(path)
    expect(page.locator(".mradam-stage .ground[data-drawn]")).to_be_attached()
    chart = page.locator(".mradam-stage .curve")
    width = chart.evaluate("(part) => part.clientWidth")
    assert [pages(page.pdf(format=paper)) for paper in ("A4", "Letter")] == [1, 1]
    page.emulate_media(media="print")
    # On paper it is scaled with the pixels that it has on the screen; a lesson's question hides it.
    assert chart.is_hidden() or round(chart.evaluate("(part) => parseFloat(getComputedStyle(part).width)")) == width
    for shown in ("h1", ".mradam-stage .map", ".mradam-stage .card >> nth=0"):
        expect(page.locator(shown)).to_be_visible()
    for control in page.locator(CONTROLS).all():
        expect(control).to_be_hidden()


def colors(part: Locator) -> set[tuple[int, int, int]]:
    """The colors in the middle row of an element's picture."""
    picture = Image.open(io.BytesIO(part.screenshot())).convert("RGB")
    row = picture.crop((0, picture.height // 2, picture.width, picture.height // 2 + 1))
    return {row.getpixel((x, 0)) for x in range(row.width)}  # type: ignore[misc]


def test_tracks_and_selections_are_visible_in_high_contrast(page: Page) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark", reduced_motion="reduce")
    stage = StagePage(page)
    stage.open("/?surface=hump")
    stage.finish()
    last = stage.step()
    stage.stage.locator("[data-do=back]").click()
    stage.stage.locator("[data-do=back]").click()
    expect(stage.stage).to_have_attribute("data-step", str(last - 2))
    # The thumb, the track on its two sides, and the canvas around it.
    scrubber = stage.stage.locator(".scrubber")
    assert len(colors(scrubber)) >= 3
    assert len(colors(page.locator(".mradam-panel input[type=range]").first)) >= 3
    # Pressed, chosen and shown elements differ from the others.
    background = "(part) => getComputedStyle(part).backgroundColor"
    loop = stage.stage.locator("[data-do=loop]")
    before = loop.evaluate(background)
    loop.click()
    expect(loop).to_have_attribute("aria-pressed", "true")
    assert loop.evaluate(background) != before
    presets = page.locator(".st-key-presets")
    chosen = presets.get_by_test_id("stBaseButton-primary").first.evaluate(background)
    assert chosen != presets.get_by_test_id("stBaseButton-secondary").first.evaluate(background)
    here = page.get_by_test_id("stTopNav").locator("a[aria-current=page]")
    inner = here.locator("span, p").last.evaluate("(part) => getComputedStyle(part).color")
    assert inner != here.evaluate(background), "the name of the present page is legible"
    surface = page.locator(".mradam-picker .surface:has(input:checked) img")
    assert surface.evaluate("(picture) => getComputedStyle(picture).outlineStyle") == "solid"
    swatch = stage.stage.locator(".card .swatch").first
    expect(swatch).to_be_visible()
    stage.stage.locator(".card .name").first.click()
    expect(stage.stage.locator(".card .swatch").first).to_be_hidden()
