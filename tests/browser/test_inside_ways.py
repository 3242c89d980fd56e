"""The inside of a step is a place in the browser's history, and stays right whatever happens to its run."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.step_page import READ, StepPage, assert_adds_up
from trajectories import simulate

pytestmark = pytest.mark.browser
LINK = "/?surface=hump&start=-3.7,1.35&steps=40&run=sgd:lr=0.05&run=adam:lr=0.3"


@pytest.fixture
def opened(page: Page) -> StepPage:
    """A page on which the key has opened the inside of the first run."""
    step_page = StepPage(page)
    step_page.open(LINK)
    step_page.finish()
    step_page.stage.press("i")
    expect(page).to_have_url(re.compile("&inside=1$"))
    step_page.arrived()
    return step_page


def test_back_closes_the_inside_and_forward_opens_it_again(opened: StepPage) -> None:
    page, panel = opened.page, opened.panel
    opened.seek(9)
    opened.stage.press(".")
    opened.choose_run(1)
    expect(page).to_have_url(re.compile("&inside=2$"))
    page.go_back()
    expect(panel).to_be_hidden()
    expect(page).not_to_have_url(re.compile("inside"))
    opened.arrived()
    expect(opened.stage).to_have_attribute("data-step", "9")
    page.go_forward()
    expect(panel.get_by_role("heading")).to_contain_text("Adam")
    opened.inside(10)
    opened.stage.press("Escape")
    expect(panel).to_be_hidden()
    page.go_back()
    expect(panel).to_be_visible()


def test_edits_with_an_open_inside_make_one_history_entry(opened: StepPage) -> None:
    page = opened.page
    start = opened.stage.get_attribute("data-scenario") or ""
    for x, y in ((1.0, 1.0), (2.0, -1.0)):
        before = opened.stage.get_attribute("data-scenario") or ""
        page.mouse.click(*opened.pixel(x, y))
        expect(opened.stage).not_to_have_attribute("data-scenario", before)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(opened.stage).to_have_attribute("data-scenario", start)
    expect(opened.panel).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("&inside=1$"))
    expect(opened.panel).to_be_visible()
    page.go_back()
    expect(opened.panel).to_be_hidden()


def test_the_run_of_the_inside_may_be_hidden_or_removed(opened: StepPage) -> None:
    page, panel = opened.page, opened.panel
    opened.choose_run(1)
    opened.stage.get_by_role("button", name="Adam", exact=True).click()
    expect(panel).to_be_hidden()
    page.keyboard.press("Control+z")
    expect(panel.get_by_role("heading")).to_contain_text("Adam")
    opened.arrived()
    page.get_by_test_id("panel").get_by_role("button", name=re.compile("^Remove")).first.click()
    expect(page).to_have_url(re.compile("inside=1"))  # the second run is now the first
    opened.arrived()
    opened.seek(9)
    opened.inside(10)
    assert_adds_up(page.evaluate(READ), simulate(opened.scenario, parts=True)[0], 10)
    page.keyboard.press("Control+z")
    opened.arrived()
    page.get_by_test_id("panel").get_by_role("button", name=re.compile("^Remove")).last.click()
    expect(panel).to_be_hidden()
    page.keyboard.press("Control+z")
    expect(panel.get_by_role("heading")).to_contain_text("Adam")
    opened.arrived()
    opened.seek(9)
    opened.inside(10)
    assert_adds_up(page.evaluate(READ), simulate(opened.scenario, parts=True)[1], 10)


def test_a_drag_while_a_walk_is_played_shows_the_new_one_at_the_same_playhead(page: Page) -> None:
    stage = StepPage(page)
    stage.open(LINK)
    stage.finish()
    first = stage.stage.locator(".card .outcome").first
    expect(first).not_to_be_empty()
    page.get_by_role("combobox", name="Speed").select_option("0.1")
    stage.seek(0)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => Number(document.querySelector('[data-testid=stage]').dataset.step) >= 3")
    page.mouse.move(*stage.pixel(-1.0, 1.0))
    page.mouse.down()
    page.mouse.move(*stage.pixel(0.5, -0.5), steps=4)
    stage.arrived()
    held = stage.step()
    walks = simulate(stage.scenario)
    page.wait_for_function(
        "x => document.querySelector('.mradam-stage .card dd').title.startsWith(x)",
        arg=repr(float(walks[0].positions[held, 0])).replace("-", "\u2212"),
    )
    assert stage.step() == held, "the playhead stands still"
    expect(stage.stage).to_have_attribute("data-state", "playing")
    expect(first).to_be_empty()
    page.mouse.up()
    page.wait_for_function(
        "held => Number(document.querySelector('[data-testid=stage]').dataset.step) > held", arg=held
    )
    expect(stage.stage).to_have_attribute("data-state", "playing")
