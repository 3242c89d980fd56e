"""What a lesson asks for can be set by what it offers, and its words are the ones that the project uses."""

import re

import pytest

from components.glossary.glossary import glossary_data
from components.lesson import Attempt
from components.lesson.knobs import knobs_data
from components.lesson.truth import Answer
from components.visit import Visit
from lessons import GLOSSARY, LESSONS
from tests.test_components import plain
from trajectories import Scenario, parse_link


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


def test_the_glossary_is_plain_json_and_has_fifteen_words() -> None:
    data = glossary_data()
    assert plain(data | {"words": [list(pair) for pair in data["words"]]})
    assert len(GLOSSARY.words) == 15
    assert all(len(meaning) <= 120 and meaning.endswith(".") for meaning in GLOSSARY.words.values())


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


def test_the_first_lesson_introduces_slope_and_paper() -> None:
    """The other lessons use both."""
    first, *_ = LESSONS.values()
    idea = next(iter(first.sections.values()))
    assert "**slope**" in idea
    assert all(part in idea for part in ("Kuba Jerzmaowski", "2024", "Adam optimizer"))
