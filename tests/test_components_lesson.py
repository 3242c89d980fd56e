"""A lesson's prediction, goals and numbers, as Python works them out: from the walk, never from the file."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from components.lesson import Attempt, Course
from components.lesson.goals import goals_data
from components.lesson.knobs import knobs_data
from components.lesson.predict import predict_data, read_answer
from components.lesson.truth import Answer, judge, true_option
from components.visit import Visit
from lessons import LESSONS
from lessons.claim import RANGES
from surfaces import SURFACES
from tests.test_components import plain
from trajectories import Scenario, format_link, parse_link, simulate
from trajectories.claims import measured
from trajectories.spelling import percent

KEYS = list(LESSONS)


def attempt(key: str, answer: Answer | None = None, link: str = "") -> Attempt:
    """A learner on a lesson with an answer and a scenario."""
    lesson = LESSONS[key]
    return Attempt(lesson, Visit(parse_link(link or lesson.scenario)[0]), answer)


@pytest.mark.parametrize("key", KEYS)
def test_the_data_of_a_lesson_is_plain_json(key: str) -> None:
    for answer in (None, Answer(), Answer(option=0) if LESSONS[key].predict.options else Answer(flag=(0.0, 0.0))):
        learner = attempt(key, answer)
        for data in (predict_data(learner, "s"), knobs_data(learner, "s"), goals_data(learner)):
            assert json.loads(json.dumps(data)) == data
            assert plain(
                {name: part for name, part in data.items() if part is not None} | {"answer": 0, "truth": 0, "knobs": 0}
            )


@pytest.mark.parametrize("key", KEYS)
def test_the_truth_is_not_in_the_page_before_the_answer(key: str) -> None:
    data = predict_data(attempt(key), "s")
    question = LESSONS[key].predict
    assert data["truth"] is None
    for text in (question.teaches, question.near, question.far, *(option.says for option in question.options)):
        assert text is None or text not in json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize("key", [key for key in KEYS if LESSONS[key].predict.options])
def test_options_are_judged_by_the_walk(key: str) -> None:
    lesson = LESSONS[key]
    verdicts = [judge(lesson, Answer(option=place)) for place in range(len(lesson.predict.options))]
    assert [verdict.right for verdict in verdicts].count(True) == 1
    assert verdicts[true_option(key)].right
    assert [verdict.says for verdict in verdicts] == [option.says for option in lesson.predict.options]
    skipped = judge(lesson, Answer())
    assert (skipped.right, skipped.says, skipped.option) == (None, "", true_option(key))


@pytest.mark.parametrize("key", [key for key in KEYS if LESSONS[key].predict.flag is not None])
def test_the_distance_of_a_flag_is_measured_in_maps(key: str) -> None:
    lesson = LESSONS[key]
    scenario, _ = parse_link(lesson.scenario)
    (low, high), _ = SURFACES[scenario.surface].landscape.bounds
    x, y = simulate(scenario)[lesson.predict.flag].positions[-1].tolist()
    there = judge(lesson, Answer(flag=(x, y)))
    assert (there.right, there.away, there.says, there.end) == (True, 0, lesson.predict.near, (x, y))
    assert judge(lesson, Answer(flag=(x + 0.1 * (high - low), y))).away == pytest.approx(0.1)


@pytest.mark.parametrize(
    "given",
    [None, 3, "x", {}, {"option": 99}, {"option": -1}, {"option": True}, {"flag": [1]}, {"flag": ["a", "b"]}],
)
@pytest.mark.parametrize("key", KEYS[:2])
def test_an_invalid_answer_counts_as_skipped(key: str, given: object) -> None:
    assert read_answer(attempt(key), given) == Answer()


def goals_of(choose: Callable[[Any], bool] = lambda _: True) -> list[Any]:
    pairs = [(key, place) for key in KEYS for place, goal in enumerate(LESSONS[key].goals) if choose(goal)]
    return [pytest.param(*pair, id=f"{pair[0]}-{pair[1]}") for pair in pairs]


@pytest.mark.parametrize(("key", "place"), goals_of())
def test_a_goal_is_ticked_when_it_is_reached_and_not_before(key: str, place: int) -> None:
    learner = attempt(key, Answer())
    learner.check()
    assert learner.done == set(), "the lesson's own scenario reaches nothing"
    goal = LESSONS[key].goals[place]
    learner.visit.choose(goal.solution)
    learner.check()
    assert place in learner.done
    shown = goals_data(learner)
    assert shown["goals"][place]["says"] == goal.says
    assert shown["links"]["playground"] == format_link(learner.visit.scenario)
    learner.visit.turn(learner.own)
    learner.check()
    assert place in learner.done, "what is reached stays reached"


@pytest.mark.parametrize(("key", "place"), goals_of(lambda goal: "steps" in goal.keep))
def test_a_goal_with_a_kept_part_is_not_ticked_if_it_changes(key: str, place: int) -> None:
    scenario, _ = parse_link(LESSONS[key].goals[place].solution)
    learner = attempt(key, Answer())
    learner.visit.turn(Scenario.model_validate(scenario.model_dump() | {"steps": scenario.steps + 1}))
    learner.check()
    assert place not in learner.done


def test_goals_are_not_checked_before_the_prediction() -> None:
    learner = attempt("hump", None, LESSONS["hump"].goals[0].solution)
    learner.check()
    assert learner.done == set()


def test_the_points_are_the_sum_over_goals() -> None:
    key = next(key for key in KEYS if any(goal.points > 1 for goal in LESSONS[key].goals))
    learner = attempt(key, Answer())
    learner.done = set(range(len(LESSONS[key].goals)))
    shown = goals_data(learner)
    assert shown["score"] == shown["most"] == sum(goal.points for goal in LESSONS[key].goals)
    assert learner.complete


def test_a_goal_about_a_range_shows_the_present_value_and_follows_the_scenario() -> None:
    goals = LESSONS["batches"].goals
    shown = goals_data(attempt("batches", Answer()))["goals"]
    spreads = [place for place, goal in enumerate(goals) if goal.claim.spread is not None]
    scenario, _ = parse_link(LESSONS["batches"].scenario)
    for place, goal in enumerate(shown):
        values = measured(goals[place].claim, scenario, simulate(scenario))
        assert goal["now"] == [{"run": "", "name": "spread", "value": percent(share)} for _, _, share in values]
        assert len(values) == (place in spreads)
    solved = goals_data(attempt("batches", Answer(), goals[spreads[-1]].solution))["goals"]
    assert solved[spreads[-1]]["now"] != shown[spreads[-1]]["now"]


def test_the_numbers_of_networks_are_shares_in_percent_and_losses_and_wait_for_the_answer() -> None:
    lesson = LESSONS["network"]
    shown = goals_data(attempt("network", Answer()))["goals"]
    for goal, data in zip(lesson.goals, shown, strict=True):
        asked = {name for name in RANGES if getattr(goal.claim, name) is not None}
        assert {value["name"] for value in data["now"]} == asked
        assert all(("%" in value["value"]) == (value["name"] != "validation") for value in data["now"])
    assert all(goal["now"] == [] for goal in goals_data(attempt("network"))["goals"])


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_its_knob(key: str) -> None:
    lesson = LESSONS[key]
    knobs = knobs_data(attempt(key), "s")["knobs"]
    assert [(knob["run"], knob["name"]) for knob in knobs] == [
        (control.run, control.name) for control in lesson.controls
    ]
    for goal in (goal for goal in lesson.goals if goal.smallest):
        solved = parse_link(goal.solution)[0].runs[goal.smallest.run].values[goal.smallest.name]
        (knob,) = [k for k in knobs if (k["run"], k["name"]) == (goal.smallest.run, goal.smallest.name)]
        assert solved in knob["stops"], "the slider must stop at the solution"


@pytest.mark.parametrize("key", [key for key in KEYS if LESSONS[key].shared])
def test_every_shared_setting_has_its_knob(key: str) -> None:
    lesson = LESSONS[key]
    shared = knobs_data(attempt(key), "s")["shared"]
    assert [knob["name"] for knob in shared] == list(lesson.shared)
    for link in (lesson.scenario, *(goal.solution for goal in lesson.goals)):
        for knob in shared:
            assert getattr(parse_link(link)[0], knob["name"]) in knob["stops"]


def test_a_batch_has_a_knob_only_where_there_are_examples() -> None:
    data = knobs_data(attempt("batches"), "s")
    assert [(knob["name"], knob["stops"]) for knob in data["shared"]] == [("batch", [0, 1, 2, 4, 5, 8, 16, 32, 50])]
    assert knobs_data(attempt("batches", link="surface=hump&run=sgd"), "s")["shared"] == []


def test_the_batch_stops_at_the_number_of_examples_that_are_there_after_edits() -> None:
    scenario, _ = parse_link(LESSONS["batches"].scenario)
    edits = tuple({"example": example} for example in (1, 2, 3))
    learner = attempt("batches")
    learner.visit.turn(Scenario.model_validate(scenario.model_dump() | {"points": edits}))
    assert knobs_data(learner, "s")["shared"][0]["stops"][-1] == 47


def test_a_knob_has_the_name_of_its_run() -> None:
    """One rule of names: with the run's number where another run has the same optimizer."""
    own, _ = parse_link(LESSONS["downhill"].scenario)
    twice = attempt("downhill", link=f"{format_link(own)}&run={own.runs[0].optimizer}")
    assert knobs_data(twice, "s")["knobs"][0]["label"] == f"{own.runs[0].label}, run 1"


def test_the_edge_is_computed_from_the_curvature() -> None:
    """The ravine's sharper curvature is 10: beyond a learning rate of 0.2 gradient descent does not converge."""
    (knob,) = knobs_data(attempt("downhill"), "s")["knobs"]
    assert knob["mark"]["value"] == pytest.approx(0.2)
    assert knob["mark"]["words"] == "2 / curvature = 0.2"
    plane = attempt("downhill", link="surface=plane&run=sgd:lr=0.1")
    assert knobs_data(plane, "s")["knobs"][0]["mark"]["value"] != pytest.approx(0.2)
    assert knobs_data(attempt("downhill", link="surface=ravine&run=adam"), "s")["knobs"][0]["label"] == "Adam"


def test_a_number_that_is_not_in_the_scenario_has_no_knob() -> None:
    assert knobs_data(attempt("hump", link="surface=hump&run=adam"), "s")["knobs"] != []
    assert all(knob["run"] == 0 for knob in knobs_data(attempt("hump", link="surface=hump&run=adam"), "s")["knobs"])


@pytest.mark.parametrize("stray", ["restart=1", "noise_start=2", "note=start=1"])
def test_a_name_that_only_contains_a_part_of_a_scenario_opens_the_lesson_unchanged(stray: str) -> None:
    course = Course(KEYS[0])
    course.turn("hump", stray)
    assert course.attempt.visit.scenario == course.attempt.own
    assert course.attempt.answer is None
    course.turn("hump", f"{stray}&steps=7")
    assert course.attempt.visit.scenario.steps == 7
    assert course.attempt.answer == Answer()


@pytest.mark.parametrize("key", LESSONS)
def test_a_scene_switches_on_the_maps_of_its_link(key: str) -> None:
    lesson = LESSONS[key]
    learner = Attempt(lesson, Visit(parse_link(lesson.scenario)[0]))
    for place, link in enumerate([lesson.scenario, *(scene.scenario for scene in lesson.scenes)]):
        learner.visit.turn(parse_link(link)[0])
        assert learner.shown() == place, "the scenarios of two scenes are equal"
        for word in ("basins", "settings"):
            wanted = [part for part in link.split("&") if part.startswith(f"{word}=")]
            assert [part for part in learner.pictures.split("&") if part.startswith(f"{word}=")] == wanted
        assert "surface" not in learner.pictures
