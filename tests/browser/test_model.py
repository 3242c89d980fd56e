"""The picture of the model beside the map: it shows the weights at the playhead, and can be switched off."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Locator, Page, expect

from charts.theme import LIGHT
from surfaces import SURFACES
from tests.browser.lesson_page import LessonPage
from tests.browser.stage_page import StagePage
from trajectories import simulate

LINK = "/?surface=cars_raw&start=30,7&steps=60&run=sgd:lr=0.003&run=adam:lr=1"
MODEL = SURFACES["cars_raw"].landscape.model
SVG = "{http://www.w3.org/2000/svg}"
TITLES = {"speed (miles per hour)", "stopping distance (feet)"}


@pytest.fixture
def stage(page: Page) -> StagePage:
    page.emulate_media(reduced_motion="reduce")
    return StagePage(page).open(LINK)


def picture(stage: StagePage) -> Locator:
    return stage.stage.locator(".model canvas")


def drawn_weights(stage: StagePage) -> list[tuple[float, ...]]:
    """What the description says of each run: its predictions at the least and at the greatest speed."""
    text = (picture(stage).get_attribute("aria-description") or "").replace("−", "-")
    found = re.findall(r"predicts (\S+) at speed \S+, (\S+) at speed", text)
    return [tuple(map(float, pair)) for pair in found]


def predicted(stage: StagePage, step: int) -> list[tuple[float, ...]]:
    """What torch predicts there, with the weights of the same walk."""
    assert MODEL is not None
    speeds = torch.tensor([[4.0, 25.0]], dtype=torch.float64)
    return [
        tuple(MODEL.predict(*torch.tensor(run.positions[step])[:, None], speeds).tolist())
        for run in simulate(stage.scenario)
    ]


def agree(stage: StagePage, step: int) -> bool:
    """Whether the description says what torch predicts, to the digits that it shows."""
    pairs = zip(drawn_weights(stage), predicted(stage, step), strict=False)
    return len(drawn_weights(stage)) == 2 and all(pair[0] == pytest.approx(pair[1], rel=2e-3) for pair in pairs)


def rows(stage: StagePage, color: str) -> list[int]:
    """The rows of the canvas that have a color in the column of its middle."""
    return list(
        picture(stage).evaluate(
            """(canvas, color) => {
                const { height, width } = canvas;
                const column = new OffscreenCanvas(1, height).getContext("2d", { willReadFrequently: true });
                column.drawImage(canvas, -(width >> 1), 0);
                const { data } = column.getImageData(0, 0, 1, height);
                const wanted = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
                const rows = [...Array(height).keys()];
                return rows.filter((row) => wanted.every((part, at) => Math.abs(data[4 * row + at] - part) < 24));
            }""",
            color,
        )
    )


def test_the_curve_moves_with_the_playhead(stage: StagePage) -> None:
    stage.finish()
    assert agree(stage, 60)
    end = rows(stage, LIGHT.trails[0].color)
    scrubber = stage.stage.locator(".scrubber")
    scrubber.press("Home")
    expect(stage.stage).to_have_attribute("data-step", "0")
    assert agree(stage, 0)
    for _ in range(3):
        scrubber.press("ArrowRight")
    expect(stage.stage).to_have_attribute("data-step", "3")
    assert agree(stage, 3)
    assert end
    assert rows(stage, LIGHT.trails[0].color) != end


def test_while_the_start_is_dragged_the_curves_are_those_of_the_start(stage: StagePage) -> None:
    stage.finish()
    ends = rows(stage, LIGHT.trails[1].color)
    mouse = stage.page.mouse
    mouse.move(*stage.pixel(30, 7))
    mouse.down()
    mouse.move(*stage.pixel(0, 5), steps=4)
    # The mouse is still pressed: these are the numbers of a walk during the gesture.
    expect(stage.stage).to_have_attribute("data-scenario", re.compile(r"start=-?0(\.\d+)?,(4\.9\d*|5(\.0\d*)?)&"))
    expect(stage.stage).not_to_have_attribute("data-pending", "")
    expect(stage.stage).to_have_attribute("data-received", "60")
    assert agree(stage, 0)
    starts = rows(stage, LIGHT.trails[1].color)
    assert starts
    assert starts != ends
    mouse.up()
    stage.arrived()
    expect(stage.stage).to_have_attribute("data-state", "finished")
    assert agree(stage, 60)
    assert rows(stage, LIGHT.trails[1].color) != starts
    stage.stage.locator(".scrubber").press("Home")
    expect(stage.stage).to_have_attribute("data-step", "0")
    assert rows(stage, LIGHT.trails[1].color) == starts


def test_a_switch_hides_it_and_the_link_keeps_that(stage: StagePage) -> None:
    page, switch, model = stage.page, stage.switch("model"), stage.stage.locator(".model")
    expect(switch).to_have_attribute("aria-pressed", "true")
    narrow = stage.stage.locator(".map").bounding_box()
    switch.click()
    expect(model).to_be_hidden()
    assert "model=off" in page.url
    wide = stage.stage.locator(".map").bounding_box()
    assert narrow is not None
    assert wide is not None
    assert wide["width"] > 1.4 * narrow["width"]
    page.reload()
    stage.arrived()
    expect(model).to_be_hidden()
    expect(switch).to_have_attribute("aria-pressed", "false")
    stage.switch("model").click()
    expect(model).to_be_visible()
    assert "model=off" not in page.url


def test_a_surface_without_data_has_neither_picture_nor_switch(page: Page) -> None:
    stage = StagePage(page).open("/?surface=hump&steps=20&run=sgd")
    expect(stage.switch("model")).to_be_hidden()
    expect(stage.stage.locator(".model")).to_be_hidden()


def test_a_hidden_run_has_no_curve(stage: StagePage) -> None:
    stage.finish()
    color = LIGHT.trails[0].color
    assert rows(stage, color)
    stage.stage.locator(".card .name").first.click()
    stage.arrived()
    stage.finish()
    assert rows(stage, color) == []
    assert len(drawn_weights(stage)) == 1


def test_residuals_are_drawn_on_demand(stage: StagePage) -> None:
    stage.finish()
    switch = stage.stage.locator(".residuals")
    picture_of = "(canvas) => canvas.toDataURL()"
    before = picture(stage).evaluate(picture_of)
    for pressed, same in (("true", False), ("false", True)):
        switch.click()
        expect(switch).to_have_attribute("aria-pressed", pressed)
        stage.page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        assert (picture(stage).evaluate(picture_of) == before) is same


@pytest.mark.parametrize(("size", "beside"), [((1366, 768), True), ((1920, 1080), True), ((390, 844), False)])
def test_it_is_beside_the_map_and_on_a_phone_below_it(page: Page, size: tuple[int, int], beside: bool) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    stage = StagePage(page).open(LINK)
    places = [stage.stage.locator(part).bounding_box() for part in (".map", ".model")]
    (ground, model) = (place for place in places if place is not None)
    if beside:
        assert model["x"] >= ground["x"] + ground["width"]
        assert (model["y"], model["height"]) == (ground["y"], ground["height"])
        assert ground["width"] > model["width"] >= 240
    else:
        assert model["y"] >= ground["y"] + ground["height"]
        assert model["width"] == ground["width"]
    assert model["x"] + model["width"] <= size[0]


@pytest.mark.parametrize("shown", [True, False])
def test_a_saved_picture_has_it_if_it_is_on(page: Page, tmp_path: Path, shown: bool) -> None:
    stage = StagePage(page).open(LINK + ("" if shown else "&model=off"))
    stage.finish()
    with page.expect_download() as download:
        stage.stage.locator("[data-tool=svg]").click()
    download.value.save_as(tmp_path / "picture.svg")
    texts = {"".join(text.itertext()) for text in ET.parse(tmp_path / "picture.svg").iter(f"{SVG}text")}
    assert "intercept (feet)" in texts
    assert texts >= TITLES if shown else not texts & TITLES


def test_before_the_answer_to_a_question_there_are_no_residuals_to_show(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    lesson = LessonPage(page).open_lesson("data")
    button = lesson.stage.locator(".residuals")
    expect(lesson.stage.locator(".model canvas")).to_be_visible()
    expect(button).to_be_hidden()
    lesson.skip()
    expect(button).to_be_visible()
