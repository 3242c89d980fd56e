"""Fingers on the picture of the model, at the size of a phone: examples are dragged, added, removed, reclassified."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from datasets import DATASETS
from tests.browser.phone import PHONE, Phone, Place
from tests.browser.test_data_points import agrees, middle, ring, settled

LINK = "/?surface=cars_standardized&start=80,45&steps=60&run=sgd:lr=0.1&run=adam:lr=3"
MOONS = "/?surface=two_moons&steps=40&run=sgd&run=adam"
ROWS = DATASETS["two_moons"].rows
UPPER, LOWER = DATASETS["two_moons"].axes[-1].classes
UPPER_CLASS = 0


@pytest.fixture(scope="module")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """A phone."""
    return {**browser_context_args, **PHONE}


@pytest.fixture
def phone(page: Page) -> Phone:
    phone = Phone(page)
    phone.open(LINK)
    return phone


def tool(phone: Phone, name: str) -> Locator:
    return phone.stage.locator(f".data-tools [data-data={name}]")


def last_example(phone: Phone) -> Place:
    """The place of the last example, which the keys have selected."""
    phone.stage.locator(".model").scroll_into_view_if_needed()
    ring(phone).focus()
    phone.page.keyboard.press("PageUp")
    expect(ring(phone)).to_have_attribute("aria-label", re.compile(r"Example (\d+) of \1:"))
    return middle(ring(phone))


def empty_place(phone: Phone) -> Place:
    """A place in the upper left of the picture, where no car is."""
    phone.stage.locator(".model").scroll_into_view_if_needed()
    x, y = middle(phone.stage.locator(".model canvas"))
    return x - 60, y - 50


def in_picture(phone: Phone, place: Place) -> Place:
    """A place on the screen, from the corner of the picture: what is above it on the page may change its height."""
    box = phone.stage.locator(".model").bounding_box()
    assert box is not None
    return place[0] - box["x"], place[1] - box["y"]


def follows(phone: Phone, place: Place) -> None:
    """Wait until the ring is at a place of the picture."""
    phone.page.wait_for_function(
        "([x, y]) => { const [ring, model] = ['.example', '.model'].map((part) =>"
        " document.querySelector(`.mradam-stage ${part}`).getBoundingClientRect());"
        " return Math.hypot(ring.x + ring.width / 2 - model.x - x, ring.y + ring.height / 2 - model.y - y) < 2; }",
        arg=place,
    )


def test_a_finger_drags_an_example_and_map_and_paths_follow(phone: Phone) -> None:
    phone.finish()
    before = phone.shown(0)
    x, y = last_example(phone)
    phone.touch("touchStart", (x + 8, y + 8))
    phone.touch("touchMove", (x, y + 30))
    phone.touch("touchMove", (x - 12, y + 68))
    expect(phone.stage).to_have_attribute("data-scenario", re.compile("point=50:"))
    expect(phone.stage.locator(".sketch")).to_be_visible()
    follows(phone, in_picture(phone, (x - 20, y + 60)))  # the example keeps its distance from the finger
    phone.touch("touchEnd")
    edited = settled(phone)
    assert [point.example for point in edited.points] == [50]
    assert phone.shown(0) != before
    agrees(phone)
    expect(phone.page).to_have_url(re.compile("point=50:"))


def test_a_canceled_drag_ends_at_its_last_place(phone: Phone) -> None:
    phone.finish()
    x, y = last_example(phone)
    phone.touch("touchStart", (x, y))
    phone.touch("touchMove", (x - 10, y + 30))
    phone.touch("touchMove", (x - 20, y + 60))
    expect(phone.stage).to_have_attribute("data-scenario", re.compile("point=50:"))
    phone.touch("touchCancel")
    expect(phone.stage.locator(".sketch")).to_be_hidden()
    edited = settled(phone)
    assert [point.example for point in edited.points] == [50]
    agrees(phone)
    expect(phone.page).to_have_url(re.compile("point=50:"))


def test_a_finger_that_rests_adds_an_example_and_a_tap_and_a_button_remove_it(phone: Phone) -> None:
    place = empty_place(phone)
    expected = in_picture(phone, place)
    phone.touch("touchStart", place)
    expect(ring(phone)).to_have_attribute("aria-label", re.compile("Example 51 of 51"))
    phone.touch("touchEnd")
    follows(phone, expected)
    assert [point.example for point in phone.scenario.points] == [None]
    expect(phone.page.get_by_text("51 examples, edited")).to_be_visible()  # above the stage: it moves the picture
    added = middle(ring(phone))
    phone.page.keyboard.press("PageUp")
    phone.tap(added)
    expect(ring(phone)).to_have_attribute("aria-label", re.compile("Example 51 of 51"))
    tool(phone, "remove").tap()
    expect(ring(phone)).to_have_attribute("aria-label", re.compile("Example 50 of 50"))
    assert phone.scenario.points == ()


def test_the_buttons_add_and_remove_by_touch(phone: Phone) -> None:
    tool(phone, "add").tap()
    expect(ring(phone)).to_have_attribute("aria-label", re.compile("Example 51 of 51"))
    tool(phone, "remove").tap()
    expect(ring(phone)).to_have_attribute("aria-label", re.compile("Example 50 of 50"))
    expect(phone.stage).not_to_have_attribute("data-scenario", re.compile("point="))


def test_a_finger_selects_an_example_and_a_button_changes_its_class(phone: Phone) -> None:
    phone.open(MOONS)
    place = last_example(phone)
    expect(ring(phone)).to_have_attribute("aria-label", re.compile(LOWER))
    number = (ring(phone).get_attribute("aria-label") or "").split()[1]
    phone.page.keyboard.press("PageUp")
    phone.tap(place)
    expect(ring(phone)).to_have_attribute("aria-label", re.compile(f"Example {number} of"))
    tool(phone, "class").tap()
    expect(ring(phone)).to_have_attribute("aria-label", re.compile(UPPER))
    (edit,) = phone.scenario.points
    assert (edit.example, edit.values) == (int(number), (*ROWS[int(number) - 1][:2], float(UPPER_CLASS)))
