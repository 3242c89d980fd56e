"""The presenter's view in a real browser: what is in view, its keys, a remote control's keys, the theme."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from lessons import LESSONS
from tests.browser.lesson_page import CHOICE, KEYS, LessonPage
from tests.browser.stage_page import StagePage
from trajectories import format_link, parse_link


@pytest.fixture
def lesson(page: Page) -> LessonPage:
    return LessonPage(page)


# The parts that must be above the legend of the keys, and inside the window, with the inside of a step open.
FITS = """() => {
    const foot = document.querySelector('.mradam-present-bar .legend').getBoundingClientRect().top;
    const parts = '.step-panel .line, .step-panel .whole-step, .ranking, .card, .verdict, .curve, .transport';
    const panel = document.querySelector('.mradam-stage .step-panel');
    const out = [...document.querySelectorAll('.mradam-stage :is(' + parts + ')')].filter((part) => {
        const { top, bottom, left, right } = part.getBoundingClientRect();
        return top < 0 || left < 0 || bottom > foot || right > innerWidth || bottom === top;
    });
    return out.length === 0 && panel.scrollHeight <= panel.clientHeight;
}"""


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)], ids=["beamer", "laptop", "projector"])
def test_the_presented_inside_is_in_view_and_follows_the_keys(lesson: LessonPage, size: tuple[int, int]) -> None:
    """Four runs, all of the panel and all cards; the keys go through runs and lines, and make the screen black."""
    page = lesson.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    runs = "&run=adam&run=dissected:lr=0.1&run=radam&run=sgd:lr=0.01"
    lesson.open(f"/?surface=himmelblau&steps=60{runs}&present=true")
    lesson.arrived()
    for run in range(4):
        page.keyboard.press("i")
        expect(lesson.stage.locator(".card").nth(run).locator(".look")).to_have_attribute("aria-pressed", "true")
        lesson.arrived()
        page.keyboard.press("End")
        expect(lesson.stage.locator(".ranking")).not_to_be_empty()
        lines = lesson.stage.locator(".step-panel .line")
        page.wait_for_function(FITS)
        for line in range(lines.count()):
            page.keyboard.press("ArrowDown")
            expect(lines.nth(line)).to_have_attribute("data-lit", "")
            page.wait_for_function(FITS)
        page.keyboard.press("ArrowUp")
        expect(lines.nth(lines.count() - 2)).to_have_attribute("data-lit", "")
    page.keyboard.press("i")
    expect(lesson.stage.locator(".step-panel")).to_be_hidden()
    black = page.locator(".mradam-present-blank")
    page.keyboard.press("b")
    expect(black).to_be_visible()
    page.keyboard.press("Escape")
    expect(black).to_be_hidden()
    expect(page).to_have_url(re.compile("present=true"))


def test_the_inside_of_a_lesson_opens_after_its_question(lesson: LessonPage) -> None:
    """A presented question has the cards and a large map; I then opens the inside that the lesson is about."""
    key, inside = next((key, lesson.inside) for key, lesson in reversed(list(LESSONS.items())) if lesson.inside)
    page = lesson.page
    lesson.open_lesson(key, "&present=true")
    panel = lesson.stage.locator(".step-panel")
    expect(panel).to_be_hidden()
    page.keyboard.press("i")
    expect(lesson.stage).not_to_have_attribute("data-inside", "")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    lesson.arrived()
    page.keyboard.press("i")
    expect(panel).to_be_visible()
    expect(lesson.stage.locator(".card .look").nth(inside)).to_have_attribute("aria-pressed", "true")


# Whether the map has a third of the window's height, and no panel beside it.
THIRD = """() => {
    const stage = document.querySelector('.mradam-stage');
    const height = stage.querySelector('.map').getBoundingClientRect().height;
    return !stage.hasAttribute('data-inside') && height >= innerHeight / 3;
}"""
SIZES = [(1366, 768), (1920, 1080)]


def test_the_map_has_a_third_of_the_height_while_its_question_waits(lesson: LessonPage) -> None:
    """In every lesson; also if the lesson has an inside of a step to show later."""
    page = lesson.page
    for key in KEYS:
        lesson.open_lesson(key, "&present=true")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_function(THIRD)


@pytest.mark.parametrize("scenes", [True, False], ids=["scenes", "no scenes"])
def test_the_map_keeps_its_size_when_the_legend_gets_more_keys(lesson: LessonPage, scenes: bool) -> None:
    key = next(key for key, lesson in reversed(list(LESSONS.items())) if bool(lesson.scenes) == scenes)
    page = lesson.page
    box = "() => document.querySelector('.mradam-stage .map').getBoundingClientRect().toJSON()"
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        lesson.open_lesson(key, "&present=true")
        page.wait_for_function(THIRD)
        before = page.evaluate(box)
        page.keyboard.press("Space")
        page.keyboard.press("Space")
        lesson.arrived()
        expect(page.locator(".mradam-present-bar .legend")).to_contain_text("ask again")
        assert page.evaluate(box) == before


@pytest.mark.parametrize("late", [True, False], ids=["late", "pressed"])
def test_no_inside_is_presented_while_a_question_waits(lesson: LessonPage, late: bool) -> None:
    """Not if the stage is on the page before the presenter's view either: by a slow module, or by its button."""
    key, inside = next((key, lesson.inside) for key, lesson in LESSONS.items() if lesson.inside is not None)
    page = lesson.page
    panel = lesson.stage.locator(".step-panel")
    held: list[Route] = []

    def hold(request: Route) -> None:
        held.append(request)

    if late:
        page.route(re.compile(r"/present/present\.js"), hold)
    lesson.open_lesson(key, "&present=true" if late else "")
    expect(panel).to_be_visible()
    for request in held:
        request.continue_()
    if not late:
        page.locator("[data-do=present]").click()
    expect(panel).to_be_hidden()
    page.wait_for_function(THIRD)
    lesson.predict.get_by_role("button", name="Skip").click()
    lesson.arrived()
    page.keyboard.press("i")
    expect(lesson.stage.locator(".card .look").nth(inside or 0)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)], ids=["beamer", "laptop", "projector"])
@pytest.mark.parametrize("key", ["batches", "network"])
def test_a_presented_model_is_beside_the_map_and_both_have_room(
    lesson: LessonPage, key: str, size: tuple[int, int]
) -> None:
    """Also with the inside of a step open: the cards are not covered."""
    page = lesson.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    lesson.open_lesson(key, "&present=true")
    lesson.skip()
    for opens in (False, True):
        if opens:
            page.keyboard.press("i")
            expect(lesson.stage.locator(".step-panel")).to_be_visible()
        page.wait_for_function(
            """() => {
                const box = (part) => document.querySelector('.mradam-stage ' + part).getBoundingClientRect();
                const [map, model, card] = [box('.map'), box('.model'), box('.card')];
                const title = document.querySelector('.mradam-stage .ytitle').getBoundingClientRect();
                const beside = model.left >= map.right && model.top === map.top && model.height === map.height;
                const clear = card.top >= model.bottom || card.left >= model.right;
                return beside && clear && map.height > innerHeight / 4 && title.top >= map.top;
            }"""
        )


def test_a_presented_scene_shows_what_the_room_can_use(page: Page) -> None:
    """No idea of the optimizer on its card, and no help that only a mouse opens."""
    StagePage(page).open("/?surface=cars_raw&steps=20&run=sgd:lr=0.003&present=true")
    expect(page.locator(".card .name").first).to_be_visible()
    expect(page.locator(".card .idea").first).to_be_hidden()
    for icon in page.get_by_test_id("stTooltipIcon").all():
        expect(icon).to_be_hidden()


def test_the_keys_of_a_remote_control_show_scenes_and_lessons(lesson: LessonPage) -> None:
    key = next(key for key, lesson in LESSONS.items() if lesson.scenes)
    page = lesson.page
    lesson.open_lesson(key, "&present=true")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    lesson.arrived()
    expect(page.locator(".mradam-present-bar .legend")).to_contain_text("scene")
    page.keyboard.press("PageDown")
    scene, _ = parse_link(LESSONS[key].scenes[0].scenario)
    page.wait_for_function(
        "(query) => document.querySelector('.mradam-stage').dataset.scenario === query", arg=format_link(scene)
    )
    # Above another scene its label is shown, not the question about the first one.
    label = page.locator(".st-key-lesson-scene-label")
    expect(label).to_have_text(LESSONS[key].scenes[0].label)
    expect(label).to_be_visible()
    expect(lesson.predict).to_be_hidden()
    page.keyboard.press("PageUp")
    expect(lesson.predict).to_be_visible()
    expect(label).to_have_count(0)
    for _ in range(len(LESSONS[key].scenes) + 1):
        page.keyboard.press("PageDown")
    lesson.opened(KEYS[KEYS.index(key) + 1])


def test_one_theme_is_chosen_for_all_pages(lesson: LessonPage) -> None:
    """The theme of the playground is that of the lessons, also of a presented one, and that of a lesson the other's."""
    page = lesson.page
    dark = page.locator(".mradam-present-bar[style*='dark']")

    def choose(theme: str) -> None:
        page.get_by_test_id("stMainMenu").get_by_role("button").click()
        page.get_by_test_id(f"stMainMenuItem-theme-{theme}").click()

    lesson.open("/?surface=hump&steps=60&run=adam:lr=0.3")
    expect(dark).to_have_count(0)
    choose("Dark")
    expect(dark).to_have_count(1)
    lesson.open_lesson(CHOICE, "&present=true")
    expect(dark).to_have_count(1)
    page.keyboard.press("Escape")
    choose("Light")
    expect(dark).to_have_count(0)
    lesson.open("/?surface=hump&steps=60&run=adam:lr=0.3&present=true")
    expect(lesson.stage).to_be_focused()
    expect(dark).to_have_count(0)


def test_keys_change_the_selected_run_and_the_start(lesson: LessonPage) -> None:
    """The setting is shown large while it changes, and the help sheet names the keys."""
    page = lesson.page
    lesson.open("/?surface=hump&steps=60&run=sgd:lr=0.05&run=adam:lr=0.3&present=true")
    lesson.arrived()
    before = lesson.scenario
    for key in ("2", "u", "o", "w"):
        page.keyboard.press(key)
    readout = page.locator(".mradam-present-readout")
    expect(readout).to_be_visible()
    page.keyboard.press("Shift+ArrowRight")
    expect(lesson.stage).not_to_have_attribute("data-scenario", re.compile("start=-3.7,"))
    lesson.arrived()
    after = lesson.scenario
    assert after.runs[0] == before.runs[0]
    assert after.runs[1].values["lr"] > before.runs[1].values["lr"]
    assert after.runs[1].values["beta1"] > before.runs[1].values["beta1"]
    assert after.steps > before.steps
    assert after.start[0] > before.start[0]
    page.keyboard.press("?")
    expect(page.locator(".mradam-present-help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".mradam-present-help")).to_be_hidden()
    expect(page).to_have_url(re.compile("present=true"))


def test_all_cards_of_a_lesson_of_four_runs_are_in_view_and_its_text_is_a_key_away(lesson: LessonPage) -> None:
    page = lesson.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    lesson.open_lesson("bias_correction", "&present=true")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    lesson.arrived()
    page.keyboard.press("i")
    page.keyboard.press("End")
    expect(lesson.stage.locator(".card")).to_have_count(4)
    expect(lesson.stage.locator(".ranking")).not_to_be_empty()
    page.wait_for_function(FITS)
    page.keyboard.press("i")
    page.keyboard.press("t")
    for part in ("idea", "words", "more"):
        expect(page.locator(f".st-key-lesson-{part}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-lesson-idea")).to_be_hidden()
    expect(lesson.stage.locator(".map")).to_be_visible()
