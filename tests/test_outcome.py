"""Every outcome of a walk has its name and its step."""

import numpy as np
import pytest
import torch

from charts.words import say
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories import KINDS, Outcome, Run, Scenario, parse_link, simulate
from trajectories.gradient import autograd_evaluator
from trajectories.message import Message
from trajectories.outcome import classify
from trajectories.stationary import stationary_points_near


def end(link):
    (trajectory,) = simulate(parse_link(link)[0])
    return trajectory.outcome


def record_of(surface, positions):
    """The record of a walk through some positions."""
    here = torch.tensor(np.array(positions, dtype=float))
    return torch.cat((here, autograd_evaluator(SURFACES[surface].landscape)(here.T).T), dim=1)[:, None].numpy()


def judge(surface, positions, optimizer="sgd", **values):
    of = Scenario(surface=surface, steps=len(positions) - 1, runs=[Run(optimizer=optimizer, values=values)])
    return classify(of, record_of(surface, positions))[0]


def path(*legs):
    """Positions from legs of (steps, point): walk to the point in a straight line, evenly."""
    (_, here), *others = legs
    positions = [np.array(here)]
    for steps, point in others:
        positions += list(np.linspace(positions[-1], point, steps + 1)[1:])
    return positions


def test_arrival_is_the_step_from_which_it_never_left_again():
    minimum = (SURFACES["himmelblau"].landscape.known_minima[0].x, SURFACES["himmelblau"].landscape.known_minima[0].y)
    outcome = judge(
        "himmelblau", path((0, (-5, -5)), (1, minimum), (5, minimum), (1, (0, 0)), (1, minimum), (20, minimum))
    )
    assert (outcome.kind, outcome.step) == ("global_minimum", 8)
    assert say(outcome.message) == "reached the global minimum at step 8"


def test_a_walk_that_passes_a_minimum_has_not_arrived():
    x, y = SURFACES["himmelblau"].landscape.known_minima[0].x, SURFACES["himmelblau"].landscape.known_minima[0].y
    assert judge("himmelblau", path((0, (-5, -5)), (40, (x, y)))).kind == "still_moving"


def test_a_higher_minimum_is_a_local_one():
    low, high = SURFACES["two_wells"].landscape.known_minima[0], SURFACES["two_wells"].landscape.known_minima[1]
    assert judge("two_wells", [(low.x, low.y)] * 5).kind == "global_minimum"
    outcome = judge("two_wells", path((0, (1.9, 1.9)), (1, (high.x, high.y)), (9, (high.x, high.y))))
    assert (outcome.kind, outcome.step) == ("local_minimum", 1)
    assert say(outcome.message) == "at rest in a local minimum since step 1"


def test_equal_minima_are_all_global():
    for minimum in SURFACES["himmelblau"].landscape.known_minima:
        assert judge("himmelblau", [(minimum.x, minimum.y)] * 5).kind == "global_minimum"


@pytest.mark.parametrize(
    ("legs", "step", "message"),
    [
        ([(0, (0, 0)), (1, (9, 0)), (5, (9, 9))], 1, Message("outcome.left_the_map", step=1)),
        (
            [(0, (0, 0)), (1, (9, 0)), (1, (0, 0)), (3, (0, 0)), (1, (0, -9)), (2, (0, -30))],
            6,
            Message("outcome.left_again", first=1, step=6),
        ),
        (
            [(0, (0, 0)), (1, (9, 0)), (1, (0, 0)), (1, (9, 0)), (1, (0, 0)), (3, (0, 9e9))],
            5,
            Message("outcome.ran_away_again", first=1, step=5),
        ),
        ([(0, (9, 0)), (1, (0, 0)), (1, (9, 0)), (2, (9, 9))], 2, Message("outcome.left_the_map", step=2)),
        (
            [(0, (9, 0)), (1, (0, 0)), (1, (9, 0)), (1, (0, 0)), (3, (9, 30))],
            4,
            Message("outcome.left_again", first=2, step=4),
        ),
    ],
    ids=["once", "twice", "twice and far", "from outside", "from outside twice"],
)
def test_the_outcome_of_a_walk_that_left_and_came_back_names_both(legs, step, message):
    outcome = judge("himmelblau", path(*legs), lr=0.01)
    assert (outcome.kind, outcome.step, outcome.message) == ("left_the_map", step, message)


def test_an_excursion_that_returns_is_judged_by_its_end():
    minimum = (SURFACES["himmelblau"].landscape.known_minima[0].x, SURFACES["himmelblau"].landscape.known_minima[0].y)
    assert judge("himmelblau", path((0, (0, 0)), (1, (90, 0)), (1, minimum), (9, minimum))).kind == "global_minimum"


def test_a_start_off_the_map_differs_from_leaving_it():
    outcome = judge("himmelblau", path((0, (90, 0)), (4, (91, 0))))
    assert (outcome.step, say(outcome.message)) == (0, "started off the map and stayed there")


def test_divergence_names_its_step():
    outcome = judge("himmelblau", [(0, 0)] * 31 + [(np.nan, np.nan)] * 5, lr=0.1)
    assert (outcome.kind, outcome.step, say(outcome.message)) == ("diverged", 31, "diverged at step 31")


def test_a_walk_that_grows_without_an_overflow_diverges_too():
    outcome = judge("himmelblau", path((0, (0, 0)), (3, (9e9, 0))), lr=0.1)
    assert (outcome.kind, say(outcome.message)) == ("left_the_map", "left the map at step 1 and diverges")


def test_a_walk_that_circles_a_minimum_has_not_arrived():
    low = SURFACES["himmelblau"].landscape.known_minima[0]
    round_it = [(low.x + 0.15 * np.cos(2 * turn), low.y + 0.15 * np.sin(2 * turn)) for turn in range(40)]
    outcome = judge("himmelblau", [(0, 0), *round_it])
    assert (outcome.kind, say(outcome.message)) == (
        "circling",
        "has circled the global minimum at least since step 32",
    )


def test_on_the_ridge_of_a_saddle_nothing_moves_and_noise_frees_it():
    outcome = end("surface=saddle&start=-3,0&steps=100&run=sgd:lr=0.1")
    assert outcome.kind == "saddle"
    assert end("surface=saddle&start=-3,0&steps=100&noise=0.1&run=sgd:lr=0.1").kind == "global_minimum"


def test_a_minimum_that_no_list_holds_is_found_by_its_curvature():
    # One of the many dips of Rastrigin's egg box, by Newton's method near (4, 4).
    near = stationary_points_near(SURFACES["rastrigin"].landscape, torch.tensor([[3.98], [3.98]], dtype=torch.float64))
    assert (near.found.tolist(), near.curvature_signs.tolist()) == ([True], [[1], [1]])
    x, y = near.positions[:, 0].tolist()
    outcome = judge("rastrigin", [(x + 0.01, y)] * 10)
    assert (outcome.kind, outcome.step) == ("local_minimum", 0)


def test_where_the_gradient_is_zero_the_outcome_is_flat():
    outcome = end("surface=easom&start=-0.9,0.6&steps=50&run=sgd:lr=0.1")
    assert (outcome.kind, outcome.step) == ("flat", 0)


def test_the_floor_of_a_long_valley_is_no_minimum():
    """On Rosenbrock's floor the gradient is a thousandth of the usual one, and the minimum far away."""
    outcome = end("surface=rosenbrock&start=0.8,0.64&steps=100&run=sgd:lr=1e-4")
    assert (outcome.kind, outcome.step) == ("still_moving", 100)
    assert say(outcome.message) == "still moving after 100 steps"
    assert judge("rosenbrock", [(0.8, 0.64)] * 10).kind == "still_moving"


def test_a_walk_of_one_step_has_an_outcome():
    outcome = end("surface=rosenbrock&steps=1&run=sgd:lr=1e-6")
    assert (outcome.kind, say(outcome.message)) == ("still_moving", "still moving after 1 step")


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_on_every_surface_ends_in_a_known_outcome(optimizer, surface):
    (trajectory,) = simulate(Scenario(surface=surface, steps=50, runs=[Run(optimizer=optimizer)]))
    outcome = trajectory.outcome
    assert isinstance(outcome, Outcome)
    assert outcome.kind in KINDS
    assert 0 <= outcome.step <= 50


@pytest.mark.parametrize("surface", SURFACES)
def test_every_listed_critical_point_is_recognized(surface):
    for point in SURFACES[surface].landscape.critical_points:
        kind = judge(surface, [(point.x, point.y)] * 5).kind
        if point.kind == "minimum":
            assert kind in {"global_minimum", "local_minimum"}
        else:
            assert kind == {"saddle": "saddle", "maximum": "flat"}[point.kind]
