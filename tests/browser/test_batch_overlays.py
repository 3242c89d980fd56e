"""The examples of a step on the map, and the present batch in the picture of the model."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage_page import StagePage
from trajectories import simulate
from trajectories.example_step import batch_of, examine

LINK = "/?surface=cars_standardized&start=5,10&steps=40&batch=8&seed=3&run=sgd:lr=0.05&run=adam:lr=0.5"
SVG = "{http://www.w3.org/2000/svg}"
CIRCLE = re.compile(r"M(\S+) (\S+)A(\S+) \S+ 0 1 1 (\S+) \S+?A")
STEP = 3


@pytest.fixture
def stage(page: Page) -> StagePage:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open(LINK)
    stage.finish()
    go_to(stage, STEP)
    stage.switch("batch").click()
    return stage


def go_to(stage: StagePage, step: int) -> None:
    scrubber = stage.stage.locator(".scrubber")
    scrubber.press("Home")
    for _ in range(step):
        scrubber.press("ArrowRight")
    expect(stage.stage).to_have_attribute("data-step", str(step))


def note(stage: StagePage) -> Locator:
    return stage.stage.locator(".batch-switches p")


def switch(stage: StagePage, name: str) -> Locator:
    return stage.stage.locator(f"[data-overlay={name}]")


def saved(stage: StagePage, folder: Path) -> list[ET.Element]:
    """The paths of a saved picture."""
    with stage.page.expect_download() as download:
        stage.stage.locator("[data-tool=svg]").click()
    download.value.save_as(folder / "picture.svg")
    return list(ET.parse(folder / "picture.svg").iter(f"{SVG}path"))


def thin_arrows(paths: list[ET.Element]) -> list[tuple[float, float]]:
    """The arrows of the single examples, in pixels: each is a line with two more for its head."""
    found = []
    for path in paths:
        lines = re.findall(r"M(\S+) (\S+)L(\S+) (\S+?)(?=M|$)", path.get("d") or "")
        if path.get("opacity") == "0.75" and len(lines) == 3:
            x1, y1, x2, y2 = map(float, lines[0])
            found.append((x2 - x1, y2 - y1))
    return found


def test_the_arrows_of_the_examples_have_one_multiple_and_follow_the_playhead(stage: StagePage, tmp_path: Path) -> None:
    expect(note(stage)).to_be_empty()
    assert thin_arrows(saved(stage, tmp_path)) == []
    switch(stage, "gradients").click()
    for step in (STEP, STEP + 1):
        go_to(stage, step)
        expect(note(stage)).not_to_be_empty()
        arrows = thin_arrows(saved(stage, tmp_path))
        gradients = examine(stage.scenario, 0, step).gradients
        assert len(arrows) == len(gradients) == 8
        # One unit of x has as many pixels in every arrow, and one unit of y; pixels of y grow downward.
        for axis, sign in ((0, 1), (1, -1)):
            longest = max(range(8), key=lambda at: abs(gradients[at][axis]))
            per_unit = sign * arrows[longest][axis] / gradients[longest][axis]
            assert per_unit > 0
            for arrow, gradient in zip(arrows, gradients, strict=True):
                assert sign * arrow[axis] == pytest.approx(per_unit * gradient[axis], abs=0.2)
    switch(stage, "gradients").click()
    expect(note(stage)).to_be_empty()
    assert thin_arrows(saved(stage, tmp_path)) == []


def test_the_playback_stays_in_its_place_when_the_switches_and_their_note_appear(stage: StagePage) -> None:
    play = stage.stage.locator("[data-do=toggle]")
    opened = play.bounding_box()
    switch(stage, "gradients").click()
    expect(note(stage)).not_to_be_empty()
    assert play.bounding_box() == opened
    stage.switch("batch").click()
    expect(switch(stage, "gradients")).to_be_hidden()
    assert play.bounding_box() == opened


def test_the_loss_of_the_batch_and_the_ends_with_other_batches_are_drawn_on_demand(
    stage: StagePage, tmp_path: Path
) -> None:
    before = len(saved(stage, tmp_path))
    told = ""
    for name in ("losses", "landings"):
        switch(stage, name).click()
        expect(switch(stage, name)).to_have_attribute("aria-pressed", "true")
        expect(note(stage)).not_to_have_text(told)
        told = note(stage).inner_text()
        after = len(saved(stage, tmp_path))
        assert after > before
        before = after


def test_nothing_is_drawn_for_a_walk_that_has_changed_until_its_own_answer_is_there(stage: StagePage) -> None:
    switch(stage, "landings").click()
    expect(note(stage)).not_to_be_empty()
    stage.switch("batch").click()
    mouse = stage.page.mouse
    mouse.move(*stage.pixel(5, 10))
    mouse.down()
    mouse.move(*stage.pixel(20, 30), steps=3)
    expect(note(stage)).to_be_empty()  # the mouse is still pressed
    mouse.up()
    stage.arrived()
    expect(note(stage)).not_to_be_empty()


def test_a_dragged_data_point_removes_the_gradients_and_its_new_data_give_new_ones(
    stage: StagePage, tmp_path: Path
) -> None:
    switch(stage, "gradients").click()
    expect(note(stage)).not_to_be_empty()
    ring, mouse = stage.stage.locator(".example"), stage.page.mouse
    ring.focus()
    stage.page.keyboard.press("PageUp")
    expect(ring).to_have_attribute("aria-label", re.compile("50"))
    box = ring.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x - 20, y + 60, steps=4)
    expect(stage.stage).to_have_attribute("data-scenario", re.compile("point=50:"))
    expect(note(stage)).to_be_empty()  # the mouse is still pressed
    mouse.up()
    expect(note(stage)).not_to_be_empty()
    edited = stage.scenario
    assert [point.example for point in edited.points] == [50]
    step = int(stage.stage.get_attribute("data-step") or "")
    gradients = examine(edited, 0, step).gradients
    arrows = thin_arrows(saved(stage, tmp_path))
    assert len(arrows) == len(gradients)
    longest = max(range(len(gradients)), key=lambda at: abs(gradients[at][1]))
    per_unit = arrows[longest][1] / gradients[longest][1]
    for (_, down), (_, slope) in zip(arrows, gradients, strict=True):
        assert down == pytest.approx(per_unit * slope, abs=0.2)


@pytest.mark.parametrize("size", [(390, 844), (1366, 768)], ids=["phone", "laptop"])
def test_the_switches_cover_nothing_of_the_map_or_of_the_model(stage: StagePage, size: tuple[int, int]) -> None:
    stage.page.set_viewport_size({"width": size[0], "height": size[1]})
    for name in ("gradients", "losses", "landings"):
        switch(stage, name).click()
    expect(note(stage)).not_to_be_empty()
    [group, *others] = [
        stage.stage.locator(part).bounding_box() for part in (".batch-switches", ".map", ".model", ".data-tools")
    ]
    assert group is not None
    assert group["x"] + group["width"] <= size[0]
    for other in others:
        assert other is not None
        below, above = other["y"] + other["height"] <= group["y"], group["y"] + group["height"] <= other["y"]
        assert below or above


def test_a_surface_without_data_has_no_switches_also_where_they_were_open(stage: StagePage) -> None:
    expect(switch(stage, "gradients")).to_be_visible()
    stage.page.get_by_test_id("picker").locator("input[value=hump]").check(force=True)
    stage.arrived()
    expect(stage.switch("batch")).to_be_hidden()
    expect(switch(stage, "gradients")).to_be_hidden()


def test_the_examples_of_the_present_batch_have_rings(stage: StagePage, tmp_path: Path) -> None:
    for step in (STEP, STEP + 3):
        go_to(stage, step)
        found = []  # whether it is filled, its radius, its middle
        for path in saved(stage, tmp_path):
            if (match := CIRCLE.match(path.get("d") or "")) is not None:
                right, y, radius, left = map(float, match.groups())
                found.append((path.get("fill") != "none", radius, (right + left) / 2, y))
        sizes = Counter((filled, radius) for filled, radius, _, _ in found)
        batch = batch_of(stage.scenario, step)
        # The marks of the 50 examples are drawn in the order of the data, and each ring is stroked twice.
        examples, rings = (
            [(x, y) for is_filled, radius, x, y in found if is_filled is filled and sizes[filled, radius] == count]
            for filled, count in ((True, 50), (False, 2 * len(batch)))
        )
        assert (len(examples), len(rings)) == (50, 2 * len(batch))
        for ring, example in zip(rings, [*batch, *batch], strict=True):
            assert ring == pytest.approx(examples[example], abs=0.02)


def test_a_switch_hides_the_losses_of_the_batches_on_the_curve(stage: StagePage) -> None:
    button, curve = stage.stage.locator(".thin-curve"), stage.stage.locator(".curve canvas")
    picture_of = "(canvas) => canvas.toDataURL()"
    before, told = curve.evaluate(picture_of), curve.get_attribute("aria-description") or ""
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(curve).not_to_have_attribute("aria-description", told)
    assert curve.evaluate(picture_of) != before
    button.click()
    expect(curve).to_have_attribute("aria-description", told)


def test_without_data_there_are_no_switches_and_without_batches_the_examples_can_be_shown(page: Page) -> None:
    stage = StagePage(page).open("/?surface=hump&steps=20&run=sgd")
    expect(stage.switch("batch")).to_be_hidden()
    expect(stage.stage.locator(".thin-curve")).to_be_hidden()
    stage.open("/?surface=hubble&steps=20&run=sgd")
    expect(stage.stage.locator(".thin-curve")).to_be_hidden()
    stage.finish()
    stage.switch("batch").click()
    switch(stage, "gradients").click()
    expect(note(stage)).to_contain_text(str(len(examine(stage.scenario, 0, 0).batch)))
    assert simulate(stage.scenario)[0].outcome.kind
