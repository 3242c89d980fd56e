"""Navigation to and from a lesson in a real browser: links, Back, pages, a frame, the view of the presenter."""

import re

import pytest
from playwright.sync_api import Page, WebSocket, expect

from components.lesson.truth import Answer, judge, true_option
from lessons import LESSONS
from tests.browser.lesson_page import CHOICE, FLAG, KEYS, LessonPage
from trajectories import format_link, parse_link


@pytest.fixture
def lesson(page: Page) -> LessonPage:
    return LessonPage(page)


def test_back_and_forward_go_between_lessons(lesson: LessonPage) -> None:
    lesson.open_lesson(KEYS[0])
    for key in KEYS[1:3]:
        lesson.number(key).click()
        lesson.opened(key)
        expect(lesson.page).to_have_url(re.compile(rf"/lessons\?lesson={key}$"))
    lesson.page.go_back()
    lesson.opened(KEYS[1])
    lesson.number(KEYS[3]).click()
    lesson.opened(KEYS[3])
    lesson.page.go_back()
    lesson.opened(KEYS[1])
    lesson.page.go_back()
    lesson.opened(KEYS[0])
    lesson.page.go_forward()
    lesson.opened(KEYS[1])
    lesson.page.reload()
    lesson.opened(KEYS[1])


def test_pages_that_are_left_close_their_sockets(lesson: LessonPage) -> None:
    page = lesson.page
    sockets: list[WebSocket] = []

    def record(socket: WebSocket) -> None:
        if "/api/stream" in socket.url:
            sockets.append(socket)

    page.on("websocket", record)
    link = "surface=himmelblau&start=-1,2&steps=60&run=adam:lr=0.3"
    lesson.open(f"/?{link}")
    for _ in range(2):
        page.get_by_role("link", name="Lessons", exact=True).click()
        lesson.opened(KEYS[0])
        page.get_by_role("link", name="Playground", exact=True).click()
        expect(page.get_by_test_id("panel")).to_be_visible()
        expect(lesson.stage).to_have_count(1)
        lesson.arrived()
        assert format_link(lesson.scenario) == link
        page.wait_for_url(lambda url: url.endswith(f"/?{link}"))
    assert len(sockets) == 5, "one a stage"
    assert [socket.is_closed() for socket in sockets].count(False) == 1, "one socket for the shown stage"


def test_a_solution_can_be_shared(lesson: LessonPage, base_url: str) -> None:
    lesson.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    solution, _ = parse_link(LESSONS[FLAG].goals[0].solution)
    lesson.open_lesson(FLAG, f"&{format_link(solution)}")
    lesson.arrived()
    assert lesson.scenario == solution
    expect(lesson.tick(0)).to_have_attribute("aria-label", "Done")
    lesson.goals.get_by_role("button", name="Copy a link to my solution").click()
    expect(lesson.goals.get_by_text("Copied")).to_be_visible()
    copied = lesson.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == f"{base_url}/lessons?lesson={FLAG}&{format_link(solution)}"
    lesson.goals.get_by_role("button", name="Copy it as a playground link").click()
    lesson.page.wait_for_function(
        f"async () => (await navigator.clipboard.readText()).startsWith('{base_url}/?surface=')"
    )
    assert lesson.page.evaluate("() => navigator.clipboard.readText()") == f"{base_url}/?{format_link(solution)}"


def test_an_embedded_lesson_has_stage_and_question_and_no_navigation(lesson: LessonPage) -> None:
    lesson.open_lesson(CHOICE, "&embed=true")
    expect(lesson.page.get_by_role("navigation")).to_have_count(0)
    expect(lesson.page.get_by_role("button", name="Open in the playground")).to_have_count(0)
    sides = (
        "() => ['.mradam-predict', '.mradam-stage'].map((part) => document.querySelector(part).getBoundingClientRect())"
    )
    question, stage = lesson.page.evaluate(sides)
    assert question["right"] <= stage["left"], "the question beside the stage, as without a frame"
    lesson.skip()


def test_a_presented_lesson_works_by_keys_alone(lesson: LessonPage) -> None:
    page = lesson.page
    lesson.open_lesson(CHOICE, "&present=true")
    expect(lesson.stage).to_be_focused()
    for hidden in (".stAppHeader", ".mradam-row", ".st-key-lesson-more", ".st-key-lesson-words"):
        expect(page.locator(hidden).first).to_be_hidden()
    question = lesson.predict.locator(".question")
    expect(question).to_be_visible()
    assert float(question.evaluate("(element) => parseFloat(getComputedStyle(element).fontSize)")) >= 24
    page.keyboard.press(str(true_option(CHOICE) + 1))
    page.keyboard.press("Space")
    expect(lesson.stage).to_have_attribute("data-state", "playing")
    page.keyboard.press("End")
    lesson.revealed()
    expect(lesson.truth).to_contain_text("Correct.")
    assert page.evaluate(
        "() => document.querySelector('.mradam-stage .curve').getBoundingClientRect().bottom <= innerHeight"
    )
    page.keyboard.press("ArrowLeft")
    expect(lesson.stage).to_have_attribute("data-step", str(lesson.scenario.steps - 1))
    following = KEYS[KEYS.index(CHOICE) + 1]
    page.keyboard.press("n")
    lesson.opened(following)
    expect(page).to_have_url(re.compile(rf"lesson={following}&present=true$"))
    page.wait_for_function("() => document.querySelector('.mradam-stage').contains(document.activeElement)")
    page.keyboard.press("p")
    lesson.opened(CHOICE)
    page.keyboard.press("Escape")
    expect(lesson.number(CHOICE)).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/lessons\?lesson={CHOICE}$"))


@pytest.mark.parametrize("key", [CHOICE, FLAG], ids=["choice", "flag"])
def test_without_a_prediction_the_first_space_only_warns(lesson: LessonPage, key: str) -> None:
    """Without a prediction the first Space only warns, also when it is held: the walk would show the answer."""
    page = lesson.page
    lesson.open_lesson(key, "&present=true")
    keys = lesson.predict.locator(".keys")
    options = len(LESSONS[key].predict.options)
    expect(keys).to_contain_text(f"1–{options}" if options else "Click the map")
    page.keyboard.down("Space")
    expect(keys).to_contain_text("press Space again to run without a prediction")
    page.keyboard.down("Space")  # held: the browser marks the event as repeated
    page.keyboard.up("Space")
    expect(lesson.predict.get_by_role("button", name="Skip and run")).to_be_visible()
    expect(lesson.stage).to_have_class(re.compile("mradam-curtain"))
    page.keyboard.press("Space")
    lesson.arrived()
    expect(keys).to_be_hidden()
    expect(lesson.stage).not_to_have_class(re.compile("mradam-curtain"))


def longest(flag: bool) -> tuple[str, Answer]:
    """The lesson, with a flag or with a choice, that has the longest comment, and the answer for that comment."""
    lessons = [(key, lesson) for key, lesson in LESSONS.items() if (lesson.predict.flag is not None) == flag]
    far = [Answer(flag=(0.0, 0.0))]
    answers = [
        (key, answer)
        for key, lesson in lessons
        for answer in (far if flag else [Answer(option=place) for place in range(len(lesson.predict.options))])
    ]
    return max(answers, key=lambda given: len(judge(LESSONS[given[0]], given[1]).says))


@pytest.mark.parametrize("flag", [False, True], ids=["choice", "flag"])
@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)], ids=["beamer", "laptop", "projector"])
def test_the_presented_map_does_not_move(lesson: LessonPage, size: tuple[int, int], flag: bool) -> None:
    """The map stays from the question to the longest verdict."""
    page = lesson.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    key, answer = longest(flag)
    lesson.open_lesson(key, "&present=true")
    where = """() => {
        const { x, y, width, height } = document.querySelector('.mradam-stage .map').getBoundingClientRect();
        return [x, y, width, height];
    }"""
    expect(page.locator(".mradam-present-bar .legend")).to_contain_text("run")
    box = page.evaluate(where)
    page.keyboard.press("Space")
    expect(lesson.predict.locator(".keys")).to_have_attribute("data-warns", "")
    assert page.evaluate(where) == box
    if answer.option is None:
        page.mouse.click(box[0] + box[2] / 2, box[1] + box[3] / 2)
    else:
        page.keyboard.press(str(answer.option + 1))
    expect(lesson.predict.locator(".keys")).to_have_text("Space runs it.")
    assert page.evaluate(where) == box
    page.keyboard.press("Space")
    lesson.arrived()
    expect(lesson.predict.locator(".truth")).to_be_visible()
    assert page.evaluate(where) == box
    page.keyboard.press("End")
    lesson.revealed()
    assert page.evaluate(where) == box


def test_the_presenter_sees_which_keys_work(lesson: LessonPage) -> None:
    page = lesson.page
    legend = page.locator(".mradam-present-bar .legend")
    page.set_viewport_size({"width": 1920, "height": 1080})
    lesson.open_lesson(KEYS[0], "&present=true")
    expect(legend).to_have_text("1–3chooseSpacerunNnext lessonQcode to joinBblack screen?all keysEscleave")
    assert float(legend.evaluate("(element) => parseFloat(getComputedStyle(element).fontSize)")) >= 20
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    lesson.arrived()
    played = "Spaceplay or pause←→one stepIlook inside a step"
    rest = "Qcode to joinBblack screen?all keys"
    expect(legend).to_have_text(f"{played}Aask againNnext lesson{rest}Escleave")
    page.keyboard.press("n")
    lesson.opened(KEYS[1])
    expect(legend).to_contain_text("NPnext or previous lesson")
    lesson.open_lesson(FLAG, "&present=true")
    expect(legend).to_contain_text("next or previous lesson")
    expect(legend).not_to_contain_text("choose")
    lesson.open("/?surface=hump&steps=60&run=adam:lr=0.3&present=true")
    expect(legend).to_have_text(f"{played}{rest}Escleave")
    page.keyboard.press("i")
    expect(legend).to_have_text(f"Spaceplay or pause←→one step↑↓choose a lineEscclose{rest}")
    covered = """() => document.querySelector('.mradam-stage .curve').getBoundingClientRect().bottom
        <= document.querySelector('.legend').getBoundingClientRect().top"""
    page.wait_for_function(covered)


def test_the_playground_can_be_presented(lesson: LessonPage) -> None:
    lesson.open("/?surface=hump&steps=60&run=adam:lr=0.3")
    lesson.page.get_by_role("button", name="Present").click()
    expect(lesson.page.get_by_test_id("panel")).to_be_hidden()
    expect(lesson.stage).to_be_focused()
    expect(lesson.page).to_have_url(re.compile("&present=true$"))
    lesson.page.keyboard.press("Escape")
    expect(lesson.page.get_by_test_id("panel")).to_be_visible()


@pytest.mark.parametrize("key", [CHOICE, FLAG])
def test_an_answered_question_is_asked_again_without_the_edits(lesson: LessonPage, key: str) -> None:
    """By the button beside the answer and, in the presenter's view, by the key A."""
    page = lesson.page
    lesson.open_lesson(key)
    own = lesson.stage.get_attribute("data-scenario")
    for presented in (False, True):
        if presented:
            page.locator("[data-do=present]").click()
        if lesson.flag.is_visible():
            lesson.flag.focus()
            page.keyboard.press("ArrowUp")
        else:
            page.keyboard.press("1") if presented else lesson.predict.get_by_role("radio").first.check()
        if presented:
            page.keyboard.press("Space")
        else:
            lesson.predict.get_by_role("button", name="Run it").click()
        lesson.arrived()
        if not presented:
            lesson.stage.locator(".handle").press("ArrowUp")
            page.wait_for_function("(own) => document.querySelector('.mradam-stage').dataset.scenario !== own", arg=own)
            lesson.predict.get_by_role("button", name="Ask again").click()
        else:
            page.keyboard.press("a")
        expect(lesson.predict).to_have_attribute("data-open", "")
        expect(lesson.stage).to_have_attribute("data-scenario", own or "")
        expect(lesson.stage).to_have_attribute("data-received", "0")
        expect(lesson.predict.get_by_role("radio", checked=True)).to_have_count(0)
        expect(lesson.predict.get_by_role("button", name="Run it")).to_be_disabled()
        expect(lesson.goals).to_have_count(0)
