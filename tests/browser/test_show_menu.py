"""The menu of what the stage shows, the enlarged part of a map in the link, and the row of lessons, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from lessons import LESSONS
from tests.browser.lesson_page import LessonPage
from tests.browser.phone import Phone
from tests.browser.stage_page import StagePage

pytestmark = pytest.mark.browser
DATA = "/?surface=cars_standardized&steps=40&batch=8&run=sgd:lr=0.05"
HUMP = "/?surface=hump&start=-3.7,1.35&steps=40&run=sgd:lr=0.05"


@pytest.mark.parametrize("link", [DATA, HUMP, f"{HUMP.replace('-3.7,1.35', '-4.2,2.1')}"])
def test_on_a_phone_the_tools_are_one_row(page: Page, link: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    stage = StagePage(page).open(link)
    buttons = stage.stage.locator(".tools > button")
    assert len({button.bounding_box()["y"] for button in buttons.all()}) == 1


def test_the_menu_opens_by_keyboard_and_closes_by_escape_a_choice_and_a_click_elsewhere(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open(DATA)
    opener, menu = stage.stage.locator(".tools .show"), stage.stage.locator(".tools .shown")
    expect(menu).to_be_hidden()
    opener.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.locator("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()
    stage.switch("basins").press("Enter")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("data-on", "")
    expect(page).to_have_url(re.compile("basins=1"))
    opener.click()
    expect(stage.stage.locator(".tools [data-tool=basins]")).to_have_attribute("aria-pressed", "true")
    page.locator("h1").first.click()
    expect(menu).to_be_hidden()


def test_a_link_opens_an_enlarged_part_and_back_returns_to_it(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = Phone(page)
    stage.open(f"{HUMP}&window=-2..0,-0.5..1")
    expect(page).to_have_url(re.compile(re.escape("window=-2..0,-0.5..1")))
    assert stage.ranges() == [-2, 0, -0.5, 1]
    stage.stage.locator("[data-tool=in]").click()
    before = stage.redrawn([-2, 0, -0.5, 1])
    expect(page).not_to_have_url(re.compile(re.escape("window=-2..0")))
    expect(page).to_have_url(re.compile("window="))
    page.get_by_test_id("picker").locator("input[value=cliff]").check(force=True)
    expect(stage.stage).to_have_attribute("data-scenario", re.compile("surface=cliff"))
    stage.arrived()
    expect(page).not_to_have_url(re.compile("window="))
    page.go_back()
    expect(stage.stage).to_have_attribute("data-scenario", re.compile("surface=hump"))
    expect(stage.stage.locator(".ground[data-drawn=hump]")).to_be_attached()
    expect(page).to_have_url(re.compile("window="))
    page.wait_for_function(
        "(wanted) => { const layout = document.querySelector('.mradam-stage .ground')._fullLayout;"
        " const ends = [...layout.xaxis.range, ...layout.yaxis.range];"
        " return ends.every((end, at) => Math.abs(end - wanted[at]) < 0.02); }",
        arg=before,
    )


def test_the_row_of_lessons_names_the_present_one(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    lesson = LessonPage(page)
    lesson.open_lesson("edge")
    expect(lesson.number("edge")).to_contain_text(LESSONS["edge"].title)
    expect(lesson.number("hump")).to_have_text(str(LESSONS["hump"].order))
    expect(lesson.number("hump")).to_have_attribute("title", re.compile(LESSONS["hump"].title))
