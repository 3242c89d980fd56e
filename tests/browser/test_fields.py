"""Numbers in the panel are whole, selected by Tab, and read as they are meant; the glossary opens beside the page."""

import re

import pytest
from playwright.sync_api import Page, expect

from lessons import GLOSSARY
from tests.browser.stage_page import StagePage
from tests.browser.test_controls import Controls

LONG = "/?surface=hump&start=-3.7000000000000002,1e-300&steps=10000&seed=4294967295&run=sgd:lr=0.0012345678901234567"
CUT = """() => [...document.querySelectorAll('.mradam-panel .typed')]
    .filter((field) => field.scrollWidth > field.clientWidth).map((field) => field.ariaLabel)"""


@pytest.fixture
def fields(page: Page) -> Controls:
    controls = Controls(page)
    controls.open(LONG)
    return controls


def test_no_number_is_cut_at_rest_or_while_it_is_edited(fields: Controls) -> None:
    assert fields.page.evaluate(CUT) == []
    for name in ("x", "y", "lr", "seed"):
        fields.typed(name).focus()
        assert fields.page.evaluate(CUT) == []


def test_tab_selects_all_of_a_long_number(fields: Controls) -> None:
    slider = fields.panel.get_by_role("slider", name="lr, slider")
    slider.focus()
    fields.page.keyboard.press("Tab")
    field = fields.typed("lr")
    expect(field).to_be_focused()
    selected = field.evaluate("(field) => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert selected == "0.0012345678901234567"
    fields.page.keyboard.type("0.05")
    fields.page.keyboard.press("Enter")
    assert fields.values(1)["lr"] == 0.05


def test_a_thousand_with_its_separator_is_a_thousand(fields: Controls) -> None:
    fields.typed("steps").fill("1,000")
    fields.typed("steps").press("Enter")
    fields.becomes(steps=1000)
    before = fields.values(1)
    fields.typed("lr").fill("1,000")
    fields.typed("lr").press("Enter")
    expect(fields.typed("lr")).to_have_attribute("aria-invalid", "true")
    assert fields.values(1) == before


def test_a_new_run_does_not_copy_an_lr_that_left_the_map(page: Page) -> None:
    controls = Controls(page)
    controls.open("/?surface=ravine&steps=60&run=sgd:lr=0.5")
    controls.arrived()
    controls.panel.get_by_role("button", name="Add a run").click()
    expect(controls.panel.locator(".run")).to_have_count(2)
    assert controls.values(2)["lr"] != 0.5
    expect(controls.run(2).locator(".note")).to_contain_text("0.5")


def test_the_glossary_stays_open_beside_the_page(page: Page) -> None:
    StagePage(page).open("/")
    button = page.get_by_test_id("glossary").get_by_role("button").first
    button.click()
    panel = page.get_by_role("complementary", name="What is this?")
    for word in GLOSSARY.words:
        expect(panel.get_by_text(word, exact=True)).to_be_attached()
    page.locator("[data-do=forward]").click()
    expect(panel).to_be_visible()
    button.focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


def test_undo_in_a_number_field_undoes_typing_and_after_enter_the_edit(page: Page) -> None:
    controls = Controls(page)
    controls.open("/?surface=hump&steps=20&run=adam:lr=0.3")
    field = controls.typed("lr")
    field.focus()
    page.keyboard.type("0.05")
    page.keyboard.press("Control+z")
    assert controls.values(1)["lr"] == 0.3
    field.fill("0.05")
    page.keyboard.press("Enter")
    expect(controls.stage).to_have_attribute("data-scenario", re.compile("lr=0.05"))
    page.keyboard.press("Control+z")
    expect(controls.stage).to_have_attribute("data-scenario", re.compile("lr=0.3"))
    expect(field).to_be_focused()
    expect(field).to_have_value("0.3")
    page.keyboard.press("Control+z")
    page.keyboard.press("Tab")
    assert controls.values(1)["lr"] == 0.3
    page.keyboard.press("Control+Shift+z")
    expect(controls.stage).to_have_attribute("data-scenario", re.compile("lr=0.05"))


def test_no_other_button_moves_under_the_mouse_when_a_run_is_removed(page: Page) -> None:
    """Not even if the sidebar is scrolled to its end; the list is shorter when the mouse has left it."""
    page.set_viewport_size({"width": 1366, "height": 600})
    controls = Controls(page)
    controls.open("/?surface=hump&steps=20&run=adam:lr=0.3&run=sgd:lr=0.1&run=momentum:lr=0.1&run=rmsprop:lr=0.1")
    runs = controls.panel.locator(".run")
    page.get_by_test_id("stSidebarContent").evaluate("(sidebar) => (sidebar.scrollTop = sidebar.scrollHeight)")
    remove = runs.locator("button[aria-label^='Remove']")
    height = controls.panel.evaluate("(panel) => panel.offsetHeight")
    box, before = remove.nth(3).bounding_box() or {}, remove.nth(2).bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(runs).to_have_count(3)
    assert remove.nth(2).bounding_box() == before
    page.mouse.move(box["x"] + 600, box["y"])
    page.wait_for_function(
        "([panel, height]) => panel.offsetHeight < height", arg=[controls.panel.element_handle(), height]
    )
