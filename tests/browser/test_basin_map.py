"""The map of basins on the stage: its shares are those of `basins`, it follows the settings, and it is in the link."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage_page import StagePage
from trajectories import KINDS, Scenario, basins
from trajectories.basin_map import Window

LINK = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=adam:lr=0.1"
SVG = "{http://www.w3.org/2000/svg}"
GLOBAL = KINDS.index("global_minimum")


@pytest.fixture
def stage(page: Page) -> StagePage:
    page.emulate_media(reduced_motion="reduce")
    return StagePage(page).open(LINK)


def switch(stage: StagePage) -> Locator:
    return stage.switch("basins")


def legend(stage: StagePage) -> Locator:
    return stage.stage.locator(".basin-legend")


def shape(stage: StagePage) -> tuple[int, int]:
    """The rows and columns of the finest map, after it has arrived."""
    expect(stage.stage).to_have_attribute("data-basins", re.compile(r"^\d+ \d+$"))
    rows, columns = map(int, (stage.stage.get_attribute("data-basins") or "").split())
    return rows, columns


def shares(stage: StagePage) -> list[str]:
    """The percents in the legend."""
    return re.findall(r"([<>]?\d+)\s%", " ".join(entries(stage)))


def entries(stage: StagePage) -> list[str]:
    return legend(stage).locator("li").all_inner_texts()


def expected(scenario: Scenario, run: int, of: tuple[int, int], window: Window | None = None) -> list[str]:
    counts = Counter(basins(scenario, run, of, window).kinds.ravel().tolist())
    return percents([counts[kind] / (of[0] * of[1]) for kind in sorted(counts)])


def percents(shares: list[float]) -> list[str]:
    """As in the legend: they add up to 100, and none is 0 or 100 where that would be false."""
    whole = [int(100 * share + 1e-9) for share in shares]
    largest = sorted(range(len(shares)), key=lambda at: whole[at] - 100 * shares[at])
    for at in largest[: 100 - sum(whole)]:
        whole[at] += 1
    return [
        "<1" if of == 0 < share else ">99" if share < 1 and of == 100 else str(of)
        for share, of in zip(shares, whole, strict=True)
    ]


def test_the_switch_shows_the_shares_of_basins_and_is_in_the_link(stage: StagePage) -> None:
    expect(legend(stage)).to_be_hidden()
    switch(stage).click()
    of = shape(stage)
    assert of[0] > 100
    assert shares(stage) == expected(stage.scenario, 0, of)
    expect(stage.page).to_have_url(re.compile("basins=1"))
    legend(stage).locator("[data-choice=run]").select_option(index=1)
    expect(stage.page).to_have_url(re.compile("basins=2"))
    of = shape(stage)
    assert shares(stage) == expected(stage.scenario, 1, of)
    expect(legend(stage).locator("[role=status]")).to_contain_text(f"{shares(stage)[0]}\u00a0%")
    switch(stage).click()
    expect(legend(stage)).to_be_hidden()
    expect(stage.page).not_to_have_url(re.compile("basins"))


def test_the_link_shows_the_map_and_every_cell_is_the_walk_from_its_middle(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open(f"{LINK}&basins=2")
    of = shape(stage)
    expect(switch(stage)).to_have_attribute("aria-pressed", "true")
    found = basins(stage.scenario, 1, of)
    for row, column in ((of[0] // 5, of[1] // 4), (of[0] // 3, 4 * of[1] // 5)):
        page.mouse.move(*stage.pixel(float(found.x[column]), float(found.y[row])))
        line = stage.stage.locator(".map > .tooltip div").last
        expect(line).to_contain_text(KINDS[found.kinds[row, column]].replace("_", " "))
        if found.minima[row, column] >= 0:
            expect(line).to_contain_text(str(found.steps[row, column]))


def test_a_click_starts_where_the_map_says_the_walk_ends(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open(f"{LINK}&basins=2")
    of = shape(stage)
    found = basins(stage.scenario, 1, of)
    row, column = of[0] // 3, 4 * of[1] // 5
    assert found.kinds[row, column] == GLOBAL
    page.mouse.click(*stage.pixel(float(found.x[column]), float(found.y[row])))
    expect(stage.stage).not_to_have_attribute("data-scenario", re.compile("start=-3.7,1.35"))
    stage.arrived()
    stage.finish()
    assert stage.scenario.start == pytest.approx((found.x[column], found.y[row]), abs=0.05)
    expect(stage.stage.locator(".card .verdict").nth(1)).to_contain_text("global minimum")
    assert shape(stage) == of


def test_dragging_lr_updates_the_map_while_it_is_dragged(stage: StagePage) -> None:
    switch(stage).click()
    shape(stage)
    before, mouse = entries(stage), stage.page.mouse
    slider = stage.page.locator(".mradam-panel input[type=range]").first
    box = slider.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(box["x"] + 3, y, steps=6)
    expect(legend(stage).locator("li").last).not_to_have_text(before[-1])  # the mouse is still pressed
    mouse.up()
    stage.arrived()
    of = shape(stage)
    assert of[0] > 100
    assert shares(stage) == expected(stage.scenario, 0, of)


def test_an_enlarged_part_of_the_map_is_computed_again(stage: StagePage) -> None:
    switch(stage).click()
    shape(stage)
    expect(legend(stage).locator(".notes")).to_be_empty()
    stage.stage.locator("[data-tool=in]").click()
    expect(legend(stage).locator(".notes")).not_to_be_empty()
    of = shape(stage)
    assert of[0] > 100
    axes = "(ground) => ['xaxis', 'yaxis'].map((axis) => ground._fullLayout[axis].range)"
    (left, right), (low, high) = stage.stage.locator(".ground").evaluate(axes)
    assert shares(stage) == expected(stage.scenario, 0, of, ((left, right), (low, high)))


def test_two_runs_are_compared_by_the_global_minima_that_they_reach(stage: StagePage) -> None:
    switch(stage).click()
    legend(stage).locator("[data-choice=compared]").select_option(index=1)
    expect(legend(stage).locator("li")).to_have_count(4)  # the map of one run is gone
    of = shape(stage)
    one, other = (basins(stage.scenario, run, of).kinds == GLOBAL for run in (0, 1))
    cases = (one & other, one & ~other, other & ~one, ~one & ~other)
    assert shares(stage) == percents([float(case.mean()) for case in cases])


def test_a_saved_picture_has_the_map(stage: StagePage, tmp_path: Path) -> None:
    def images() -> int:
        with stage.page.expect_download() as download:
            stage.stage.locator("[data-tool=svg]").click()
        download.value.save_as(tmp_path / "picture.svg")
        return sum(1 for _ in ET.parse(tmp_path / "picture.svg").iter(f"{SVG}image"))

    before = images()
    switch(stage).click()
    shape(stage)
    assert images() == before + 1 + legend(stage).locator(".sample").count()


def test_a_network_has_no_map_of_basins(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open("/?surface=network_moons&steps=20&run=sgd&basins=1")
    expect(switch(stage)).to_be_hidden()
    expect(legend(stage).locator(".notes")).not_to_be_empty()
    expect(legend(stage).locator("li")).to_have_count(0)
