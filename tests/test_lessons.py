"""Every lesson keeps its word: its head is read strictly, and each claim in it is simulated."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.figures import FIGURES
from charts.theme import LIGHT
from lessons import LESSONS, Lesson, LessonError
from lessons.reading import parse, read, read_all
from trajectories import KINDS, parse_link, simulate
from trajectories.claims import explain, holds, reached

FOLDER = Path(__file__).parents[1] / "lessons"
LONGEST_TITLE, LONGEST_SENTENCE, MOST_WORDS = 40, 240, 330  # a screen or two, read at a glance where it is said
CLAIMS = {  # every claim of a catalogue's worth of heads, by the name of its test
    f"{key}-{number}": (lesson, claim) for key, lesson in LESSONS.items() for number, claim in enumerate(lesson.expect)
}
GOALS = {
    f"{key}-{number}": (lesson, goal) for key, lesson in LESSONS.items() for number, goal in enumerate(lesson.goals)
}
each_lesson = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
each_goal = pytest.mark.parametrize(("lesson", "goal"), GOALS.values(), ids=GOALS)
each_nudge = pytest.mark.parametrize("nudge", [0.0, 1e-8, -1e-8], ids=["as it is", "up", "down"])


def scenario_of(link):
    scenario, ignored = parse_link(link)
    assert ignored == []
    return scenario


def links_of(lesson):
    """The lesson's own scene, and then the others."""
    return [lesson.scenario, *(scene.scenario for scene in lesson.scenes)]


def nudged(scenario, nudge):
    # Another machine rounds otherwise; a lesson that hangs on the last digit would lie there.
    x, y = scenario.start
    return scenario.model_copy(update={"start": (x + nudge, y - nudge if y else y)})  # exactly on a ridge stays on it


# head and words -----------------------------------------------------------------------------------


def test_lessons_come_in_order():
    orders = [lesson.order for lesson in LESSONS.values()]
    assert orders == sorted(set(orders))
    assert {path.stem for path in FOLDER.glob("*.md")} == set(LESSONS)


@each_lesson
def test_a_lesson_is_a_screen_or_two(lesson):
    assert len(lesson.title) <= LONGEST_TITLE
    words = sum(len(text.split()) for text in lesson.sections.values())
    assert words <= MOST_WORDS, f"{words} words"
    said = [lesson.idea, lesson.predict.question, lesson.predict.teaches]
    said += [text for text in (lesson.predict.near, lesson.predict.far) if text]
    said += [option.says for option in lesson.predict.options]
    said += [sentence for goal in lesson.goals for sentence in (goal.text, goal.says)]
    said += [figure.caption for figure in lesson.figures]
    assert [text for text in said if len(text) > LONGEST_SENTENCE] == []
    assert [text for text in said if not text.endswith((".", "?", "!"))] == []


@each_lesson
def test_a_lesson_cites_the_paper(lesson):
    assert re.search(r"Section|Algorithm|Figure|Equation", lesson.paper)
    assert re.search(r"[Pp]aper", " ".join(lesson.sections.values()))


@each_lesson
def test_every_formula_is_closed(lesson):
    for text in lesson.sections.values():
        assert text.count("$") % 2 == 0


@each_lesson
def test_links_are_used_whole(lesson):
    for link in [*links_of(lesson), *(goal.solution for goal in lesson.goals)]:
        assert link.isascii()
        assert 60 <= scenario_of(link).steps <= 200, "played back in a few seconds"


@each_lesson
def test_what_a_head_names_is_there(lesson):
    own = scenario_of(lesson.scenario)
    runs = range(len(own.runs))
    for control in lesson.controls:
        assert control.run in runs
        assert control.name in own.runs[control.run].values
    assert {lesson.predict.flag, lesson.inside} - {None} <= set(runs)
    for goal in lesson.goals:
        if goal.smallest is not None:
            assert goal.smallest.name in own.runs[goal.smallest.run].values
    claims = [option.claim for option in lesson.predict.options] + [goal.claim for goal in lesson.goals]
    for claim in [*claims, *lesson.expect]:
        assert claim.outcome in {*KINDS, None}


@each_lesson
def test_no_two_things_have_one_name(lesson):
    labels = [option.label for option in lesson.predict.options]
    assert len(set(labels)) == len(labels)
    assert len(set(links_of(lesson))) == len(links_of(lesson))


@each_lesson
def test_figures_can_be_drawn(lesson):
    for figure in lesson.figures:
        FIGURES[figure.kind].check(figure.parameters)
        for scenario in map(scenario_of, links_of(lesson)):
            assert FIGURES[figure.kind].draw(scenario, LIGHT, **figure.parameters).data


# what it says is so -------------------------------------------------------------------------------


@each_nudge
@pytest.mark.parametrize(("lesson", "claim"), CLAIMS.values(), ids=CLAIMS)
def test_what_a_lesson_expects_is_so(lesson, claim, nudge):
    scenario = nudged(scenario_of(links_of(lesson)[claim.scene]), nudge)
    assert not explain(claim, scenario, simulate(scenario))


@each_nudge
@each_lesson
def test_exactly_one_answer_is_true(lesson, nudge):
    scenario = nudged(scenario_of(lesson.scenario), nudge)
    walks = simulate(scenario)
    true = [option.label for option in lesson.predict.options if holds(option.claim, scenario, walks)]
    assert len(true) == bool(lesson.predict.options)


@each_lesson
def test_a_flag_has_a_place_to_stand(lesson):
    if lesson.predict.flag is not None:
        scenario = scenario_of(lesson.scenario)
        outcome = simulate(scenario)[lesson.predict.flag].outcome
        assert outcome.kind not in {"diverged", "left the map"}


@each_goal
def test_a_goal_is_not_given_away(lesson, goal):
    own, *others = map(scenario_of, links_of(lesson))
    for scenario in (own, *others):
        assert not reached(goal, own, scenario, simulate(scenario))


@each_nudge
@each_goal
def test_a_goal_can_be_reached(lesson, goal, nudge):
    own, scenario = scenario_of(lesson.scenario), scenario_of(goal.solution)
    assert reached(goal, own, scenario, simulate(scenario))
    beside = nudged(scenario, nudge)
    assert reached(goal.model_copy(update={"keep": ()}), own, beside, simulate(beside))


# bad heads ----------------------------------------------------------------------------------------

GOOD = """+++
order = 1
title = "Downhill"
idea = "One sentence."
paper = "Section 1"
scenario = "surface=ravine"
[predict]
question = "Where?"
teaches = "This."
[[predict.options]]
label = "Here"
says = "Yes."
claim = { run = 0, outcome = "flat" }
[[predict.options]]
label = "There"
says = "No."
claim = { run = 0, outcome = "saddle", by = 3 }
[[goals]]
text = "Do it."
says = "Done."
claim = { run = 0, near = [1, 2.5] }
solution = "surface=hump"
keep = ["start"]
[[figures]]
kind = "sizes"
caption = "Sizes."
surfaces = ["plane", "cliff"]
[[expect]]
run = 0
below = 1
+++
## The idea

Words.

## Break it
More.
## Take home
Last.
"""


def refusal(text):
    with pytest.raises(LessonError) as caught:
        parse("bowl", text)
    return str(caught.value)


def test_a_good_head_is_read():
    lesson = parse("bowl", GOOD)
    assert (lesson.key, lesson.order, lesson.predict.options[1].claim.by) == ("bowl", 1, 3)
    assert lesson.goals[0].claim.near == (1.0, 2.5)
    assert lesson.figures[0].parameters == {"surfaces": ("plane", "cliff")}
    assert lesson.sections == {"The idea": "Words.", "Break it": "More.", "Take home": "Last."}


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("+++\norder", "order", "must begin with a head between two lines +++: got 'order = 1'."),
        ("+++\n## The", "## The", "must end its head with a second line +++: got none."),
        ("order = 1", "order =", "the head must be valid TOML, its lines counted after +++: Invalid value (at line 1"),
        ("order = 1", 'order = "1"', "order must be a whole number: got '1'."),
        ("order = 1\n", "", "the head must give order: got nothing."),
        ("order = 1", "order = 1\nkey = 'b'", "the head has no key: the file's name and its body say it."),
        ("order = 1", "order = 1\nmark = true", "mark is not known: got 'mark', use one of order, title, idea, paper,"),
        ('"Downhill"', '""', "title must not be empty: got ''."),
        ("by = 3", "by = -3", "predict.options.1.claim.by must be greater than or equal to 0: got -3."),
        (
            "by = 3",
            "bye = 3",
            "predict.options.1.claim.bye is not known: got 'bye', use one of run, outcome, by, beats",
        ),
        (', outcome = "flat"', "", "predict.options.0.claim must say something of its run: give one of outcome, by,"),
        ("near = [1, 2.5]", "near = [1]", "the head must give goals.0.claim.near.1: got nothing."),
        ("near = [1, 2.5]", "near = [1, nan]", "goals.0.claim.near.1 must be a finite number: got nan."),
        ("near = [1, 2.5]", "by = 4", "goals.0.claim must say which outcome is reached by then: give outcome too."),
        ("near = [1, 2.5]", "beats = 0", "goals.0.claim must name with beats another run than its own."),
        ('["start"]', '["begin"]', "goals.0.keep.0 must be 'surface', 'start', 'steps', 'noise', 'seed' or 'runs'"),
        ("[predict]", "[predict]\nflag = 0", "predict must have either a flag or options."),
        ("[predict]", "[predict]\nnear = 'So.'", "predict must have near and far where it has a flag, and only there."),
        ("below = 1", "below = 1\nscene = 2", "the lesson must have the scenes it expects something of: got scene 2"),
        ("## The idea", "# The idea", "the body must have the sections The idea, Break it, Take home, in this order"),
        ("Last.", "", "the section Take home must not be empty."),
    ],
)
def test_a_bad_head_is_answered_with_one_sentence(before, after, sentence):
    assert GOOD.count(before) == 1
    said = refusal(GOOD.replace(before, after))
    assert said.startswith(f"bowl.md: {sentence}")
    assert "\n" not in said


@given(st.text())
def test_any_text_is_a_lesson_or_one_sentence(text):
    for given_text in (text, f"+++\n{text}\n+++\n", GOOD.replace("order = 1", text)):
        sentence_or_lesson(given_text)


@given(st.data())
def test_a_spoiled_head_is_a_lesson_or_one_sentence(data):
    lines = GOOD.split("\n")
    values = [
        "",
        "true",
        "-1",
        "1e400",
        "inf",
        "[]",
        "{}",
        "[[1]]",
        "'x'",
        "1979-05-27",
        "{ run = 0 }",
        "[{ run = -1 }]",
    ]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        name, equals, _ = lines[place].partition(" = ")
        spoiled = f"{name} = {data.draw(st.sampled_from(values))}" if equals else data.draw(st.sampled_from(lines))
        lines[place] = data.draw(st.sampled_from([spoiled, "", f"{lines[place]}\n{lines[place]}"]))
    sentence_or_lesson("\n".join(lines))


def sentence_or_lesson(text):
    try:
        assert isinstance(parse("bowl", text), Lesson)
    except LessonError as error:
        sentence = str(error)
        assert re.fullmatch(r"bowl\.md: .+\.", sentence)
        assert len(sentence) < 400


def test_two_lessons_cannot_have_one_place(tmp_path):
    for name in ("bowl", "cup"):
        (tmp_path / f"{name}.md").write_text(GOOD, encoding="utf-8")
    with pytest.raises(
        LessonError, match=r"^cup\.md: order must be a place of its own: got 1, the place of bowl\.md\.$"
    ):
        read_all(tmp_path)


def test_lines_may_end_as_on_windows(tmp_path):
    (tmp_path / "bowl.md").write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert read(tmp_path / "bowl.md") == parse("bowl", GOOD)


def test_a_file_that_is_no_text_is_answered_with_one_sentence(tmp_path):
    (tmp_path / "bowl.md").write_bytes(b"+++\n\xff")
    with pytest.raises(LessonError, match=r"^bowl\.md: must be a text in UTF-8: byte 4 is not\.$"):
        read(tmp_path / "bowl.md")


def test_a_lesson_cannot_be_changed():
    lesson = parse("bowl", GOOD)
    with pytest.raises(ValueError, match="frozen"):
        lesson.title = "Uphill"
    with pytest.raises(TypeError):
        lesson.sections["The idea"] = "Mine."
