"""A lesson's head is read strictly: whatever is in a file, it is a lesson, or one clear sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import Lesson, LessonError
from lessons.reading import parse, read, read_all

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
        ("order = 1", "order = 1\nkey = 'b'", "the head must not give key: the file's name is the key,"),
        ("order = 1", "order = 1\nmark = true", "mark is not known: got 'mark', use one of order, title, idea, paper,"),
        ('"Downhill"', '""', "title must not be empty: got ''."),
        ("by = 3", "by = -3", "predict.options.1.claim.by must be greater than or equal to 0: got -3."),
        (
            "by = 3",
            "bye = 3",
            "predict.options.1.claim.bye is not known: got 'bye', use one of run, outcome, by, beats",
        ),
        (
            ', outcome = "flat"',
            "",
            "predict.options.0.claim must claim something about its run: give one of outcome, by,",
        ),
        ("near = [1, 2.5]", "near = [1]", "the head must give goals.0.claim.near.1: got nothing."),
        ("near = [1, 2.5]", "near = [1, nan]", "goals.0.claim.near.1 must be a finite number: got nan."),
        ("near = [1, 2.5]", "spread = [0.1]", "the head must give goals.0.claim.spread.1: got nothing."),
        (
            "near = [1, 2.5]",
            "spread = [0.2, 0.1]",
            "goals.0.claim must give in spread two numbers from 0 up that rise:",
        ),
        ("near = [1, 2.5]", "spread = [-1, 0.1]", "goals.0.claim must give in spread two numbers from 0 up that rise:"),
        ("near = [1, 2.5]", "held = [1, 0.9]", "goals.0.claim must give in held two numbers from 0 up that rise:"),
        ("order = 1", "order = 1\nshared = ['seed']", "shared.0 must be 'steps', 'batch' or 'noise': got 'seed'."),
        ("near = [1, 2.5]", "by = 4", "goals.0.claim must give outcome where it gives by:"),
        ("near = [1, 2.5]", "beats = 0", "goals.0.claim must give in beats the index of another run"),
        (
            '["start"]',
            '["begin"]',
            "goals.0.keep.0 must be 'surface', 'start', 'steps', 'batch', 'noise', 'seed' or 'runs'",
        ),
        ("[predict]", "[predict]\nflag = 0", "predict must have either a flag or options."),
        ("[predict]", "[predict]\nnear = 'So.'", "predict must have near and far where it has a flag, and only there."),
        ("below = 1", "below = 1\nscene = 2", "the lesson must have the scenes that expect names: got scene 2"),
        ("## The idea", "# The idea", "the body must begin with a heading such as '## The idea': got '# The idea"),
        ("## Break it", "## The idea", "the body must have 1 to 6 sections with headings that differ, '## ...': got"),
        ("Last.", "", "the section Take home must not be empty."),
    ],
)
def test_a_bad_head_is_answered_with_one_sentence(before, after, sentence):
    assert GOOD.count(before) == 1
    message = refusal(GOOD.replace(before, after))
    assert message.startswith(f"bowl.md: {sentence}")
    assert "\n" not in message


@given(st.text())
def test_any_text_gives_a_lesson_or_one_sentence(text):
    for given_text in (text, f"+++\n{text}\n+++\n", GOOD.replace("order = 1", text)):
        sentence_or_lesson(given_text)


@given(st.data())
def test_a_damaged_head_gives_a_lesson_or_one_sentence(data):
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
        LessonError,
        match=r"^cup\.md: order must be unique: got 1, the order of bowl\.md\.$",
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
