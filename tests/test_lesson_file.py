"""A lesson that is begun in the playground is a right file, whatever scene is on the stage."""

import pytest

from lessons.reading import parse
from mine import of_lessons
from mine.lesson_file import NoLessonError, lesson_file
from surfaces import SURFACES
from tests.own_files import own
from trajectories import parse_link, preset_scenario

QUICK = {"hump", "plateau", "cars_raw"}
SCENES = {
    f"{key}-{preset.key}": pytest.param(key, preset.link, marks=[] if key in QUICK else [pytest.mark.slow])
    for key, surface in SURFACES.items()
    for preset in surface.presets[:2]
}
OTHERS = {
    "noise and a seed": "surface=hump&steps=80&noise=0.5&seed=3&run=sgd:lr=0.05&run=adam:lr=0.3",
    "batches": "surface=cars_standardized&steps=60&batch=8&run=momentum:lr=0.01",
    "an edited example": "surface=cars_raw&steps=60&point=3:out&run=adam:lr=1",
    "two equal runs": "surface=booth&steps=50&run=sgd:lr=0.01&run=sgd:lr=0.01",
    "it diverges": "surface=rosenbrock&steps=60&run=sgd:lr=1",
    "one step": "surface=himmelblau&steps=1&run=adam:lr=0.1",
    "a rate at the end of its range": "surface=ravine&steps=50&run=sgd:lr=10&run=adamw",
    "a start far away": "surface=booth&start=1000,1000&steps=50&run=sgd:lr=0.01",
}


def faults(text):
    lesson = parse("begun", text)
    return [sentence for check in [*of_lessons.FIRST, *of_lessons.FURTHER] for sentence in check(lesson)]


@pytest.mark.parametrize(("key", "link"), SCENES.values(), ids=SCENES)
def test_a_lesson_begun_with_a_preset_passes_the_check(key, link):
    scenario = preset_scenario(key, link)
    text = lesson_file(scenario)
    assert faults(text) == []
    assert parse_link(parse("begun", text).scenario) == (scenario, [])


@pytest.mark.parametrize("link", OTHERS.values(), ids=OTHERS)
def test_a_lesson_begun_with_another_scene_passes_the_check(link):
    scenario, notes = parse_link(link)
    assert notes == []
    assert faults(lesson_file(scenario)) == []


def test_a_lesson_can_begin_with_what_is_only_on_this_server(tmp_path):
    with own(tmp_path):
        scenario, _ = parse_link("surface=soup_bowl&steps=50&run=rprop:lr=0.1")
        assert faults(lesson_file(scenario)) == []


def test_what_cannot_begin_a_lesson_is_refused_in_one_sentence():
    scenario, _ = parse_link("surface=hump&steps=2001&run=sgd")
    with pytest.raises(NoLessonError, match=r"^A lesson's walks have at most 2000 steps: this scene has 2001\.$"):
        lesson_file(scenario)
    rows = tuple((float(number), float(number % 7)) for number in range(400))
    table = parse_link("surface=cars_raw&run=sgd:lr=0.001")[0].model_copy(update={"table": rows})
    with pytest.raises(NoLessonError, match=r"^This scene is not a link: .+\.$"):
        lesson_file(table)
