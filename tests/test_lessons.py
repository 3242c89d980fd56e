"""Every lesson is true: what it names exists, and each claim in it is simulated."""

import re
from pathlib import Path

import pytest

from lessons import LESSONS
from mine import of_lessons
from mine.of_lessons import links_of
from tests.cached_walks import scenario_of, walks_of
from trajectories.claims import explain, holds, reached

FOLDER = Path(__file__).parents[1] / "lessons"
LONGEST_TITLE, LONGEST_SENTENCE, MOST_WORDS = 40, 240, 370  # one or two screens
CLAIMS = {  # each by the name of its test
    f"{key}-{number}": (lesson, claim) for key, lesson in LESSONS.items() for number, claim in enumerate(lesson.expect)
}
GOALS = {
    f"{key}-{number}": (lesson, goal) for key, lesson in LESSONS.items() for number, goal in enumerate(lesson.goals)
}
each_lesson = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
each_goal = pytest.mark.parametrize(("lesson", "goal"), GOALS.values(), ids=GOALS)
each_nudge = pytest.mark.parametrize(
    "nudge",
    [
        pytest.param(1e-8, id="up", marks=pytest.mark.slow),
        pytest.param(-1e-8, id="down", marks=pytest.mark.slow),
    ],
)


def nudged(scenario, nudge):
    # Another machine rounds otherwise; a lesson that depends on the last digit would be wrong there.
    x, y = scenario.start
    return scenario.model_copy(update={"start": (x + nudge, y - nudge if y else y)})  # exactly on a ridge stays on it


# head and words -----------------------------------------------------------------------------------


def test_lessons_are_sorted_and_complete():
    orders = [lesson.order for lesson in LESSONS.values()]
    assert orders == sorted(set(orders))
    assert {path.stem for path in FOLDER.glob("*.md")} == set(LESSONS)


@each_lesson
def test_a_lesson_is_short(lesson):
    assert len(lesson.title) <= LONGEST_TITLE
    words = sum(len(text.split()) for text in lesson.sections.values())
    assert words <= MOST_WORDS, f"{words} words"
    texts = [lesson.idea, lesson.predict.question, lesson.predict.teaches]
    texts += [text for text in (lesson.predict.near, lesson.predict.far) if text]
    texts += [option.says for option in lesson.predict.options]
    texts += [sentence for goal in lesson.goals for sentence in (goal.text, goal.says)]
    texts += [figure.caption for figure in lesson.figures]
    assert [text for text in texts if len(text) > LONGEST_SENTENCE] == []
    assert [text for text in texts if not text.endswith((".", "?", "!"))] == []


@each_lesson
def test_a_lesson_cites_the_paper(lesson):
    assert re.search(r"Section|Algorithm|Figure|Equation", lesson.paper)
    assert re.search(r"[Pp]aper", " ".join(lesson.sections.values()))


@each_lesson
def test_links_are_used_whole(lesson):
    for link in [*links_of(lesson), *(goal.solution for goal in lesson.goals)]:
        assert link.isascii()
        assert 60 <= scenario_of(link).steps <= 300, "played back in at most eight seconds"


@pytest.mark.parametrize("check", of_lessons.FIRST, ids=lambda check: check.__name__)
@each_lesson
def test_what_a_lesson_names_exists(lesson, check):
    assert list(check(lesson)) == []


@pytest.mark.slow
@each_lesson
def test_figures_can_be_drawn(lesson):
    assert list(of_lessons.has_figures_that_can_be_drawn(lesson)) == []


@each_lesson
def test_it_has_the_sections_of_all_our_lessons(lesson):
    assert tuple(lesson.sections) == ("The idea", "Break it", "Take home")


# its claims are true -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "check",
    [of_lessons.has_true_claims, of_lessons.has_one_true_answer, of_lessons.has_goals_that_wait],
    ids=lambda check: check.__name__,
)
@each_lesson
def test_what_a_lesson_claims_is_true(lesson, check):
    assert list(check(lesson, walks_of)) == []


@pytest.mark.slow
@each_lesson
def test_every_goal_can_be_reached(lesson):
    assert list(of_lessons.has_goals_that_can_be_reached(lesson, walks_of)) == []


@each_nudge
@pytest.mark.parametrize(("lesson", "claim"), CLAIMS.values(), ids=CLAIMS)
def test_every_claim_holds_very_near_the_start(lesson, claim, nudge):
    scenario = nudged(scenario_of(links_of(lesson)[claim.scene]), nudge)
    assert not explain(claim, scenario, walks_of(scenario))


@each_nudge
@each_lesson
def test_exactly_one_answer_is_true_very_near_the_start(lesson, nudge):
    scenario = nudged(scenario_of(lesson.scenario), nudge)
    walks = walks_of(scenario)
    true = [option.label for option in lesson.predict.options if holds(option.claim, scenario, walks)]
    assert len(true) == bool(lesson.predict.options)


@pytest.mark.slow
@each_nudge
@each_goal
def test_a_goal_can_be_reached_from_very_near(lesson, goal, nudge):
    own, scenario = scenario_of(lesson.scenario), scenario_of(goal.solution)
    assert reached(goal, own, scenario, walks_of(scenario))
    beside = nudged(scenario, nudge)
    assert reached(goal.model_copy(update={"keep": ()}), own, beside, walks_of(beside))
