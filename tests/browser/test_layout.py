"""The layout on a phone, in a narrow window and on a laptop: no text is cut or covered."""

import pytest
from playwright.sync_api import Page, Route, expect

from components.presets import LOOK_FOR, OTHER_START
from lessons import LESSONS
from surfaces import SURFACES
from tests.browser.lesson_page import CHOICE, LessonPage
from tests.browser.stage_page import StagePage
from tests.browser.step_page import StepPage

FOUR = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=momentum:lr=0.07&run=rmsprop:lr=0.1&run=adam:lr=0.3"
PHONE = (390, 844)
# The boxes of elements, as left, top, right and bottom.
BOXES = """(found) => found.map((part) => {
    const range = document.createRange();
    range.selectNodeContents(part);
    const { left, top, right, bottom } = (part.childElementCount > 0 ? part : range).getBoundingClientRect();
    return [left, top, right, bottom];
})"""

# Where the title of the loss chart ends, in pixels from the chart's left edge: the last ink in the title's row.
TITLE_END = """() => {
    const canvas = document.querySelector('.mradam-stage .curve canvas');
    const ratio = canvas.width / canvas.clientWidth;
    const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 2 * ratio, copy.width, 12 * ratio);
    const inked = [...data.keys()].filter((at) => at % 4 === 3 && data[at] > 0);
    return Math.max(0, ...inked.map((at) => ((at - 3) / 4) % copy.width)) / ratio;
}"""


def boxes(page: Page, selector: str) -> list[list[float]]:
    found: list[list[float]] = page.locator(selector).evaluate_all(BOXES)
    assert found, selector
    return found


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def test_no_text_on_a_card_is_cut_and_no_button_touches_a_name(page: Page) -> None:
    resize(page, PHONE)
    lesson = LessonPage(page).open_lesson("race")
    lesson.skip()
    lesson.finish()
    expect(lesson.stage.locator(".outcome").first).not_to_be_empty()
    assert lesson.stage.locator(".verdict").evaluate_all(
        "(found) => found.every((part) => part.scrollHeight <= part.clientHeight)"
    )
    for name, button in zip(boxes(page, ".card .name span"), boxes(page, ".card .look svg"), strict=True):
        assert name[2] + 6 <= button[0]


@pytest.mark.parametrize("size", [PHONE, (844, 390)], ids=["upright", "on its side"])
def test_on_a_phone_the_inside_opens_at_its_head_beside_the_map(page: Page, size: tuple[int, int]) -> None:
    resize(page, size)
    step_page = StepPage(page)
    step_page.open(FOUR)
    if size[0] > 760:
        page.locator("[data-testid=stSidebarCollapseButton] button").dispatch_event("click")
        page.wait_for_function("() => document.querySelector('.mradam-stage').clientWidth > 780")
    step_page.finish()
    step_page.open_inside(3)
    [_, top, _, bottom] = boxes(page, ".step-panel h2")[0]
    assert 50 < top < bottom < size[1]
    [x, y] = [page.locator(".step-panel h2").bounding_box(), page.locator(".mradam-stage .map").bounding_box()]
    assert x is not None
    assert y is not None
    assert y["y"] >= 50
    assert y["y"] + y["height"] <= size[1]
    assert x["y"] >= y["y"] + y["height"] or x["x"] >= y["x"] + y["width"]


@pytest.mark.parametrize("size", [(770, 900), (1000, 800), (844, 390)], ids=["770", "1000", "phone on its side"])
def test_the_buttons_stand_beside_the_title(page: Page, size: tuple[int, int]) -> None:
    resize(page, size)
    StagePage(page).open("/?surface=rastrigin")
    title = boxes(page, "h1")[0]
    buttons = boxes(page, ".st-key-glossary .open, .mradam-present button")
    assert len(buttons) == 3
    middles = [(top + bottom) / 2 for _, top, _, bottom in buttons]
    assert max(middles) - min(middles) <= 3, "in one row"
    assert min(middles) >= title[1]
    assert max(middles) <= title[3]
    assert buttons[0][0] >= title[2] or buttons[0][0] >= boxes(page, "h1 span")[0][2]
    text, head = boxes(page, ".st-key-playground-head .stMarkdown")[0], boxes(page, ".st-key-playground-head")[0]
    assert text[2] - text[0] >= 0.95 * (head[2] - head[0]), "the text has the whole width"


def test_exact_digits_cover_no_number_and_move_none(page: Page) -> None:
    step_page = StepPage(page)
    step_page.open(FOUR)
    step_page.finish()
    step_page.open_inside(3)
    step_page.inside(60)
    results = ".step-panel .line .result"
    before = boxes(page, results)
    page.locator(results).nth(2).hover()
    digits = page.locator(".step-panel .exact")
    expect(digits).to_have_text(page.locator(results).nth(2).get_attribute("data-exact") or "")
    assert boxes(page, results) == before
    [left, top, right, bottom] = boxes(page, ".step-panel .exact")[0]
    for box in before + boxes(page, ".step-panel .whole-step .result"):
        assert box[2] <= left or box[0] >= right or box[3] <= top or box[1] >= bottom


def test_the_explanation_stays_while_the_start_moves_and_covers_no_map(page: Page) -> None:
    surface = SURFACES["hump"]
    stage = StagePage(page).open("/?surface=hump")
    page.get_by_text(LOOK_FOR, exact=True).click()
    explanation = page.get_by_text(surface.presets[0].look_for)
    expect(explanation).to_be_visible()
    expect(page.get_by_text(OTHER_START)).to_have_count(0)
    page.mouse.click(*stage.pixel(1.0, 1.0))
    expect(page.get_by_text(OTHER_START)).to_be_visible()
    expect(explanation).to_be_visible()
    box = explanation.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= boxes(page, ".mradam-stage .map")[0][0]


def test_the_loss_chart_fades_its_curves_and_not_its_title(page: Page) -> None:
    stage = StagePage(page).open(FOUR)
    stage.finish()
    # The title's row of the canvas, left of the choice of scale.
    title = """() => {
        const canvas = document.querySelector('.mradam-stage .curve canvas');
        const ratio = canvas.width / canvas.clientWidth;
        const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
        const context = copy.getContext('2d', { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        const { data } = context.getImageData(40 * ratio, 2 * ratio, 70 * ratio, 14 * ratio);
        return [...data].reduce((sum, value) => sum + value, 0);
    }"""
    whole = page.evaluate(title)
    assert whole > 0
    stage.stage.locator(".scrubber").press("Home")
    expect(stage.stage).to_have_attribute("data-step", "0")
    assert page.evaluate(title) == whole


def test_on_a_phone_a_lesson_reserves_no_empty_box_above_the_map(page: Page) -> None:
    resize(page, PHONE)
    lesson = LessonPage(page).open_lesson(CHOICE)
    lesson.predict.get_by_role("radio").first.check()
    lesson.predict.get_by_role("button", name="Run it").click()
    waiting = lesson.predict.locator(".truth:not([data-shown]):not([hidden])")
    height = waiting.evaluate("(part) => part.getBoundingClientRect().height")
    assert height < 40, "one line"
    lesson.revealed()


def test_on_a_phone_no_number_of_a_network_is_wider_than_its_card(page: Page) -> None:
    resize(page, PHONE)
    stage = StagePage(page).open("/?surface=network_moons&steps=20&batch=16&run=sgd:lr=0.1&run=adam:lr=0.02")
    stage.finish()
    expect(stage.stage.locator(".card .validationAccuracy dd").first).to_contain_text("%")
    for card in stage.stage.locator(".card").all():
        cut = card.evaluate(
            """(card) => [...card.querySelectorAll('dd')].filter((number) => {
                const range = document.createRange();
                range.selectNodeContents(number);
                return range.getBoundingClientRect().right > card.getBoundingClientRect().right;
            }).map((number) => number.textContent)"""
        )
        assert cut == []


def test_on_a_phone_the_number_of_a_lesson_is_as_wide_as_a_finger(page: Page) -> None:
    resize(page, PHONE)
    LessonPage(page).open_lesson(CHOICE)
    tiles = page.locator(".mradam-row[data-shape=row] a").evaluate_all(
        "(found) => found.map((part) => part.getBoundingClientRect().toJSON())"
    )
    assert len(tiles) == len(LESSONS)
    for tile in tiles:
        assert tile["width"] >= 40
        assert tile["left"] >= 0
        assert tile["right"] <= PHONE[0]
    assert len({tile["width"] for tile in tiles}) == 1


@pytest.mark.parametrize("size", [PHONE, (770, 900), (1366, 768)], ids=["phone", "770", "laptop"])
def test_what_is_chosen_for_the_loss_chart_covers_no_title(page: Page, size: tuple[int, int]) -> None:
    resize(page, size)
    stage = StagePage(page).open("/?surface=cars_standardized&steps=40&batch=8&run=sgd:lr=0.05")
    stage.finish()
    thin, scale, chart = (boxes(page, part)[0] for part in (".thin-curve", ".curve .scale", ".curve"))
    page.wait_for_function(f"() => ({TITLE_END})() > 0")
    assert chart[0] + page.evaluate(TITLE_END) < thin[0]
    assert thin[2] < scale[0]
    assert scale[2] <= chart[2]


def test_a_map_that_takes_long_is_announced_in_its_place(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/surfaces/*.json", hold)
    page.goto("/?surface=hump")
    note = """() => {
        const map = document.querySelector('.mradam-stage .map');
        const { content, visibility } = map === null ? {} : getComputedStyle(map, '::after');
        return visibility === 'visible' && content !== 'none';
    }"""
    page.wait_for_function(note)
    for part in (".handle", ".tools"):
        expect(page.locator(f".mradam-stage {part}")).to_be_hidden()
    for route in held:
        route.continue_()
    page.unroute("**/surfaces/*.json", hold)
    for part in (".handle", ".tools"):
        expect(page.locator(f".mradam-stage {part}")).to_be_visible()
    assert not page.evaluate(note)
