"""Numbers in the panel are whole, selected by Tab, and read as they are meant; the glossary opens beside the page."""

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
