"""The pages for teachers: their examples are right files, and every line of a lesson's head is explained."""

import re
from pathlib import Path

import pytest

from backend.settings import Settings, variable
from lessons.base import Control, Figure, Goal, Lesson, Option, Predict, Scene, Smallest
from lessons.claim import Expectation
from mine.files import ENDINGS
from mine.report import check
from tests.own_files import own, write
from trajectories import KINDS

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE = re.compile(r"^\*\*`(\w+/\w+\.\w+)`\*\*\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples():
    texts = [(DOCS / name).read_text(encoding="utf-8") for name in ("own-folder.md", "lessons.md")]
    return dict(pair for text in texts for pair in EXAMPLE.findall(text))


def test_there_is_an_example_of_every_kind():
    assert {name.split("/")[0] for name in examples()} == set(ENDINGS)


def test_the_examples_pass_the_check(tmp_path):
    with own(tmp_path, {}):
        lines, faulty = check(write(tmp_path, examples()))
    assert not faulty, "\n".join(lines)
    assert [line.split()[-1] for line in lines[:-1]] == [
        name for kind in ENDINGS for name in sorted(examples()) if name.startswith(kind)
    ]


@pytest.mark.parametrize(
    "record", [Lesson, Scene, Control, Option, Predict, Goal, Smallest, Figure, Expectation], ids=lambda of: of.__name__
)
def test_every_line_of_a_head_is_explained(record):
    text = (DOCS / "lessons.md").read_text(encoding="utf-8")
    fields = set(record.model_fields) - {"key", "sections", "parameters"}
    missing = [name for name in sorted(fields) if not re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", text)]
    assert missing == []


def test_every_outcome_is_named():
    text = (DOCS / "lessons.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in text] == []


def test_the_settings_of_the_folder_are_named():
    text = (DOCS / "own-folder.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if name.startswith("mine") and variable(name) not in text] == []
