"""A typed formula: alive while it is typed, an error keeps the picture, letters are sliders, the link restores all."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage_page import StagePage


class Typing(StagePage):
    """The playground with the field for a formula."""

    @property
    def field(self) -> Locator:
        return self.page.get_by_test_id("own-formula").locator("textarea")

    @property
    def error(self) -> Locator:
        return self.page.get_by_test_id("formula-error")

    def becomes(self, formula: str) -> None:
        """Wait until the stage shows a formula and its whole walk."""
        query = "formula => new URLSearchParams(document.querySelector('[data-testid=stage]').dataset.scenario)"
        self.page.wait_for_function(f"{query}.get('f') === formula", arg=formula)
        self.arrived()


@pytest.fixture
def typing(page: Page) -> Typing:
    opened = Typing(page)
    opened.open(f"/?f={quote('x^2 + 3y^2')}&start=2,1&steps=40&run=sgd:lr=0.1")
    return opened


def test_a_formula_is_walked_while_it_is_typed_and_an_error_keeps_the_picture(typing: Typing) -> None:
    typing.field.fill("x^2 + b y^2")
    typing.becomes("x^2 + b y^2")
    expect(typing.page.get_by_test_id("written").locator("msup")).to_have_count(2)
    assert [letter.name for letter in typing.scenario.letters] == ["b"]
    before = typing.scenario
    typing.field.press_sequentially(" +")
    expect(typing.error).to_contain_text("+")
    expect(typing.field).to_have_attribute("aria-invalid", "true")
    assert typing.scenario == before
    expect(typing.page.get_by_test_id("written").locator("msup")).to_have_count(2)
    typing.field.press_sequentially(" 1")
    typing.becomes("x^2 + b y^2 + 1")
    expect(typing.error).to_be_empty()


def test_a_letter_is_a_slider_and_the_address_restores_it(typing: Typing) -> None:
    typing.field.fill("a x^2 + y^2")
    typing.becomes("a x^2 + y^2")
    typing.field.press("Enter")
    slider = typing.page.get_by_role("slider", name="Value of a")
    slider.focus()
    slider.press("ArrowRight")
    expect(typing.page).to_have_url(re.compile(r"let=a:1\.05"))
    shown = typing.scenario
    typing.page.reload()
    typing.arrived()
    assert typing.scenario == shown
    expect(typing.field).to_have_value("a x^2 + y^2")


def test_markup_that_is_typed_stays_text(typing: Typing) -> None:
    typing.field.fill("<img src=x onerror=alert(1)>")
    expect(typing.error).not_to_be_empty()
    assert typing.page.get_by_test_id("own-formula").locator("img").count() == 0


def test_places_without_a_value_are_hatched(page: Page) -> None:
    opened = Typing(page)
    opened.open(f"/?f={quote('x+sqrt(x-1)+y^2')}&box=-1,4,-2,2&start=3,1.5&steps=60&run=sgd:lr=0.1")
    expect(opened.stage.locator(".hatch")).to_be_visible()
    opened.field.fill("x^2 + y^2")
    opened.becomes("x^2 + y^2")
    expect(opened.stage.locator(".hatch")).to_be_hidden()
