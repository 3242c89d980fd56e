"""Changes can be undone: undo, Back, and links that contain all that is shown, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage_page import StagePage
from trajectories.sentences import show_number

pytestmark = pytest.mark.browser
LINK = "/?surface=hump&start=-3.7,1.35&steps=40&run=sgd:lr=0.05&run=adam:lr=0.3"


def starts_at(stage: StagePage, start: tuple[float, ...]) -> None:
    """Wait until the scenario starts there."""
    text = ",".join(map(show_number, start))
    expect(stage.stage).to_have_attribute("data-scenario", re.compile(f"start={re.escape(text)}&"))


def test_edits_are_undone_and_back_returns_to_the_scenario_before_them(page: Page) -> None:
    stage = StagePage(page).open(LINK)
    places = [stage.scenario.start]
    for x, y in ((1.0, 1.0), (2.0, -1.0)):
        page.mouse.click(*stage.pixel(x, y))
        expect(stage.stage).not_to_have_attribute("data-scenario", re.compile(f"start={show_number(places[-1][0])},"))
        stage.arrived()
        places.append(stage.scenario.start)
    for key, place in (("z", 1), ("z", 0), ("Shift+z", 1), ("Shift+z", 2)):
        page.keyboard.press(f"Control+{key}")
        starts_at(stage, places[place])
    page.go_back()
    starts_at(stage, places[0])
    page.go_forward()
    starts_at(stage, places[2])


def test_hidden_runs_and_colors_are_in_the_link(page: Page) -> None:
    stage = StagePage(page).open(f"{LINK}&hidden=1&slots=4,2")
    swatches = stage.stage.locator(".card .swatch line")
    colors = [line.get_attribute("stroke") for line in swatches.all()]
    hides = stage.stage.locator(".card [aria-pressed]")
    expect(page).to_have_url(re.compile("&hidden=1&slots=4,2$"))
    page.reload()
    stage.arrived()
    assert [line.get_attribute("stroke") for line in swatches.all()] == colors
    assert len(set(colors)) == 2
    assert hides.count() > 0
    plain = StagePage(page).open(LINK)
    assert [line.get_attribute("stroke") for line in plain.stage.locator(".card .swatch line").all()] != colors
    expect(page).to_have_url(re.compile("adam:lr=0.3$"))


@pytest.mark.parametrize("stray", ["x=100%", "noise=5%", "%=%"])
def test_a_link_with_a_stray_percent_sign_opens_a_working_map(page: Page, stray: str) -> None:
    stage = StagePage(page).open(f"{LINK}&{stray}")
    expect(page).to_have_url(re.compile("adam:lr=0.3$"))
    page.mouse.click(*stage.pixel(1.0, 1.0))
    stage.arrived()
