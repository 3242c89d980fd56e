"""Examples are dragged in the picture of the model: the map and the paths follow; and a table is pasted."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from components.own_data import TITLE, USE
from surfaces import SURFACES
from tests.browser.stage_page import StagePage
from trajectories import Scenario, simulate
from trajectories.minima import minima_of

LINK = "/?surface=cars_standardized&start=80,45&steps=60&run=sgd:lr=0.1&run=adam:lr=3"
MODEL = SURFACES["cars_standardized"].landscape.model


@pytest.fixture
def stage(page: Page) -> StagePage:
    page.emulate_media(reduced_motion="reduce")
    return StagePage(page).open(LINK)


def ring(stage: StagePage) -> Locator:
    return stage.stage.locator(".example")


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def choose_last(stage: StagePage) -> tuple[float, float]:
    """Select the last example by the keyboard; returns its place on the screen."""
    ring(stage).focus()
    stage.page.keyboard.press("PageUp")
    expect(ring(stage)).to_have_attribute("aria-label", re.compile("Example 50 of 50"))
    return middle(ring(stage))


def settled(stage: StagePage) -> Scenario:
    """The scenario, once the walk of its last edit has arrived with its outcomes."""
    expect(stage.stage).to_have_attribute("data-state", "finished")
    expect(stage.stage.locator(".card .outcome").first).not_to_be_empty()
    return stage.scenario


def agrees(stage: StagePage) -> None:
    """The last positions on the cards are those of Python's walk of the scenario in the link."""
    ends = [tuple(run.positions[-1]) for run in simulate(stage.scenario)]
    found = [tuple(position) for position in stage.shown(0)]
    assert [pytest.approx(end, rel=1e-9) for end in ends] == found


def tones(stage: StagePage) -> list[float]:
    """Some of the tones that Plotly has drawn."""
    return list(
        stage.page.evaluate(
            """() => {
                const { z } = document.querySelector('.ground')._fullData[0];
                return [0, 70, 149].flatMap((row) => [0, 110, 239].map((column) => z[row][column]));
            }"""
        )
    )


def test_a_dragged_example_changes_the_map_and_the_paths(stage: StagePage) -> None:
    stage.finish()
    before, colors = stage.shown(0), tones(stage)
    x, y = choose_last(stage)
    mouse = stage.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x - 20, y + 60, steps=4)
    expect(stage.stage.locator(".sketch")).to_be_visible()
    expect(stage.stage).to_have_attribute("data-scenario", re.compile("point=50:"))
    mouse.move(x - 40, y + 120, steps=4)
    mouse.up()
    edited = settled(stage)
    assert [point.example for point in edited.points] == [50]
    expect(stage.stage.locator(".sketch")).to_be_hidden()
    assert tones(stage) != colors
    assert stage.shown(0) != before
    agrees(stage)
    expect(stage.page).to_have_url(re.compile("point=50:"))
    (minimum,) = minima_of(edited.landscape)
    px, py = stage.pixel(minimum.x, minimum.y)
    box = stage.stage.locator(".map").bounding_box()
    assert box is not None
    assert box["x"] < px < box["x"] + box["width"]
    assert box["y"] < py < box["y"] + box["height"]
    stage.page.keyboard.press("Control+z")
    expect(stage.stage).not_to_have_attribute("data-scenario", re.compile("point="))
    settled(stage)
    assert stage.shown(0) == before
    stage.page.wait_for_function(
        "(tones) => JSON.stringify([0, 70, 149].flatMap((row) => [0, 110, 239].map((column) => "
        "document.querySelector('.ground')._fullData[0].z[row][column]))) === JSON.stringify(tones)",
        arg=colors,
    )


def test_plotly_draws_the_map_once_after_a_drag_and_never_during_it(stage: StagePage) -> None:
    """It needs a tenth of a second: the map of a dragged example is painted by the sketch."""
    stage.finish()
    page = stage.page
    x, y = choose_last(stage)
    page.evaluate(
        """() => {
            window.tones = [];
            const ground = document.querySelector('.ground');
            new MutationObserver(() => {
                if (window.tones.at(-1) !== ground._fullData[0].z) window.tones.push(ground._fullData[0].z);
            }).observe(ground, { subtree: true, childList: true });
        }"""
    )
    page.mouse.move(x, y)
    page.mouse.down()
    for down in (40, 80, 120):
        before = stage.stage.get_attribute("data-scenario")
        assert before is not None
        page.mouse.move(x - 20, y + down)
        expect(stage.stage).not_to_have_attribute("data-scenario", before)
        expect(stage.stage).not_to_have_attribute("data-pending", "")
        expect(stage.stage.locator(".ground")).to_have_attribute("data-live", "")
    assert page.evaluate("window.tones.length") == 0
    page.mouse.up()
    settled(stage)
    expect(stage.stage.locator(".sketch")).to_be_hidden()
    assert page.evaluate("window.tones.length") == 1


def test_the_link_of_edited_data_gives_the_same_picture(stage: StagePage) -> None:
    stage.open(f"{LINK}&point=50:21.4,7.92&point=3:out&point=new:20,30")
    stage.finish()
    edited = settled(stage)
    assert len(edited.points) == 3
    agrees(stage)
    expect(stage.page.get_by_text("50 examples, edited")).to_be_visible()


def test_examples_are_added_moved_and_removed_by_the_keyboard(stage: StagePage) -> None:
    stage.stage.get_by_role("button", name="add a point").press("Enter")
    expect(ring(stage)).to_have_attribute("aria-label", re.compile("Example 51 of 51"))
    (added,) = stage.scenario.points
    assert added.values is not None
    stage.page.keyboard.press("ArrowRight")
    expect(stage.stage).not_to_have_attribute("data-scenario", re.compile(re.escape(",".join(map(str, added.values)))))
    (moved,) = stage.scenario.points
    assert moved.values is not None
    assert moved.values[0] > added.values[0]
    assert moved.values[1] == pytest.approx(added.values[1], rel=0.05)
    stage.page.keyboard.press("Delete")
    expect(ring(stage)).to_have_attribute("aria-label", re.compile("Example 50 of 50"))
    assert stage.scenario.points == ()
    stage.page.keyboard.press("Delete")
    expect(ring(stage)).to_have_attribute("aria-label", re.compile("Example 49 of 49"))
    assert [(point.example, point.values) for point in stage.scenario.points] == [(50, None)]
    stage.stage.get_by_role("button", name="reset the data").click()
    expect(stage.stage).not_to_have_attribute("data-scenario", re.compile("point="))
    expect(stage.stage.get_by_role("button", name="reset the data")).to_be_hidden()


def test_a_double_click_adds_an_example(stage: StagePage) -> None:
    x, y = middle(stage.stage.locator(".model canvas"))
    stage.page.mouse.dblclick(x - 60, y - 90)
    expect(stage.stage).to_have_attribute("data-scenario", re.compile("point=new:"))


def test_a_pasted_table_is_used_or_gets_sentences(stage: StagePage) -> None:
    page = stage.page
    page.get_by_text(TITLE).click()
    area = page.get_by_role("textbox", name=re.compile("Paste a table"))
    area.fill("speed;distance\n1;x\n2;=1+1")
    page.get_by_role("button", name=USE).click()
    errors = page.get_by_test_id("stAlert")
    expect(errors).to_have_count(2)
    expect(errors.first).to_contain_text("Line 2")
    expect(stage.stage).not_to_have_attribute("data-scenario", re.compile("table="))
    area.fill("speed;distance\n4,5;2\n7;12,25\n9;20\n")
    page.get_by_role("button", name=USE).click()
    expect(stage.stage).to_have_attribute("data-scenario", re.compile("table="))
    assert stage.scenario.table == ((4.5, 2.0), (7.0, 12.25), (9.0, 20.0))
    stage.finish()
    settled(stage)
    agrees(stage)
    expect(page.get_by_text("your own, 3 examples")).to_be_visible()
    expect(errors).to_have_count(0)


def test_a_link_that_cannot_carry_the_data_says_so(stage: StagePage) -> None:
    page = stage.page
    page.get_by_text(TITLE).click()
    rows = [(n / 7, n / 3) for n in range(1, 101)]
    page.get_by_role("textbox", name=re.compile("Paste a table")).fill("\n".join(f"{x},{y}" for x, y in rows))
    page.get_by_role("button", name=USE).click()
    expect(stage.stage.locator(".data-note")).not_to_be_empty()
    expect(ring(stage)).to_have_attribute("aria-label", re.compile("of 100"))
    expect(page).not_to_have_url(re.compile("table="))


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_no_button_of_the_data_moves_when_another_one_appears(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open("/?surface=two_moons&steps=20&run=sgd:lr=0.1")
    button = {name: stage.stage.locator(f"[data-data={name}]") for name in ("add", "remove", "reset", "class")}
    button["add"].click()
    for each in button.values():
        expect(each).to_be_visible()
    places = {name: each.bounding_box() for name, each in button.items()}
    button["remove"].click()
    button["add"].click()
    expect(button["class"]).to_be_visible()
    assert {name: each.bounding_box() for name, each in button.items()} == places
    button["reset"].click()
    expect(button["reset"]).to_be_hidden()
    assert button["add"].bounding_box() == places["add"]
