"""The controls of a lesson can reach its goals, and its text has the words of the project."""

import re
from pathlib import Path

import pytest

from charts.formula import plain as symbol
from components.glossary.glossary import glossary_data
from components.lesson import Attempt
from components.lesson.knobs import knobs_data
from components.lesson.truth import Answer
from components.visit import Visit
from lessons import GLOSSARY, LESSONS
from optimizers import OPTIMIZERS, Hyperparameter
from tests.test_components import plain
from trajectories import Scenario, parse_link

FOLDER = Path(__file__).parents[1] / "lessons"


def stops_of(lesson: str, scenario: Scenario) -> dict[tuple[int, str], list[float]]:
    """The stops of each slider, by run and hyperparameter, with a scenario on the stage."""
    learner = Attempt(LESSONS[lesson], Visit(scenario), Answer())
    return {(knob["run"], knob["name"]): knob["stops"] for knob in knobs_data(learner, "s")["knobs"]}


GOALS = [(key, place) for key, lesson in LESSONS.items() for place in range(len(lesson.goals))]


@pytest.mark.parametrize(("key", "place"), GOALS)
def test_sliders_stop_at_every_value_of_a_solution(key: str, place: int) -> None:
    own = parse_link(LESSONS[key].scenario)[0]
    solution = parse_link(LESSONS[key].goals[place].solution)[0]
    stops = stops_of(key, solution)
    for at, (before, after) in enumerate(zip(own.runs, solution.runs, strict=True)):
        for name in (name for name in after.values if after.values[name] != before.values[name]):
            assert after.values[name] in stops[at, name]


@pytest.mark.parametrize("key", LESSONS)
def test_sliders_stop_at_the_values_of_every_scene(key: str) -> None:
    lesson = LESSONS[key]
    for link in (lesson.scenario, *(scene.scenario for scene in lesson.scenes)):
        scenario = parse_link(link)[0]
        for (run, name), stops in stops_of(key, scenario).items():
            assert scenario.runs[run].values[name] in stops


def test_the_glossary_is_plain_json_and_short() -> None:
    data = glossary_data()
    assert plain(data | {"words": [list(pair) for pair in data["words"]]})
    assert len(GLOSSARY.words) == 33
    assert all(len(meaning) <= 120 and meaning.endswith(".") for meaning in GLOSSARY.words.values())


CONTROLLED = {
    control.name: next(
        record
        for record in OPTIMIZERS[parse_link(lesson.scenario)[0].runs[control.run].optimizer].hyperparameters
        if record.name == control.name
    )
    for lesson in LESSONS.values()
    for control in lesson.controls
}


@pytest.mark.parametrize("record", [r for r in CONTROLLED.values() if r.scale != "switch"], ids=lambda r: r.name)
def test_the_glossary_has_the_name_and_the_symbol_of_every_slider_of_a_lesson(record: Hyperparameter) -> None:
    entries = [f"{word}: {meaning}" for word, meaning in GLOSSARY.words.items()]
    both = [rf"\b{record.name}\b", rf"formulas {symbol(record.symbol)}[:,]"]
    assert any(all(re.search(part, entry) for part in both) for entry in entries)


@pytest.mark.parametrize("record", [r for r in CONTROLLED.values() if r.scale != "switch"], ids=lambda r: r.name)
def test_a_lesson_mentions_symbol_and_name_of_a_slider_together(record: Hyperparameter) -> None:
    """The first lesson with the slider in one sentence; a browser draws the LaTeX."""
    first = next(lesson for lesson in LESSONS.values() if record.name in {control.name for control in lesson.controls})
    sentences = re.split(r"(?<=[.?!])\s", " ".join(first.sections.values()))
    assert any(f"`{record.name}`" in sentence and f"${record.symbol}$" in sentence for sentence in sentences)


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_names_things_as_the_project_does(key: str) -> None:
    lesson = LESSONS[key]
    texts = [lesson.title, lesson.idea, *lesson.sections.values(), *(figure.caption for figure in lesson.figures)]
    texts += [lesson.predict.question, lesson.predict.teaches, lesson.predict.near or "", lesson.predict.far or ""]
    texts += [part for goal in lesson.goals for part in (goal.text, goal.says)]
    texts += [part for option in lesson.predict.options for part in (option.label, option.says)]
    other = r"\b(?:walkers?|fates?|nobody|everybody|anybody|[Ww]hoever|the root|edge at|becomes of)\b"
    found = re.findall(other, " ".join(texts))
    assert found == []


INTRODUCED = (
    "weight", "loss", "gradient", "slope", "step", "learning rate", "curvature", "stability limit", "momentum",
    "velocity", "pass", "first moment", "second moment", "tuned", "diverge", "dataset", "example", "model", "residual",
    "training", "optimizer", "intercept", "standardize", "batch", "epoch", "stochastic", "spread",
    "validation", "accuracy", "boundary", "overfitting",
)  # fmt: skip


@pytest.mark.parametrize("word", INTRODUCED)
def test_a_word_is_introduced_where_a_lesson_first_uses_it(word: str) -> None:
    """There it is in bold type. "Pass" is also a verb."""
    used = rf"(?i)\bthe \**{word}\b" if word == "pass" else rf"(?i)\b{word}"
    texts = [" ".join(lesson.sections.values()) for lesson in LESSONS.values()]
    first = next(text for text in texts if re.search(used, text))
    assert re.search(rf"(?i)\*\*{word}", first)


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_refers_to_another_by_its_title(key: str) -> None:
    """Numbers change when a lesson is added before another."""
    text = (FOLDER / f"{key}.md").read_text(encoding="utf-8").replace('\\"', '"')
    assert re.findall(r"\blessons? \d+", text) == []
    named = re.findall(r'\blesson\s+"([^"]+)"', text)
    assert {" ".join(title.split()) for title in named} <= {lesson.title for lesson in LESSONS.values()}


def test_the_first_lesson_introduces_the_paper() -> None:
    """The other lessons refer to it."""
    first, *_ = LESSONS.values()
    idea = next(iter(first.sections.values()))
    assert all(part in idea for part in ("Kuba Jerzmaowski", "2024", "Adam optimizer"))
