"""The pages as Streamlit runs them, without a browser."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from charts.figures import FIGURES
from components.lesson import Course
from components.lesson.row import row_data
from components.lesson.truth import Answer
from components.visit import Visit
from lessons import LESSONS
from surfaces import SURFACES
from trajectories import parse_link, preset_scenario

PAGES = Path(__file__).parents[1] / "pages"
FIRST = next(iter(SURFACES.values()))


KEYS = list(LESSONS)


def open_page(link: str = "", page: str = "") -> AppTest:
    app = AppTest.from_file(str(PAGES / "navigation.py"), default_timeout=60)
    if page:
        app.run().switch_page(page)  # the first run defines which pages there are
    for part in filter(None, link.split("&")):
        name, _, value = part.partition("=")
        app.query_params[name] = [*app.query_params.get(name, []), value]
    return app.run()


def open_lesson(link: str = "") -> AppTest:
    return open_page(link, "lesson.py")


@pytest.mark.parametrize("key", SURFACES)
def test_every_surface_has_its_page(key: str) -> None:
    app = open_page(f"surface={key}")
    assert not app.exception
    assert app.title[0].value == SURFACES[key].label
    assert not app.warning
    assert [button.label for button in app.button if button.key.startswith("preset-")] == [
        preset.label for preset in SURFACES[key].presets
    ]


def test_the_first_visit_shows_the_first_surface() -> None:
    app = open_page()
    assert app.title[0].value == FIRST.label
    assert app.session_state["visit"].scenario == preset_scenario(FIRST.key, FIRST.presets[0].link)


def test_each_mistake_in_a_link_is_named_once() -> None:
    app = open_page("surface=nowhere&steps=-1&run=adam:lr=9999")
    assert not app.exception
    (warning,) = app.warning
    notes = parse_link("surface=nowhere&steps=-1&run=adam:lr=9999")[1]
    assert len(notes) == 3
    assert warning.value == "\n".join(f"- {note}" for note in notes)


def test_a_link_to_the_inside_of_a_run_that_does_not_exist_is_refused() -> None:
    app = open_page("surface=hump&run=sgd&inside=2")
    assert [warning.value for warning in app.warning] == [
        "inside must be a whole number from 1 to 1: got 2. It is ignored."
    ]
    assert not open_page("surface=hump&run=sgd&inside=1").warning


def test_a_preset_button_turns_to_its_scenario() -> None:
    surface = next(surface for surface in SURFACES.values() if len(surface.presets) > 1)
    app = open_page(f"surface={surface.key}")
    app.button(key=f"preset-{surface.key}-{surface.presets[1].key}").click().run()
    assert not app.exception
    assert app.session_state["visit"].scenario == preset_scenario(surface.key, surface.presets[1].link)


@pytest.mark.parametrize("edit", [5, None, [], "edit", {}, {"sequence": -1}, {"sequence": True}, {"sequence": 1.5}])
def test_an_edit_without_a_number_gets_a_note_and_acknowledges_nothing(edit: Any) -> None:
    visit = Visit(*parse_link("surface=hump&run=adam"))
    before, acknowledged = visit.scenario, visit.acknowledged
    visit.edit(edit)
    assert (visit.scenario, visit.acknowledged) == (before, acknowledged)
    (note,) = visit.notes
    assert note.endswith("Reload the page.")


def test_an_invalid_edit_gets_a_note_and_changes_nothing() -> None:
    app = open_page()
    visit = app.session_state["visit"]
    before = visit.scenario
    visit.edit({"sequence": 3, "scenario": {"surface": "hump", "steps": 0, "runs": [{"optimizer": "adam"}]}})
    assert visit.scenario == before
    assert visit.acknowledged == 3
    assert visit.notes == ["steps must be a whole number from 1 to 10000: got 0."]
    app.run()
    assert [warning.value for warning in app.warning] == visit.notes, "one note is a sentence, not a list"


def test_the_address_is_read_when_the_page_is_opened_and_only_then() -> None:
    """Edits write it: a later address is older than the scenario, or arrives from the stage as well."""
    app = open_page("surface=beale&steps=70&run=adam:lr=0.2")
    visit = app.session_state["visit"]
    assert visit.acknowledged is None, "all that is known is the address"
    shown = visit.scenario
    app.query_params["surface"] = "hump"
    app.run()
    assert visit.scenario == shown
    app.switch_page("lesson.py").run()
    app.query_params.clear()
    app.switch_page("playground.py").run()
    assert visit.scenario == shown, "an address without a scenario requests none"
    app.switch_page("lesson.py").run()
    app.query_params.clear()
    for name, value in (("surface", "hump"), ("run", "sgd")):
        app.query_params[name] = value
    app.switch_page("playground.py").run()
    assert app.session_state["visit"].scenario == parse_link("surface=hump&run=sgd")[0]


def test_unknown_names_in_an_address_do_not_change_the_visit() -> None:
    app = open_page("surface=beale&steps=70&run=adam:lr=0.2")
    shown = app.session_state["visit"].scenario
    app.switch_page("lesson.py").run()
    app.query_params.clear()
    app.query_params["utm"] = "1"
    app.switch_page("playground.py").run()
    assert app.session_state["visit"].scenario == shown


def test_an_edit_that_comes_again_changes_nothing() -> None:
    visit = Visit(*parse_link("surface=hump&run=adam"))
    edit = {"sequence": 5, "link": "surface=trap&run=sgd"}
    visit.edit(edit)
    assert visit.scenario.surface == "trap"
    visit.choose("surface=beale&run=sgd")
    visit.edit(edit)
    visit.edit(edit | {"sequence": 4})
    assert (visit.scenario.surface, visit.acknowledged) == ("beale", 5)
    visit.edit(edit | {"sequence": 6})
    assert visit.scenario.surface == "trap"


def test_the_stage_can_send_the_link_of_an_earlier_scenario() -> None:
    visit = Visit(*parse_link("surface=hump&run=adam"))
    visit.edit({"sequence": 2, "link": "surface=trap&run=sgd&colour=red"})
    assert visit.scenario == parse_link("surface=trap&run=sgd")[0]
    assert visit.acknowledged == 2
    assert len(visit.notes) == 1
    visit.turn(parse_link("surface=hump&run=adam")[0])
    assert (visit.acknowledged, visit.notes) == (2, []), "a scenario set in Python acknowledges no edit"


# The lessons.


@pytest.mark.parametrize("key", KEYS)
def test_every_lesson_has_its_page(key: str) -> None:
    lesson = LESSONS[key]
    app = open_lesson(f"lesson={key}")
    assert not app.exception
    assert not app.warning
    assert [title.value for title in app.title] == [f"{lesson.order}. {lesson.title}"]
    assert [section.value for section in app.header] == [next(iter(lesson.sections))], (
        "the rest can give the answer away"
    )
    course = app.session_state["course"]
    assert course.attempt.visit.scenario == parse_link(lesson.scenario)[0]
    scenes = [button for button in app.button if button.key.startswith("scene-")]
    assert [scene.label for scene in scenes] == ["Reset", *(scene.label for scene in lesson.scenes)]
    assert all(scene.disabled for scene in scenes), "what they show would answer the question"
    course.attempt.answer = Answer()
    app.run()
    assert [section.value for section in app.header] == list(lesson.sections)


def test_the_first_visit_opens_the_first_lesson() -> None:
    app = open_lesson()
    assert app.session_state["course"].key == KEYS[0]
    assert not app.warning


def test_a_lesson_that_does_not_exist_gets_one_sentence() -> None:
    app = open_lesson("lesson=downhil")
    assert app.session_state["course"].key == KEYS[0]
    assert [warning.value for warning in app.warning] == [
        'No lesson "downhil". Did you mean "downhill"? This is the first.'
    ]


def test_each_lesson_has_the_next_one_for_a_neighbor() -> None:
    shown = row_data(Course(KEYS[0]))["lessons"]
    assert [lesson["key"] for lesson in shown] == KEYS
    orders = [lesson["number"] for lesson in shown]
    assert orders == [LESSONS[key].order for key in KEYS], "the numbers of the titles"
    assert all(before < after for before, after in pairwise(orders))


def test_a_link_with_a_solution_shows_it() -> None:
    lesson = LESSONS["hump"]
    app = open_lesson(f"lesson=hump&{lesson.goals[0].solution}")
    assert not app.exception
    learner = app.session_state["course"].attempt
    assert learner.visit.scenario == parse_link(lesson.goals[0].solution)[0]
    assert learner.answer == Answer(), "with a solution's link there is nothing to predict"
    assert 0 in learner.done
    assert parse_link(learner.link) == (learner.visit.scenario, []), "its own link brings it back"


def test_other_words_in_the_link_change_nothing() -> None:
    app = open_lesson("lesson=hump&utm_source=mail&embed=true&present=true")
    learner = app.session_state["course"].attempt
    assert learner.visit.scenario == learner.own
    assert learner.answer is None
    assert learner.link == "lesson=hump"


def test_one_press_shows_a_scene_or_resets_the_lesson() -> None:
    key = next(key for key in KEYS if LESSONS[key].scenes)
    app = open_lesson(f"lesson={key}&{LESSONS[key].goals[0].solution}")
    app.button(key=f"scene-{key}-1").click().run()
    learner = app.session_state["course"].attempt
    assert learner.visit.scenario == parse_link(LESSONS[key].scenes[0].scenario)[0]
    app.button(key=f"scene-{key}-0").click().run()
    assert learner.visit.scenario == learner.own
    assert learner.done, "what is reached stays reached"


def test_the_playground_opens_with_the_scenario_of_the_lesson() -> None:
    solution = LESSONS["hump"].goals[0].solution
    app = open_lesson(f"lesson=hump&{solution}")
    app.button(key="lesson-open").click().run()
    assert not app.exception
    assert app.session_state["visit"].scenario == parse_link(solution)[0]


def test_lessons_and_playground_keep_what_they_show() -> None:
    app = open_page("surface=beale&steps=70&run=adam:lr=0.2")
    shown = app.session_state["visit"].scenario
    app.query_params.clear()
    app.switch_page("lesson.py").run()
    app.session_state["course"].attempt.visit.edit({"sequence": 1, "scenario": shown.model_dump()})
    app.query_params["lesson"] = KEYS[1]
    app.run()
    app.switch_page("playground.py").run()
    assert app.session_state["visit"].scenario == shown
    assert not app.warning
    course = app.session_state["course"]
    assert course.key == KEYS[1]
    assert course.attempts[KEYS[0]].visit.scenario == shown


def test_figures_wait_for_the_answer() -> None:
    key = next(key for key in KEYS if LESSONS[key].figures)
    app = open_lesson(f"lesson={key}")
    captions = [figure.caption for figure in LESSONS[key].figures]
    assert not [text for text in app.markdown if text.value in captions]
    app.session_state["course"].attempt.answer = Answer()
    app.run()
    assert not app.exception
    assert [text.value for text in app.markdown if text.value in captions] == captions


def test_a_narrow_figure_is_shown_with_the_controls_and_others_at_the_end() -> None:
    kinds = {key: [FIGURES[figure.kind].narrow for figure in LESSONS[key].figures] for key in KEYS}
    for narrow in (True, False):
        key = next(key for key in KEYS if narrow in kinds[key])
        app = open_lesson(f"lesson={key}")
        app.session_state["course"].attempt.answer = Answer()
        app.run()
        texts = [text.value for text in app.markdown]
        caption = LESSONS[key].figures[kinds[key].index(narrow)].caption
        summary = list(LESSONS[key].sections.values())[-1]
        assert (texts.index(caption) < texts.index(summary)) is narrow


def test_a_walk_too_long_for_figures_is_shown_with_the_limit() -> None:
    app = open_lesson("lesson=hump&surface=hump&steps=2001&run=sgd:lr=0.05&run=momentum:lr=0.07")
    assert not app.exception
    assert not app.get("plotly_chart")
    assert app.session_state["course"].attempt.done == set()
    assert "up to 2000 steps; this one takes 2001." in app.caption[-1].value
