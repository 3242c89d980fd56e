"""Fingers on the map, at the size of a phone: tap, drag, two fingers, and canceled gestures."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lesson_page import FLAG
from tests.browser.phone import PHONE, Phone

LINK = "/?surface=hump&start=-1,0.5&steps=40&run=sgd:lr=0.05&run=adam:lr=0.3"


@pytest.fixture(scope="module")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """A phone."""
    return {**browser_context_args, **PHONE}


@pytest.fixture
def phone(page: Page) -> Phone:
    phone = Phone(page)
    phone.open(LINK)
    # The picture of every frame is compared with what Plotly has drawn: it must have drawn.
    phone.page.wait_for_function("() => document.querySelector('.mradam-stage .ground')?._fullLayout")
    return phone


def near(phone: Phone, x: float, y: float) -> None:
    expect(phone.stage).not_to_have_attribute("data-scenario", re.compile("start=-1,0.5"))
    assert phone.scenario.start == pytest.approx((x, y), abs=0.08)


def test_a_tap_sets_the_start(phone: Phone) -> None:
    phone.tap(phone.pixel(2.0, 1.0))
    near(phone, 2.0, 1.0)


def test_the_ring_is_dragged(phone: Phone) -> None:
    phone.touch("touchStart", phone.pixel(-1, 0.5))
    phone.touch("touchMove", phone.pixel(0, 1))
    phone.touch("touchMove", phone.pixel(1, 1.5))
    phone.touch("touchEnd")
    near(phone, 1.0, 1.5)


def test_two_fingers_zoom_and_move_the_map_and_never_the_start(phone: Phone) -> None:
    before, middle = phone.ranges(), phone.pixel(1, 0)
    (x, y) = middle
    phone.touch("touchStart", (x - 40, y))
    phone.touch("touchStart", (x - 40, y), (x + 40, y))
    for part in (10, 20, 30, 40):
        phone.touch("touchMove", (x - 40 - part, y), (x + 40 + part, y))
    phone.redrawn(before)
    phone.touch("touchEnd")
    phone.page.wait_for_function(
        "(width) => { const { range } = document.querySelector('.mradam-stage .ground')._fullLayout.xaxis;"
        " return Math.abs((range[1] - range[0]) / width - 0.5) < 0.02; }",
        arg=before[1] - before[0],
    )
    # The left margin follows the labels of the axis: it may change by a digit.
    assert phone.pixel(1, 0) == pytest.approx(middle, abs=10), "it zooms about the middle of the fingers"
    assert phone.scenario.start == (-1, 0.5)


def test_lifting_two_fingers_one_by_one_does_not_move_the_map(phone: Phone) -> None:
    phone.page.get_by_role("button", name=re.compile("^Move the map")).click()
    before, middle = phone.ranges(), phone.pixel(1, 0)
    (x, y) = middle
    phone.touch("touchStart", (x - 60, y))
    phone.touch("touchStart", (x - 60, y), (x + 60, y))
    phone.touch("touchMove", (x - 40, y), (x + 80, y))
    phone.redrawn(before)
    phone.touch("touchMove", None, (x + 80, y))
    phone.touch("touchMove", None, (x + 80, y + 1))
    phone.touch("touchEnd")
    moved = phone.pixel(1, 0)
    phone.page.wait_for_function(
        "() => !document.querySelector('[data-testid=stage]').hasAttribute('data-pending')",
    )
    assert moved[0] - x == pytest.approx(20, abs=2)
    assert moved[1] - y == pytest.approx(0, abs=2)
    assert phone.scenario.start == (-1, 0.5)


def test_a_canceled_gesture_ends_at_its_last_position(phone: Phone) -> None:
    phone.touch("touchStart", phone.pixel(-1, 0.5))
    phone.touch("touchMove", phone.pixel(0, 1))
    phone.touch("touchMove", phone.pixel(1, 1.2))
    phone.touch("touchCancel")
    near(phone, 1.0, 1.2)
    phone.tap(phone.pixel(-3.0, 0.3))  # beside the tools, which have moved away from the start
    expect(phone.stage).to_have_attribute("data-scenario", re.compile(r"start=-(3|2\.9|3\.0)"))


def test_a_lesson_describes_how_a_finger_places_the_flag(phone: Phone, base_url: str) -> None:
    phone.page.goto(f"{base_url}/lessons?lesson={FLAG}")
    how = phone.page.get_by_test_id("predict").locator(".how")
    expect(how.locator(".finger")).to_be_visible()
    expect(how.locator(".mouse")).to_be_hidden()


def test_the_pages_are_found_without_the_drawer_and_it_does_not_cover_a_lesson(phone: Phone) -> None:
    page = phone.page
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_test_id("panel")).to_be_in_viewport()
    page.locator(".st-key-phone-pages").get_by_role("link", name="Lessons").click()
    expect(page.get_by_test_id("predict")).to_be_attached()
    expect(page.get_by_test_id("stSidebar")).not_to_be_visible()


@pytest.mark.parametrize("chart", [".curve canvas", ".multiples"])
def test_a_vertical_swipe_on_a_chart_scrolls_and_a_drag_or_a_tap_moves_the_playhead(phone: Phone, chart: str) -> None:
    phone.open(f"{LINK}&inside=1")
    phone.finish()
    last = phone.step()
    canvas = phone.stage.locator(chart)
    canvas.evaluate("(chart) => chart.scrollIntoView({ block: 'center' })")
    height = "() => document.querySelector('.stMain').scrollTop"
    before = phone.page.evaluate(height)
    box = canvas.bounding_box() or {}
    x, y = box["x"] + box["width"] / 4, box["y"] + 40
    phone.touch("touchStart", (x, y))
    for move in (4, 12, 30, 60, 90):
        phone.touch("touchMove", (x + 1, y + move))
    phone.touch("touchEnd")
    phone.page.wait_for_function(f"(before) => ({height})() !== before", arg=before)
    assert phone.step() == last
    canvas.evaluate("(chart) => chart.scrollIntoView({ block: 'center' })")
    box = canvas.bounding_box() or {}
    y = box["y"] + 40
    phone.tap((x, y))
    expect(phone.stage).not_to_have_attribute("data-step", str(last))
    tapped = phone.step()
    phone.touch("touchStart", (x, y))
    for move in (4, 12, 20):
        phone.touch("touchMove", (x - move, y + 1))
    phone.touch("touchEnd")
    expect(phone.stage).not_to_have_attribute("data-step", str(tapped))
    assert phone.step() < tapped
