"""Advice is simulated before it is given: if it is applied, the outcome is as advised."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from charts.words import say
from optimizers import OPTIMIZERS, OptimizerSpec
from surfaces import SURFACES
from tests.two_weights import TWO_WEIGHTS
from trajectories import MAX_STEPS, Change, Outcome, Run, Scenario, advice, advise, parse_link, simulate
from trajectories.candidates import length_candidates, memories, start_candidates, value_candidates
from trajectories.link import preset_scenario
from trajectories.message import Message
from trajectories.verdicts import GLOBAL

# For these the advice was once wrong.
ONCE_WRONG = (
    "surface=hump&steps=150&run=adam:lr=0.01",
    "surface=hump&steps=150&run=sgd:lr=0.05",
    "surface=plane&steps=150&run=sgd:lr=0.3",
    "surface=plane&steps=150&run=momentum:lr=0.05",
    "surface=trap&steps=200&run=momentum:lr=0.1,momentum=0.95",
    "surface=trap&steps=200&run=momentum:lr=0.1,momentum=0.975",
    "surface=ravine&steps=150&run=sgd:lr=0.205",
    "surface=rosenbrock&steps=150&run=sgd:lr=0.01",
    "surface=himmelblau&steps=100&run=sgd:lr=0.1",
    "surface=saddle&start=-3,0&steps=100&run=sgd:lr=0.1",
)
PRESETS = [(key, place) for key, surface in TWO_WEIGHTS.items() for place in range(len(surface.presets))]


def sought(link, run=0):
    scenario, _ = parse_link(link)
    outcome = simulate(scenario)[run].outcome
    return scenario, outcome, advise(scenario, run, outcome)


def followed(scenario, run, change):
    """The outcome of a run after a change of one setting."""
    changed = change.apply(scenario, run)
    before, after = scenario.model_dump(), changed.model_dump()
    differing = [field for field in before if before[field] != after[field]]
    if change.hyperparameter is None:
        assert differing == [field for field in ("steps", "start") if getattr(change, field) is not None]
    else:
        assert differing == ["runs"]
        before["runs"][run]["values"][change.hyperparameter] = change.value
        assert before["runs"] == after["runs"]
    return simulate(changed)[run].outcome


def assert_holds(scenario, run, outcome, given):
    """Simulate the advised change; the outcome must be as advised."""
    if given is None:
        assert outcome.kind == "global_minimum"
        return
    arguments = dict(given.message.arguments)
    key = given.message.key.removeprefix("advice.")
    if key == "nothing_reaches":
        assert (given.change, outcome.kind == "global_minimum") == (None, False)
        return
    if key == "steps_enough":
        assert given.change is None
        assert arguments["steps"] <= scenario.steps / 2
        assert (arguments["step"], arguments["total"]) == (outcome.step, scenario.steps)
        end = followed(scenario, run, Change(steps=arguments["steps"]))
        assert end == outcome
        return
    for name in {"steps"} & arguments.keys() if key == "steps_reach" else ():
        assert given.change.steps == arguments[name]
    if "value" in arguments:
        assert (given.change.hyperparameter, given.change.value) == (arguments["name"], arguments["value"])
    if "x" in arguments:
        assert given.change.start == (arguments["x"], arguments["y"])
    end = followed(scenario, run, given.change)
    kind = {"value_rests": "local_minimum", "value_stays": "still_moving"}.get(key, "global_minimum")
    assert (end.kind, end.step) == (kind, arguments["steps" if key == "value_stays" else "step"])
    if key == "value_sooner":
        assert outcome.kind == "global_minimum"
        assert end.step <= outcome.step / 2
    else:
        assert outcome.kind != "global_minimum"


@pytest.mark.parametrize("link", ONCE_WRONG)
def test_advice_that_was_once_wrong_holds_now(link):
    scenario, outcome, given = sought(link)
    assert_holds(scenario, 0, outcome, given)


@pytest.mark.slow
@pytest.mark.parametrize(("surface", "place"), PRESETS)
def test_advice_on_every_run_of_every_preset_holds(surface, place):
    scenario = preset_scenario(surface, SURFACES[surface].presets[place].link)
    for run, trajectory in enumerate(simulate(scenario)):
        assert_holds(scenario, run, trajectory.outcome, advise(scenario, run, trajectory.outcome))


@pytest.mark.parametrize("surface", sorted(SURFACES.keys() - TWO_WEIGHTS.keys()))
def test_for_networks_no_change_is_searched_for(surface):
    scenario = Scenario(surface=surface, steps=20, runs=[Run(optimizer="sgd")])
    given = advise(scenario, 0, simulate(scenario)[0].outcome)
    assert (given.message.key, given.change) == ("advice.network", None)


def test_the_smallest_change_that_reaches_the_minimum_is_advised():
    scenario, _, given = sought("surface=hump&steps=150&run=adam:lr=0.1")
    value = given.change.value
    assert given.change.hyperparameter == "lr"
    step = dict(given.message.arguments)["step"]
    assert given.message == Message("advice.value_reaches", name="lr", value=value, step=step)
    smaller = [c.change.value for c in value_candidates(scenario.runs[0]) if c.name == "lr"]
    smaller = [rate for rate in smaller if abs(math.log(rate / 0.1)) < abs(math.log(value / 0.1)) - 1e-9]
    assert smaller
    for rate in smaller:
        assert followed(scenario, 0, Change(hyperparameter="lr", value=rate)).kind != "global_minimum"


def test_advice_that_changes_all_runs_names_them():
    """The start and the number of steps belong to every run of a scenario, not only to the advised one."""
    for message in (
        Message("advice.start_reaches", x=1.0, y=2.0, step=3),
        Message("advice.steps_reach", steps=300, step=3),
    ):
        assert "all runs" in say(message)
    assert "all runs" not in say(Message("advice.value_reaches", name="lr", value=0.1, step=3))


def test_with_noise_advice_is_simulated_with_the_same_seed():
    scenario, outcome, given = sought("surface=hump&steps=150&noise=0.3&seed=4&run=momentum:lr=0.02")
    assert_holds(scenario, 0, outcome, given)


# --- every advised outcome is simulated -----------------------------------------------------------------------------


@pytest.fixture
def optimistic_ensemble(monkeypatch):
    """An ensemble in which every column arrives at step 1, and the scenarios that are simulated nevertheless."""
    walks, end_of = [], advice._end_of

    def all_arrive(scenario, tried, steps):
        ends = yield from ends_of(scenario, tried, steps)
        return replace(ends, kinds=np.full_like(ends.kinds, GLOBAL), steps=np.ones_like(ends.steps))

    def counted(scenario):
        walks.append(scenario)
        return (yield from end_of(scenario))

    ends_of = advice._ends_of
    monkeypatch.setattr(advice, "_ends_of", all_arrive)
    monkeypatch.setattr(advice, "_end_of", counted)
    return walks


def test_a_change_that_arrives_only_in_the_ensemble_is_not_advised(optimistic_ensemble):
    """A candidate that arrives in the ensemble and was not simulated alone is not counted as tried."""
    scenario, outcome, _ = sought("surface=hump&steps=150&run=rmsprop:lr=0.02")
    optimistic_ensemble.clear()
    given = advise(scenario, 0, outcome)
    assert given.change is None
    assert given.message.key == "advice.nothing_reaches"
    candidates = len(value_candidates(scenario.runs[0])) + len(start_candidates(scenario))
    numbers = dict(given.message.arguments)
    assert numbers["settings"] + numbers["starts"] == len(optimistic_ensemble) < candidates


@pytest.mark.parametrize(
    "link", ["surface=trap&steps=1000&run=adam:lr=0.001", "surface=hump&steps=90&run=adam:lr=0.00001"]
)
def test_a_search_computes_a_bounded_number_of_steps(optimistic_ensemble, link):
    scenario, outcome, _ = sought(link)
    assert outcome.kind == "still_moving"
    assert scenario.steps + sum(scenario.steps for scenario in optimistic_ensemble) <= advice.MOST_SEARCH_STEPS


def test_of_a_long_walk_that_arrives_the_search_is_bounded_too(optimistic_ensemble):
    _, outcome, _ = sought("surface=ravine&steps=10000&run=momentum:lr=0.03")
    assert outcome.kind == "global_minimum"
    assert sum(scenario.steps for scenario in optimistic_ensemble) <= advice.MOST_SEARCH_STEPS


def test_the_advised_step_is_that_of_the_simulated_walk(optimistic_ensemble):
    scenario, outcome, given = sought("surface=plane&steps=150&run=adam:lr=0.1")
    assert outcome.kind == "still_moving"
    assert dict(given.message.arguments)["step"] == followed(scenario, 0, given.change).step > 1


def test_a_run_that_arrives_is_advised_only_what_is_twice_as_fast(optimistic_ensemble):
    scenario, outcome, given = sought("surface=ravine&steps=150&run=momentum:lr=0.03")
    assert outcome.kind == "global_minimum"
    assert optimistic_ensemble
    assert_holds(scenario, 0, outcome, given)


def test_a_run_that_circles_the_global_minimum_is_not_sent_to_a_local_one():
    _, outcome, given = sought("surface=hump&steps=150&run=sgd:lr=1.5")
    assert outcome.message.key == "outcome.circling_global"
    assert given.message.key in {"advice.value_reaches", "advice.start_reaches", "advice.nothing_reaches"}


# --- the report of a search without a result --------------------------------------------------------------------


def test_a_search_without_a_result_is_reported():
    scenario, _, given = sought("surface=trap&steps=200&run=momentum:lr=0.05")
    run = scenario.runs[0]
    settings, starts = len(value_candidates(run)), len(start_candidates(scenario))
    assert given.message == Message("advice.nothing_reaches", settings=settings, starts=starts)
    assert given.change is None
    sentence = say(given.message)
    assert "no single change" in sentence, "other changes may reach it: the sentence must not exclude them"
    assert [int(number) for number in re.findall(r"\d+", sentence)] == [settings, starts]
    momenta = [c.change.value or 0.0 for c in value_candidates(run) if c.name == "momentum"]
    detail = dict(given.detail.arguments)
    assert (detail["name"], detail["least"], detail["most"]) == ("momentum", min(momenta), max(momenta))
    assert detail["low"] < 0.05 < detail["high"]
    assert detail["steps"] >= scenario.steps
    assert "momentum from 0 to 0.99" in say(given.detail)


def test_on_a_map_without_a_minimum_the_advice_promises_none(monkeypatch):
    monkeypatch.setattr(advice, "minima_of", lambda _: ())
    _, _, given = sought("surface=hump&steps=20&run=sgd:lr=0.001")
    assert (given.message, given.change) == (Message("advice.no_minimum"), None)


def test_a_long_walk_is_not_searched_and_the_advice_states_it():
    scenario = Scenario(surface="hump", steps=advice.MOST_RUN_STEPS + 1, runs=[Run(optimizer="sgd")])
    moving = Outcome(kind="still_moving", step=scenario.steps, message=Message("outcome.still_moving", steps=1))
    given = advise(scenario, 0, moving)
    assert (given.message, given.change) == (Message("advice.not_searched", most=advice.MOST_RUN_STEPS), None)


def test_without_an_ensemble_there_is_no_search(monkeypatch):
    scenario, _ = parse_link("surface=hump&steps=20&run=sgd")
    (trajectory,) = simulate(scenario)
    monkeypatch.setattr(OptimizerSpec, "refusal", lambda *_, **needs: "It cannot." if needs.get("ensemble") else None)
    assert advise(scenario, 0, trajectory.outcome) is None


def test_a_run_that_begins_at_the_minimum_needs_no_advice():
    low = SURFACES["booth"].landscape.known_minima[0]
    _, outcome, given = sought(f"surface=booth&start={low.x},{low.y}&steps=100&run=sgd:lr=0.01")
    assert (outcome.kind, outcome.step, given) == ("global_minimum", 0, None)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_candidates_are_in_range_and_differ_from_the_current_values(optimizer):
    ranges = {h.name: h for h in OPTIMIZERS[optimizer].hyperparameters}
    for lr in (ranges["lr"].low, ranges["lr"].default, ranges["lr"].high):
        run = Run(optimizer=optimizer, values={"lr": lr})
        tried = value_candidates(run)
        assert len({(c.name, c.change.value) for c in tried}) == len(tried) <= 36 + 8
        for candidate in tried:
            allowed = ranges[candidate.name]
            assert allowed.low <= candidate.change.value <= allowed.high
            assert candidate.change.value != run.values[candidate.name]
            assert candidate.size > 0


def test_momentum_and_beta1_are_found_in_the_rule():
    """In every rule, the factor of the former value to which a line adds the gradient is momentum or beta1."""
    for key, spec in OPTIMIZERS.items():
        assert memories(spec) == [h.name for h in spec.hyperparameters if h.name in {"momentum", "beta1"}], key


def test_advised_steps_and_starts_are_within_the_limits_of_a_scenario():
    scenario = Scenario(surface="hump", steps=MAX_STEPS // 3, runs=[Run(optimizer="sgd")])
    assert [c.change.steps for c in length_candidates(scenario)] == [2 * (MAX_STEPS // 3), MAX_STEPS]
    assert length_candidates(Scenario(**dict(scenario) | {"steps": MAX_STEPS})) == []
    far = Scenario(**dict(scenario) | {"start": (1e6, 0.0)})
    assert [c.change.start for c in start_candidates(far)] == [scenario.landscape.start]


def test_a_change_is_equal_after_json():
    for change in (Change(hyperparameter="lr", value=0.3), Change(steps=300), Change(start=(-1.5, 2.0))):
        assert Change.model_validate_json(change.model_dump_json()) == change
