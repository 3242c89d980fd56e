"""Claims about runs are checked: each kind of claim is true where it should be, and false in a similar case."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import LESSONS, Claim
from lessons.base import Goal, Smallest
from trajectories import KINDS, parse_link, simulate
from trajectories.claims import explain, holds, reached

HUMP = "surface=hump&steps=150&run=sgd:lr=0.05&run=momentum:lr=0.07&run=adam:lr=0.3"
CLIFF = "surface=cliff&steps=150&run=sgd:lr=5&run=adam:lr=0.15"
CARS = "surface=cars_standardized&steps=200&run=sgd:lr=0.1&run=sgd:lr=0.003&run=sgd:lr=2"
MOONS = "surface=network_moons&steps=60&batch=32&run=sgd:lr=0.1&run=adam:lr=0.02"
BROKEN = "surface=network_nottingham&steps=200&run=sgd:lr=0.3"  # it diverges, and has numbers but no classes
FLUNG = "surface=banana&steps=100&run=sgd:lr=0.01&run=adam:lr=0.3"  # the first diverges: it has no final loss


@cache
def simulated(link):
    scenario, ignored = parse_link(link)
    assert ignored == []
    return scenario, simulate(scenario)


@pytest.mark.parametrize(
    ("link", "claim", "so"),
    [
        (HUMP, {"run": 0, "outcome": "local_minimum"}, True),
        (HUMP, {"run": 0, "outcome": "global_minimum"}, False),
        (HUMP, {"run": 1, "outcome": "global_minimum", "by": 65}, True),
        (HUMP, {"run": 1, "outcome": "global_minimum", "by": 64}, False),
        (HUMP, {"run": 1, "outcome": "local_minimum", "by": 150}, False),
        (HUMP, {"run": 1, "beats": 0}, True),
        (HUMP, {"run": 0, "beats": 1}, False),
        (HUMP, {"run": 2, "first_step": 1.0}, True),
        (HUMP, {"run": 2, "first_step": 1.02}, False),
        (HUMP, {"run": 1, "near": (2.2, 0.2)}, True),
        (HUMP, {"run": 1, "near": (2.4, 0.2)}, False),
        (HUMP, {"run": 1, "below": -1.89}, True),
        (HUMP, {"run": 1, "below": -1.91}, False),
        (HUMP, {"run": 1, "outcome": "global_minimum", "beats": 0, "below": -1.91}, False),
        (HUMP, {"run": 1, "beats": 0, "also": ({"run": 0, "outcome": "local_minimum"},)}, True),
        (HUMP, {"run": 1, "beats": 0, "also": ({"run": 0, "outcome": "saddle"}, {"run": 1, "beats": 0})}, False),
        (HUMP, {"run": 3, "outcome": "global_minimum"}, False),
        (HUMP, {"run": 0, "beats": 3}, False),
        (HUMP, {"run": 0, "start": (-3.6, 1.3)}, True),
        (HUMP, {"run": 0, "start": (-3.2, 1.3)}, False),
        (CARS, {"run": 0, "spread": (0.0, 0.001)}, True),
        (CARS, {"run": 0, "spread": (0.001, 0.002)}, False),
        (CARS, {"run": 1, "spread": (0.23, 0.24)}, True),
        (CARS, {"run": 1, "spread": (0.24, 0.25)}, False),
        (CARS, {"run": 2, "spread": (0.0, 1e90)}, False),
        (FLUNG, {"run": 0, "spread": (0.0, 1e300)}, False),
        (MOONS, {"run": 1, "held": (0.66, 0.67)}, True),
        (MOONS, {"run": 1, "held": (0.67, 1.0)}, False),
        (MOONS, {"run": 0, "accuracy": (0.8, 0.9)}, True),
        (MOONS, {"run": 0, "accuracy": (0.9, 1.0)}, False),
        (MOONS, {"run": 1, "validation": (0.11, 0.12)}, True),
        (MOONS, {"run": 1, "validation": (0.12, 0.2)}, False),
        (BROKEN, {"run": 0, "outcome": "diverged"}, True),
        (BROKEN, {"run": 0, "held": (0.0, 1e300)}, False),
        (BROKEN, {"run": 0, "validation": (0.0, 1e300)}, False),
        (BROKEN, {"run": 0, "accuracy": (0.0, 1.0)}, False),
        (MOONS, {"run": 0, "spread": (0.0, 1e300)}, False),
        (CARS, {"run": 0, "held": (0.0, 1.0)}, False),
        (CARS, {"run": 0, "validation": (0.0, 1e300)}, False),
        (CLIFF, {"run": 0, "outcome": "left_the_map"}, True),
        (FLUNG, {"run": 0, "outcome": "diverged"}, True),
        (FLUNG, {"run": 0, "below": 1e300}, False),
        (FLUNG, {"run": 0, "near": (0.0, 0.0)}, False),
        (FLUNG, {"run": 0, "beats": 1}, False),
        (FLUNG, {"run": 1, "beats": 0}, True),
    ],
)
def test_a_claim_holds_for_the_runs_that_satisfy_it(link, claim, so):
    scenario, walks = simulated(link)
    assert holds(Claim(**claim), scenario, walks) is so
    assert bool(explain(Claim(**claim), scenario, walks)) is not so


def test_a_false_claim_is_explained_with_its_numbers():
    scenario, walks = simulated(HUMP)
    claim = Claim(run=1, outcome="global_minimum", by=5, first_step=2.0, near=(0.0, 0.0), below=-3.0)
    reasons = explain(claim, scenario, walks)
    assert reasons.startswith("Run 1 (Momentum): it should be there by step 5, and is at step 65; ")
    assert reasons.count(";") == 3
    both = Claim(run=0, outcome="local_minimum", also=(Claim(run=2, below=-3.0), Claim(run=1, outcome="saddle")))
    assert explain(both, scenario, walks).startswith("Run 2 (Adam): its loss should be below -3, and is -1.8")
    assert explain(both, scenario, walks).endswith("Run 1 (Momentum): outcome should be saddle, and is global_minimum.")
    assert explain(Claim(run=9, below=0.0), scenario, walks) == "Run 9: there is no run 9, only 3."


def test_an_outcome_that_does_not_exist_is_refused():
    scenario, walks = simulated(HUMP)
    with pytest.raises(ValueError, match=r'outcome must be one of global_minimum, .* got "lost"\.'):
        holds(Claim(run=0, outcome="lost"), scenario, walks)


@pytest.mark.slow
@given(
    st.builds(
        Claim,
        run=st.integers(0, 4),
        outcome=st.sampled_from([*KINDS]),
        by=st.none() | st.integers(0, 200),
        first_step=st.none() | st.floats(0, 10, exclude_min=True),
        near=st.none() | st.tuples(st.floats(-9, 9), st.floats(-9, 9)),
        below=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    )
)
def test_a_claim_holds_exactly_if_no_reason_against_it_is_found(claim):
    scenario, walks = simulated(HUMP)
    assert holds(claim, scenario, walks) == (not explain(claim, scenario, walks))


def test_the_spread_is_that_of_the_last_half_around_the_minimum():
    """On a bowl of curvature 2 the distance shrinks by 1 - 2 lr with every step."""
    scenario, walks = simulated(CARS)
    minimum = scenario.landscape.known_minima[0]
    first = np.hypot(*((np.array(scenario.start) - (minimum.x, minimum.y)) / scenario.landscape.size))
    distances = first * (1 - 2 * 0.003) ** np.arange(100, 201)
    expected = float(np.sqrt((distances**2).mean()))
    assert holds(Claim(run=1, spread=(expected * (1 - 1e-9), expected * (1 + 1e-9))), scenario, walks)
    said = explain(Claim(run=1, spread=(0.0, 0.1)), scenario, walks)
    assert f"its spread should be 0 to 0.1 of the map, and is {expected:.3g}" in said


def test_what_is_claimed_of_a_network_is_what_its_walk_recorded():
    scenario, walks = simulated(MOONS)
    measures = walks[1].measures
    away, moved = ((measures[name] ** 2).sum() for name in ("distance", "moved"))
    numbers = {
        "held": 1 - away / moved,
        "accuracy": measures["accuracy"][-1],
        "validation": measures["validation_loss"][-1],
    }
    for claimed, number in numbers.items():
        near = {claimed: (number * (1 - 1e-9), number * (1 + 1e-9))}
        assert holds(Claim.model_validate({"run": 1} | near), scenario, walks)
        assert not holds(Claim.model_validate({"run": 0} | near), scenario, walks), "the other run has other numbers"
        assert f"{number:.3g}." in explain(Claim.model_validate({"run": 1, claimed: (5.0, 6.0)}), scenario, walks)


# goals --------------------------------------------------------------------------------------------

OWN = "surface=hump&steps=150&run=sgd:lr=0.05&run=momentum:lr=0.07"


def reaches(link, **conditions):
    goal = Goal(text="Do it.", says="Done.", solution=OWN, **conditions)
    return reached(goal, simulated(OWN)[0], *simulated(link))


@pytest.mark.parametrize(
    ("part", "link"),
    [
        ("start", OWN.replace("steps", "start=-3.7,1.3&steps")),
        ("steps", OWN.replace("150", "151")),
        ("noise", OWN.replace("steps", "noise=0.0001&steps")),
        ("seed", OWN.replace("steps", "seed=1&steps")),
        ("runs", OWN.replace("0.05", "0.06")),
    ],
)
def test_a_goal_with_a_kept_part_is_not_reached_if_that_part_changes(part, link):
    claim = Claim(run=1, outcome="global_minimum")
    assert reaches(link, claim=claim)
    assert reaches(OWN, claim=claim, keep=(part,))
    assert not reaches(link, claim=claim, keep=(part,))


@pytest.mark.parametrize(("momentum", "so"), [(0.87, True), (0.86, False), (0.88, False), (0.872, True), (0.9, False)])
def test_only_the_smallest_value_that_reaches_the_goal_counts(momentum, so):
    least = Smallest(run=1, name="momentum", step=0.01)
    claim = Claim(run=1, outcome="global_minimum")
    assert reaches(f"{OWN},momentum={momentum}", claim=claim, smallest=least) is so


def test_a_goal_about_a_run_that_does_not_exist_is_not_reached():
    claim = Claim(run=0, outcome="local_minimum")
    for run, name in ((3, "momentum"), (0, "momentum")):
        assert not reaches(OWN, claim=claim, smallest=Smallest(run=run, name=name, step=0.01))


def test_any_scenario_can_be_compared_with_every_goal():
    scenario, walks = simulated("surface=plane&steps=60&run=sgd")
    for lesson in LESSONS.values():
        own, _ = parse_link(lesson.scenario)
        for goal in lesson.goals:
            assert reached(goal, own, scenario, walks) in {True, False}


def test_a_walk_that_overflows_off_the_map_has_left_it():
    scenario, _ = parse_link("surface=ravine&steps=150&run=sgd:lr=9")
    walks = simulate(scenario)
    assert walks[0].outcome.kind == "diverged"
    assert holds(Claim(run=0, outcome="left_the_map"), scenario, walks)
    assert not holds(Claim(run=0, outcome="left_the_map"), *_still())


def _still():
    scenario, _ = parse_link("surface=ravine&steps=20&run=sgd:lr=0.01")
    return scenario, simulate(scenario)
