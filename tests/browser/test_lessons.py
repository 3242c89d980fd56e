"""The lessons in a real browser: predict, run, see the truth, change a setting; by mouse, and by keyboard alone."""

import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from components.lesson.truth import true_option
from lessons import LESSONS
from surfaces import SURFACES
from tests.browser.lesson_page import CHOICE, FLAG, KEYS, LessonPage, tab_to
from trajectories import format_link, parse_link, simulate


@pytest.fixture
def lesson(page: Page) -> LessonPage:
    return LessonPage(page)


def test_a_lesson_by_mouse(lesson: LessonPage) -> None:
    page = lesson.page
    lesson.open_lesson(CHOICE)
    # Before the answer: the map, and nothing that shows the answer.
    expect(lesson.stage).to_have_attribute("data-received", "0")
    expect(lesson.stage.locator(".outcome").first).to_be_hidden()
    expect(lesson.predict.get_by_role("button", name="Run it")).to_be_disabled()
    question, true = LESSONS[CHOICE].predict, true_option(CHOICE)
    wrong = (true + 1) % len(question.options)
    lesson.predict.get_by_label(question.options[wrong].label).check()
    lesson.run()
    # Prediction and truth together.
    options = lesson.predict.locator(".option")
    expect(options.nth(true).locator(".mark")).to_have_text("✓ correct")
    expect(options.nth(wrong).locator(".mark")).to_have_text("✗ your choice")
    expect(lesson.truth).to_contain_text(question.options[wrong].says)
    expect(lesson.truth).to_contain_text(question.teaches)
    assert lesson.scenario == parse_link(LESSONS[CHOICE].scenario)[0]
    # A number to move, and a goal to reach with it.
    goal = LESSONS[CHOICE].goals[0]
    control = LESSONS[CHOICE].controls[0]
    value = parse_link(goal.solution)[0].runs[control.run].values[control.name]
    expect(lesson.tick(0)).to_have_attribute("aria-label", "Not yet")
    field = lesson.knobs.get_by_role("textbox").first
    field.fill(repr(value))
    field.press("Enter")
    expect(lesson.tick(0)).to_have_attribute("aria-label", "Done")
    expect(lesson.goals).to_contain_text(goal.says)
    # The next lesson, and back: the first lesson is unchanged.
    following = KEYS[KEYS.index(CHOICE) + 1]
    page.get_by_role("navigation", name="Neighboring lessons").get_by_text("Next lesson").click()
    lesson.opened(following)
    lesson.number(CHOICE).click()
    lesson.opened(CHOICE)
    assert lesson.scenario.runs[control.run].values[control.name] == value
    expect(lesson.truth).to_be_visible()
    expect(lesson.tick(0)).to_have_attribute("aria-label", "Done")
    # The playground takes the learner's own scenario.
    mine = lesson.scenario
    page.get_by_role("button", name="Open in the playground").click()
    expect(page.get_by_test_id("panel")).to_be_visible()
    lesson.arrived()
    assert lesson.scenario == mine
    page.wait_for_url(lambda url: parse_link(url.partition("?")[2]) == (mine, []) and "lesson" not in url)
    page.go_back()
    lesson.opened(CHOICE)
    assert lesson.scenario == mine


def test_a_lesson_by_keyboard_alone(lesson: LessonPage) -> None:
    page = lesson.page
    lesson.open_lesson(FLAG)
    scenario, _ = parse_link(LESSONS[FLAG].scenario)
    start = scenario.start
    expect(lesson.flag).to_have_attribute("aria-label", re.compile("not placed yet"))
    tab_to(page, lesson.flag)
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(lesson.flag).to_have_attribute("aria-label", re.compile(r"Flag, at x −?[\d.]+, y −?[\d.]+"))
    assert lesson.scenario.start == start, "it was the flag that moved"
    (x_low, x_high), (y_low, y_high) = SURFACES[scenario.surface].landscape.bounds
    run = lesson.predict.get_by_role("button", name="Run it")
    expect(run).to_be_enabled()
    tab_to(page, run)
    page.keyboard.press("Enter")
    expect(lesson.stage).to_be_focused()
    page.keyboard.press("End")
    lesson.revealed()
    expect(lesson.predict.get_by_role("status")).to_contain_text(LESSONS[FLAG].predict.teaches)
    # The distance on the map is that between the flag and the run's end, as a share of the map.
    flag = (x_low + 0.15 * (x_high - x_low), y_low + 0.005 * (y_high - y_low))
    end = simulate(scenario)[LESSONS[FLAG].predict.flag].positions[-1]
    share = float(np.hypot(*((end - flag) / (x_high - x_low, y_high - y_low))))
    words = lesson.stage.locator(".mradam-curtain-words")
    expect(words).to_be_visible()
    distance = re.fullmatch(r"([\d.]+) % of the map", words.text_content() or "")
    assert distance is not None
    assert abs(float(distance.group(1)) - 100 * share) < 1.5
    # A knob, the goal it reaches, and the next lesson.
    control = LESSONS[FLAG].controls[0]
    slider = lesson.knobs.get_by_role("slider").first
    tab_to(page, slider)
    before = lesson.scenario.runs[control.run].values[control.name]
    page.keyboard.press("ArrowLeft")
    expect(lesson.stage).not_to_have_attribute("data-scenario", format_link(scenario))
    page.keyboard.press("Tab")
    assert lesson.scenario.runs[control.run].values[control.name] < before
    following = page.get_by_role("navigation", name="Neighboring lessons").locator("[rel=next]")
    tab_to(page, following)
    page.keyboard.press("Enter")
    lesson.opened(KEYS[KEYS.index(FLAG) + 1])


def test_a_flag_that_is_not_placed_is_at_the_corner_of_the_map(lesson: LessonPage) -> None:
    """At any other place the flag could be taken for a hint."""
    lesson.open_lesson(FLAG)
    (x_low, _), (y_low, _) = SURFACES[parse_link(LESSONS[FLAG].scenario)[0].surface].landscape.bounds
    expect(lesson.flag).not_to_have_attribute("data-placed", "")
    foot = lesson.flag.evaluate(
        "(flag) => { const box = flag.getBoundingClientRect(); return [box.left + 9, box.top + 33]; }"
    )
    assert foot == pytest.approx(lesson.pixel(x_low, y_low), abs=2)
    expect(lesson.predict.locator(".how .mouse")).to_be_visible()
    expect(lesson.predict.locator(".how .finger")).to_be_hidden()


def test_a_click_places_the_flag_and_a_later_scenario_folds_it(lesson: LessonPage) -> None:
    lesson.open_lesson(FLAG)
    scenario, _ = parse_link(LESSONS[FLAG].scenario)
    x, y = simulate(scenario)[LESSONS[FLAG].predict.flag].positions[-1].tolist()
    lesson.page.mouse.click(*lesson.pixel(x, y))
    expect(lesson.flag).to_have_attribute("data-placed", "")
    lesson.run()
    expect(lesson.truth).to_contain_text(LESSONS[FLAG].predict.near or "")
    expect(lesson.flag).to_be_visible()
    lesson.page.mouse.click(*lesson.pixel(*scenario.start[:1], scenario.start[1] - 0.5))
    expect(lesson.flag).to_be_hidden()
    assert lesson.scenario.start != scenario.start


@pytest.mark.parametrize("off", [(0.0, -0.3), (0.05, 0.1), (-0.35, 0.02), (0.0, 0.0)])
def test_the_label_of_the_flag_and_the_distance_do_not_overlap(lesson: LessonPage, off: tuple[float, float]) -> None:
    """Also where the flag is close to the end of the run."""
    lesson.open_lesson(FLAG)
    scenario, _ = parse_link(LESSONS[FLAG].scenario)
    end = simulate(scenario)[LESSONS[FLAG].predict.flag or 0].positions[-1]
    (left, right), (low, high) = SURFACES[scenario.surface].landscape.bounds
    lesson.page.mouse.click(*lesson.pixel(end[0] + off[0] * (right - left), end[1] + off[1] * (high - low)))
    lesson.predict.get_by_role("button", name="Run it").click()
    lesson.arrived()
    lesson.finish()
    lesson.revealed()
    words = lesson.stage.locator(".mradam-curtain-words")
    expect(words).to_contain_text("of the map")
    apart = """() => {
        const [words, flag, map] = ['.mradam-curtain-words', '.mradam-curtain-flag', '.map']
            .map((part) => document.querySelector(`.mradam-stage ${part}`).getBoundingClientRect());
        const over = (one, low, high) => words[low] < one[high] - 1 && one[low] < words[high] - 1;
        const within = words.left >= map.left && words.right <= map.right;
        return { onTheFlag: over(flag, 'left', 'right') && over(flag, 'top', 'bottom'), within };
    }"""
    assert lesson.page.evaluate(apart) == {"onTheFlag": False, "within": True}


def test_skipping_shows_the_true_answer(lesson: LessonPage) -> None:
    lesson.open_lesson(CHOICE).skip()
    lesson.finish()
    expect(lesson.predict.locator(".option").nth(true_option(CHOICE)).locator(".mark")).to_have_text("✓ correct")
    expect(lesson.truth).to_contain_text(LESSONS[CHOICE].predict.teaches)


def test_the_goal_of_the_smallest_value_is_reached_only_at_that_value(lesson: LessonPage) -> None:
    key = next(key for key in KEYS if any(goal.smallest for goal in LESSONS[key].goals))
    place, goal = next((i, goal) for i, goal in enumerate(LESSONS[key].goals) if goal.smallest)
    lesson.open_lesson(key).skip()
    best = parse_link(goal.solution)[0].runs[goal.smallest.run].values[goal.smallest.name]
    at = [(control.run, control.name) for control in LESSONS[key].controls].index(
        (goal.smallest.run, goal.smallest.name)
    )
    field = lesson.knobs.get_by_role("textbox").nth(at)
    for value, state in ((best + goal.smallest.step, "Not yet"), (best, "Done")):
        field.fill(f"{value:.4g}")
        field.press("Enter")
        lesson.arrived()
        expect(lesson.goals.locator("li").nth(place).get_by_role("img")).to_have_attribute("aria-label", state)


def test_a_batch_is_set_in_a_lesson_and_reaches_its_goal(lesson: LessonPage) -> None:
    lesson.open_lesson("batches").skip()
    place = next(i for i, goal in enumerate(LESSONS["batches"].goals) if "runs" in goal.keep)
    batch = parse_link(LESSONS["batches"].goals[place].solution)[0].batch
    expect(lesson.tick(place)).to_have_attribute("aria-label", "Not yet")
    field = lesson.knobs.get_by_role("textbox", name="batch")
    field.fill(str(batch))
    field.press("Enter")
    lesson.arrived()
    assert lesson.scenario.batch == batch
    expect(lesson.tick(place)).to_have_attribute("aria-label", "Done")


def test_a_network_is_seen_on_another_plane_and_its_goals_are_reached(lesson: LessonPage) -> None:
    page, network = lesson.page, LESSONS["network"]
    lesson.open_lesson("network")
    question, true = network.predict, true_option("network")
    lesson.predict.get_by_label(question.options[true].label).check()
    lesson.run()
    expect(lesson.predict.locator(".option").nth(true).locator(".mark")).to_have_text("✓ correct")
    page.get_by_role("button", name=network.scenes[0].label).click()
    expect(lesson.stage).to_have_attribute("data-scenario", format_link(parse_link(network.scenes[0].scenario)[0]))
    for place, goal in enumerate(network.goals):
        expect(lesson.tick(place)).to_have_attribute("aria-label", "Not yet")
        solution = parse_link(goal.solution)[0]
        values = {"lr": solution.runs[network.controls[0].run].values["lr"], "steps": solution.steps}
        for name, value in values.items():
            field = lesson.knobs.get_by_role("textbox", name=name)
            field.fill(repr(value))
            field.press("Enter")
        lesson.arrived()
        expect(lesson.tick(place)).to_have_attribute("aria-label", "Done")


@pytest.mark.parametrize(("key", "scheme"), [(CHOICE, "light"), (FLAG, "dark")])
def test_axe_finds_no_barrier(lesson: LessonPage, key: str, scheme: str) -> None:
    # Reduced motion: no color changes while axe measures the contrast.
    lesson.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    lesson.open_lesson(key)
    for act in (lambda: None, lesson.skip, lesson.finish):
        act()
        results = Axe().run(lesson.page)
        grave = [found for found in results.response["violations"] if found["impact"] in ("serious", "critical")]
        ours = [found for found in grave if any("stHeader" not in str(node["target"]) for node in found["nodes"])]
        assert not ours, results.generate_report()


@pytest.mark.parametrize("size", [(390, 844), (1366, 768), (1920, 1080)], ids=["phone", "laptop", "projector"])
def test_the_page_fits_the_screen(lesson: LessonPage, size: tuple[int, int]) -> None:
    lesson.page.set_viewport_size({"width": size[0], "height": size[1]})
    lesson.open_lesson(CHOICE)
    expect(lesson.knobs).to_have_count(0)
    lesson.skip()
    lesson.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    assert lesson.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    order = """() => ['.st-key-lesson-words', '.mradam-predict', '.mradam-stage', '.mradam-knobs']
        .map((part) => document.querySelector(part).getBoundingClientRect())
        .map(({ left, right, top, bottom }) => [left, right, top, bottom])"""
    words, predict, stage, knobs = lesson.page.evaluate(order)
    assert words[3] <= predict[2]
    if size[0] < 1080:
        assert predict[3] <= stage[2]
        assert stage[3] <= knobs[2]
    else:
        assert max(words[1], predict[1]) <= stage[0], "words left, stage right"
        curve = lesson.stage.locator(".curve").bounding_box()
        assert curve is not None
        assert curve["y"] + curve["height"] <= size[1], "map, transport and curve are seen at once"


def test_no_part_of_the_page_moves_when_the_truth_appears(lesson: LessonPage) -> None:
    lesson.open_lesson(CHOICE)
    lesson.predict.locator(".option").first.click()
    lesson.predict.get_by_role("button", name="Run it").click()
    # The answer opens parts of the page after a run of the script; until then the walk is paused.
    lesson.stage.get_by_role("button", name="Pause").click()
    expect(lesson.goals).to_be_attached()
    expect(lesson.predict.locator(".truth .teaches")).to_be_attached()
    heights = """() => ['.mradam-predict', '.mradam-stage', '.mradam-goals']
        .map((part) => document.querySelector(part).offsetHeight)"""
    before = lesson.page.evaluate(heights)
    expect(lesson.truth).to_have_count(0)
    lesson.finish()
    lesson.revealed()
    assert lesson.page.evaluate(heights) == before
