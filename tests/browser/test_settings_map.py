"""The map of settings on the stage: its cells are those of `settings`; a cell is taken, the handle is dragged."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage_page import StagePage
from trajectories import KINDS, Axis, SettingsMap, settings

LINK = "/?surface=ravine&start=-5,-0.9&steps=60&run=momentum:lr=0.001"
ON = "&settings=1.lr:0.001..1,1.momentum:0..0.99"
AXES = Axis(name="lr", low=0.001, high=1), Axis(name="momentum", low=0, high=0.99)


@pytest.fixture
def stage(page: Page) -> StagePage:
    page.emulate_media(reduced_motion="reduce")
    return StagePage(page).open(LINK + ON)


def panel(stage: StagePage) -> Locator:
    return stage.stage.locator(".settings-map")


def knob(stage: StagePage) -> Locator:
    return panel(stage).locator(".knob")


def shape(stage: StagePage) -> tuple[int, int]:
    """The rows and columns of the finest map, after it has arrived."""
    expect(stage.stage).to_have_attribute("data-settings-shape", re.compile(r"^\d+ \d+$"))
    rows, columns = map(int, (stage.stage.get_attribute("data-settings-shape") or "").split())
    return rows, columns


def found(stage: StagePage, axes: tuple[Axis, ...] = AXES) -> SettingsMap:
    return settings(stage.scenario, axes, shape(stage))


def place(stage: StagePage, across: float, up: float) -> tuple[float, float]:
    """The pixel of shares of the axes, from the handle, whose shares are known: lr 0.001 is at the left end."""
    plot = panel(stage).locator(".plot").bounding_box()
    ring = knob(stage).bounding_box()
    assert plot is not None
    assert ring is not None
    left = ring["x"] + ring["width"] / 2
    right = plot["x"] + plot["width"] - 12
    middle = ring["y"] + ring["height"] / 2  # momentum 0.9 is in the middle between 0 and 0.99
    foot = plot["y"] + plot["height"] - 37
    return left + across * (right - left), foot + up * 2 * (middle - foot)


def test_the_switch_shows_a_map_in_the_place_of_the_loss_curve_and_is_in_the_link(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open(LINK)
    switch = stage.switch("settings")
    expect(panel(stage)).to_be_hidden()
    switch.click()
    shape(stage)
    expect(stage.stage.locator(".curve")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"settings=1\.lr:[^,]+,1\.momentum"))
    panel(stage).locator("[data-choice=y]").select_option("")
    expect(page).to_have_url(re.compile(r"settings=1\.lr:[^,]+$"))
    assert shape(stage)[0] == 1
    stage.switch("settings").click()
    expect(stage.stage.locator(".curve")).to_be_visible()
    expect(page).not_to_have_url(re.compile("settings="))


def test_the_best_cell_is_that_of_the_map_and_is_taken_by_its_button(stage: StagePage) -> None:
    of = found(stage)
    row, column = of.best(0) or (-1, -1)
    lr, momentum = float(of.x[column]), float(of.y[row])
    best = panel(stage).locator(".best")
    expect(best).to_contain_text(f"{lr:g}")
    expect(best).to_contain_text(f"{momentum:g}")
    best.click()
    expect(stage.stage).to_have_attribute("data-scenario", re.compile(f"lr={lr:g},momentum={momentum:g}"))
    stage.arrived()
    stage.finish()
    kind = KINDS[of.kinds[0, row, column]].replace("_", " ")
    expect(knob(stage)).to_have_attribute("aria-label", re.compile(kind))
    expect(stage.stage.locator(".card .verdict").first).to_contain_text(kind)


def test_a_click_takes_a_cell_with_its_numbers_and_back_takes_it_back(stage: StagePage) -> None:
    of = found(stage)
    stage.page.mouse.click(*place(stage, 0.7, 0.4))
    expect(stage.stage).to_have_attribute("data-scenario", re.compile("lr="))
    stage.arrived()
    values = stage.scenario.runs[0].values
    assert values["lr"] in of.x
    assert values["momentum"] in of.y
    expect(knob(stage)).to_have_attribute("aria-label", re.compile(f"{values['lr']:g}"))
    stage.page.go_back()
    expect(stage.stage).to_have_attribute("data-scenario", re.compile("run=momentum$"))  # lr is its default again
    expect(panel(stage)).to_be_visible()


def test_paths_and_sliders_follow_the_handle_and_no_map_is_requested(stage: StagePage) -> None:
    shape(stage)
    best = panel(stage).locator(".best").inner_text()
    field = stage.page.locator(".mradam-panel input.typed").first
    stage.page.mouse.move(*place(stage, 0, 0.5))
    stage.page.mouse.down()
    stage.page.mouse.move(*place(stage, 0.8, 0.4), steps=6)
    expect(field).not_to_have_value("0.001")  # the mouse is still pressed
    expect(stage.stage).not_to_have_attribute("data-settings-outdated", "")
    expect(panel(stage).locator(".best")).to_have_text(best)
    assert shape(stage)[1] > 100
    stage.page.mouse.up()
    stage.arrived()
    assert stage.scenario.runs[0].values["lr"] > 0.05


def test_arrow_keys_move_by_a_cell_and_the_handle_tells_the_outcome(stage: StagePage) -> None:
    of = found(stage)
    knob(stage).focus()
    stage.page.keyboard.press("ArrowRight")
    expect(stage.stage).to_have_attribute("data-scenario", re.compile(f"lr={of.x[0]:g}$|lr={of.x[0]:g},"))
    stage.page.keyboard.press("Shift+ArrowRight")
    expect(stage.stage).to_have_attribute("data-scenario", re.compile(f"lr={of.x[10]:g}"))
    expect(knob(stage)).to_have_attribute("aria-label", re.compile("still moving"))
    expect(panel(stage).locator("[role=status]")).to_contain_text(f"{of.x[10]:g}")


def test_a_zoom_computes_the_part_and_a_double_click_shows_the_whole_range(stage: StagePage) -> None:
    shape(stage)
    best, before = panel(stage).locator(".best"), stage.scenario
    whole = best.inner_text()
    panel(stage).locator("[data-zoom=in]").click()
    expect(stage.page).not_to_have_url(re.compile(r"1\.lr:0\.001\.\.1,"))
    expect(best).not_to_have_text(whole)
    shape(stage)
    stage.page.mouse.dblclick(*place(stage, 0.5, 0.3))
    expect(stage.page).to_have_url(re.compile(r"settings=1\.lr,1\.momentum$"))
    assert stage.scenario == before


def test_two_runs_have_one_axis_each_and_the_colors_say_which_is_better(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open(f"{LINK}&run=sgd:lr=0.01&settings=1.lr:0.001..1,2.lr:0.001..1")
    axes = Axis(name="lr", low=0.001, high=1), Axis(name="lr", run=1, low=0.001, high=1)
    of = found(stage, axes)
    texts = panel(stage).locator(".best").all_inner_texts()
    assert len(texts) == 2
    for run, text in enumerate(texts):
        row, column = of.best(run) or (-1, -1)
        assert f"{(of.x[column], of.y[row])[run]:g}" in text
    one, other = of.late_losses
    expect(panel(stage).locator("li")).to_have_count(
        sum([bool((one < other).any()), bool((other < one).any()), bool((one == other).any())])
    )


def test_a_network_has_no_map_of_settings(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open("/?surface=network_moons&steps=20&run=sgd&settings=1.lr")
    expect(stage.switch("settings")).to_be_hidden()
    expect(panel(stage).locator(".notes")).not_to_be_empty()
