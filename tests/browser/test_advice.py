"""The advice on a card in a browser: it follows the outcome, a button applies it, and the outcome is as advised."""

import json

import pytest
from playwright.sync_api import Page, WebSocket, expect

from charts.words import say
from tests.browser.lesson_page import CHOICE, LessonPage
from tests.browser.stage_page import StagePage
from trajectories import Advice, advise, format_link, parse_link, simulate

HUMP = "surface=hump&start=-4,1.5&steps=150&run=sgd:lr=0.05&run=adam:lr=0.1"


def advice(link: str, run: int) -> Advice:
    """The expected advice; fails if there is none."""
    scenario, _ = parse_link(link)
    given = advise(scenario, run, simulate(scenario)[run].outcome)
    assert given is not None
    return given


def kinds_sent(page: Page) -> list[str]:
    """The kinds of the messages that the page sends on our WebSocket; the list grows with each message."""
    kinds: list[str] = []

    def count_sent(socket: WebSocket) -> None:
        if socket.url.endswith("/api/stream"):
            socket.on("framesent", lambda payload: kinds.append(json.loads(payload)["kind"]))

    page.on("websocket", count_sent)
    return kinds


def test_the_button_applies_the_advice_and_the_outcome_is_as_advised(page: Page) -> None:
    stage = StagePage(page).open(f"/?{HUMP}")
    stage.finish()
    given = advice(HUMP, 1)
    assert given.change is not None
    card = stage.stage.locator(".card").nth(1)
    expect(card.locator(".advice span")).to_have_text(say(given.message))
    value = given.change.value
    button = card.get_by_role("button", name=f"Try it: lr {value:g} (Adam)")
    button.focus()
    button.press("Enter")
    changed = format_link(given.change.apply(parse_link(HUMP)[0], 1))
    expect(stage.stage).to_have_attribute("data-scenario", changed)
    expect(card.locator("button.name")).to_be_focused()
    stage.arrived()
    stage.finish()
    step = dict(given.message.arguments)["step"]
    expect(card.locator(".outcome")).to_have_text(f"reached the global minimum at step {step}")
    page.wait_for_url(f"**{changed}")
    page.go_back()
    expect(stage.stage).to_have_attribute("data-scenario", HUMP)
    stage.finish()
    expect(button).to_be_visible()


def test_a_search_without_a_result_is_reported_without_a_button(page: Page) -> None:
    stage = StagePage(page).open(f"/?{HUMP}")
    stage.finish()
    card = stage.stage.locator(".card").nth(0)
    expect(card.locator(".advice span")).to_have_text(say(advice(HUMP, 0).message))
    expect(card.locator(".try")).to_be_hidden()


def test_advice_is_requested_after_a_gesture_and_not_during_it(page: Page) -> None:
    kinds = kinds_sent(page)
    stage = StagePage(page).open(f"/?{HUMP}")
    stage.finish()
    advice_text = stage.stage.locator(".card").nth(0).locator(".advice span")
    expect(advice_text).not_to_be_empty()
    count = kinds.count("advise")
    page.mouse.move(*stage.pixel(-4.0, 1.5))
    page.mouse.down()
    for x, y in ((-3.5, 1.0), (-3.0, 0.5)):
        page.mouse.move(*stage.pixel(x, y), steps=4)
        expect(stage.stage).to_have_attribute("data-received", "150")
        expect(advice_text).to_be_empty()
    assert kinds.count("advise") == count
    page.mouse.up()
    stage.finish()
    expect(advice_text).to_have_text(say(advice(format_link(stage.scenario), 0).message))
    assert kinds.count("advise") == count + 1


def test_a_lesson_requests_no_advice(page: Page) -> None:
    kinds = kinds_sent(page)
    lesson = LessonPage(page).open_lesson(CHOICE)
    lesson.skip()
    lesson.finish()
    expect(lesson.stage.locator(".card .outcome").first).not_to_be_empty()
    assert "walk" in kinds
    assert "advise" not in kinds
    expect(lesson.stage.locator(".try").first).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366])
def test_the_button_is_within_its_card_and_large_enough_to_press(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    stage = StagePage(page).open(f"/?{HUMP}")
    stage.finish()
    card = stage.stage.locator(".card").nth(1)
    button = card.locator(".try")
    expect(button).to_be_visible()
    inner, outer = button.bounding_box(), card.bounding_box()
    assert inner is not None
    assert outer is not None
    assert inner["height"] >= 24
    assert outer["y"] <= inner["y"]
    assert inner["y"] + inner["height"] <= outer["y"] + outer["height"]
    assert outer["x"] <= inner["x"]
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
