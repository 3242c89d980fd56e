"""The fan of seeds on the stage: its shares are those of `seeds`, it follows the start, and a click takes a seed."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage_page import StagePage
from trajectories import Seeds, seeds

LINK = "/?surface=two_wells&start=1.1,1.5&steps=120&noise=0.8&seed=5&run=sgd:lr=0.05&run=adam:lr=0.05"
ALL = "64"


@pytest.fixture
def stage(page: Page) -> StagePage:
    page.emulate_media(reduced_motion="reduce")
    return StagePage(page).open(LINK)


def switch(stage: StagePage) -> Locator:
    return stage.switch("seeds")


def legend(stage: StagePage) -> Locator:
    return stage.stage.locator(".fan-legend")


def wait(stage: StagePage, count: str = ALL) -> None:
    """Until the fan of the present settings has arrived."""
    expect(stage.stage).to_have_attribute("data-fan", count)


def found(stage: StagePage, run: int) -> Seeds:
    """The seeds 0 to 63, in which the scenario's own lies."""
    return seeds(stage.scenario.model_copy(update={"seed": 0}), 64, run)


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def counts(of: Seeds) -> list[int]:
    return [of.arrived, 64, *([of.circled] if of.circled else [])]


def test_the_switch_shows_how_many_arrive_and_is_in_the_link(stage: StagePage) -> None:
    expect(legend(stage)).to_be_hidden()
    switch(stage).click()
    wait(stage)
    expect(stage.page).to_have_url(re.compile("seeds=64"))
    for run in (0, 1):
        expected = counts(found(stage, run))
        assert numbers(legend(stage).locator("li").nth(run).inner_text()) == expected
        assert numbers(stage.stage.locator(".card .seeds").nth(run).inner_text()) == expected
    for number in map(str, counts(found(stage, 1))):
        expect(legend(stage).locator("[role=status]")).to_contain_text(number)
    switch(stage).click()
    expect(legend(stage)).to_be_hidden()
    expect(stage.stage.locator(".card .seeds").first).to_be_empty()
    expect(stage.page).not_to_have_url(re.compile("seeds"))


def apart(stage: StagePage, of: Seeds) -> int:
    """The seed whose end is farthest from every other end on the map, but for the scenario's own."""
    ends = of.ends / np.array(stage.scenario.landscape.size)
    distances = np.hypot(*(ends[:, None] - ends[None]).transpose(2, 0, 1))
    np.fill_diagonal(distances, np.inf)
    nearest = distances.min(axis=1)
    nearest[stage.scenario.seed] = 0
    return int(nearest.argmax())


def test_a_click_on_an_end_takes_its_seed_and_back_restores(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open(f"{LINK}&seeds=64")
    wait(stage)
    expect(switch(stage)).to_have_attribute("aria-pressed", "true")
    of = found(stage, 1)
    seed = apart(stage, of)
    place = stage.pixel(*of.ends[seed].tolist())
    page.mouse.move(*place)
    expect(stage.stage.locator(".map > .tooltip div").first).to_contain_text(str(seed))
    page.mouse.click(*place)
    expect(page).to_have_url(re.compile(f"seed={seed}(&|$)"))
    assert stage.scenario.start == (1.1, 1.5)
    wait(stage)
    stage.arrived()
    stage.finish()
    assert numbers(legend(stage).locator("li").nth(1).inner_text()) == counts(of)
    expect(legend(stage).locator("select")).to_have_value(str(seed))
    page.go_back()
    expect(page).to_have_url(re.compile("seed=5&.*seeds=64"))
    expect(legend(stage).locator("select")).to_have_value("5")


def test_a_seed_of_the_list_is_taken_by_keys(stage: StagePage) -> None:
    switch(stage).click()
    wait(stage)
    listed = legend(stage).locator("select")
    assert listed.locator("option").count() == 64
    listed.focus()
    listed.press("ArrowDown")
    expect(stage.page).to_have_url(re.compile("seed=6(&|$)"))


def test_dragging_the_start_updates_the_fan_while_it_is_dragged(stage: StagePage) -> None:
    switch(stage).click()
    wait(stage)
    entry = legend(stage).locator("li").nth(1)
    before = entry.inner_text()
    mouse = stage.page.mouse
    mouse.move(*stage.pixel(1.1, 1.5))
    mouse.down()
    mouse.move(*stage.pixel(-1.5, 1.5), steps=8)
    expect(entry).not_to_have_text(before)  # the mouse is still pressed
    mouse.up()
    wait(stage)
    assert numbers(entry.inner_text()) == counts(found(stage, 1))


def test_without_chance_the_legend_says_why_there_is_no_fan(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open(f"{LINK.replace('noise=0.8', 'noise=0')}&seeds=64")
    expect(legend(stage).locator(".notes")).not_to_be_empty()
    expect(legend(stage).locator("li")).to_have_count(0)
    expect(stage.stage).to_have_attribute("data-fan", "")


def test_a_hidden_run_has_no_fan(stage: StagePage) -> None:
    switch(stage).click()
    wait(stage)
    stage.stage.locator(".card .name").first.click()
    expect(legend(stage).locator("li")).to_have_count(1)
    expect(stage.stage.locator(".card .seeds").first).to_be_empty()
    wait(stage)
    assert numbers(legend(stage).locator("li").inner_text()) == counts(found(stage, 1))
