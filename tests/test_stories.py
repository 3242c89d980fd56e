"""The stories of the seed paper are true: each claim is measured on real walks."""

import numpy as np
import pytest
import torch

from surfaces import SURFACES
from trajectories import MAX_RUNS, Run, Scenario, parse_link, simulate


def walk(link):
    scenario, ignored = parse_link(link)
    assert ignored == []
    return simulate(scenario)


def kinds(link):
    return [trajectory.outcome.kind for trajectory in walk(link)]


# hump, Figure 1 -----------------------------------------------------------------------------------


def test_on_the_hump_only_runs_with_momentum_reach_the_minimum():
    first = SURFACES["hump"].presets[0]
    ends = {trajectory.settings.optimizer: trajectory.outcome.kind for trajectory in walk(f"surface=hump&{first.link}")}
    assert ends["sgd"] == "local_minimum"
    assert ends["momentum"] == "global_minimum"
    assert ends["adam"] == "global_minimum"


@pytest.mark.parametrize("lr", [0.05, 0.1, 0.2, 0.3, 0.5])
def test_on_the_hump_sgd_is_caught_at_any_sensible_lr(lr):
    assert kinds(f"surface=hump&steps=150&run=sgd:lr={lr}") == ["local_minimum"]


@pytest.mark.parametrize("lr", [0.05, 0.07, 0.1, 0.2, 0.3])
def test_on_the_hump_momentum_gets_over_at_any_of_these_lr(lr):
    assert kinds(f"surface=hump&steps=150&run=momentum:lr={lr},momentum=0.9") == ["global_minimum"]


# trap, Figure 3 -----------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", ["lr=0.1,momentum=0.9", "lr=0.05,momentum=0.95"])
def test_in_the_trap_momentum_climbs_turns_and_fails(settings):
    trap = SURFACES["trap"].landscape
    dip = trap.known_minima[1]
    (pass_,) = (point for point in trap.critical_points if point.kind == "saddle")
    (trajectory,) = walk(f"surface=trap&steps=200&run=momentum:{settings}")

    assert trajectory.losses[0] < pass_.value, "the unlucky start lies lower than the pass"
    through = int(np.argmax(trajectory.positions[:, 0] > dip.x))  # the first step beyond the dip
    assert 0 < through < 20
    turn = through + int(np.argmax(trajectory.losses[through:]))
    share = (trajectory.losses[turn] - dip.value) / (pass_.value - dip.value)
    assert 0.25 < share < 0.6, "it climbs well up the hill, and not to the pass"
    assert dip.x < trajectory.positions[turn, 0] < pass_.x
    assert trajectory.positions[turn + 5, 0] < trajectory.positions[turn, 0], "then it turns"
    assert trajectory.outcome.kind == "local_minimum"


def test_in_the_trap_larger_momentum_climbs_higher():
    runs = "&".join(f"run=momentum:lr=0.05,momentum={momentum}" for momentum in (0.85, 0.9, 0.95))
    beyond = SURFACES["trap"].landscape.known_minima[1].x
    highest = [
        w.losses[int(np.argmax(w.positions[:, 0] > beyond)) :].max() for w in walk(f"surface=trap&steps=200&{runs}")
    ]
    assert highest == sorted(highest)


# ravine -------------------------------------------------------------------------------------------


def test_the_ravine_is_narrow_and_turned():
    x, y = np.array([12, 5]) / 13, np.array([-5, 12]) / 13
    along, across = (SURFACES["ravine"].landscape.loss(*torch.from_numpy(direction)).item() for direction in (x, y))
    assert across / along == pytest.approx(100)


def test_in_the_ravine_sgd_zigzags_and_adam_does_not():
    ends = {w.settings.optimizer: w for w in walk(f"surface=ravine&{SURFACES['ravine'].presets[0].link}")}
    assert _turns_across(ends["sgd"]) >= 100  # of 149: every step, until the zigzag is below 1e-7
    assert _turns_across(ends["adam"]) <= 20
    assert ends["adam"].losses[-1] < 0.01 * ends["sgd"].losses[-1]


def _turns_across(trajectory):
    """How often the velocity changes its sign across the ravine, in jumps larger than rounding errors."""
    across = np.diff(trajectory.positions @ np.array([-5, 12]) / 13)
    across = across[np.abs(across) > 1e-9]
    return int((across[1:] * across[:-1] < 0).sum())


# plane and cliff, Figure 2 ------------------------------------------------------------------------

STEPS = 150
FINE = np.geomspace(1e-6, 10, 281)  # all that the app accepts, 40 to a decade


def progress(surface, optimizer, lrs):
    """The share of the way down that is behind it after 150 steps: 0 at the start's loss, 1 at the minimum's.

    The worst of the last 15 steps counts: a run that jumps around and passes the minimum has not arrived.
    """
    shares = []
    for chunk in np.array_split(lrs, -(-len(lrs) // MAX_RUNS)):
        runs = [Run(optimizer=optimizer, values={"lr": float(lr)}) for lr in chunk]
        land = SURFACES[surface].landscape
        walks = simulate(Scenario(surface=surface, start=land.start, steps=STEPS, runs=runs))
        shares += [(w.losses[0] - w.losses[-15:].max()) / (w.losses[0] - land.known_minima[0].value) for w in walks]
    return np.nan_to_num(np.array(shares), nan=-np.inf)


@pytest.mark.slow
def test_no_learning_rate_makes_sgd_good_on_plane_and_cliff():
    plane, cliff = progress("plane", "sgd", FINE), progress("cliff", "sgd", FINE)
    assert plane.max() > 0.99, "SGD can do the plane"
    assert cliff.max() > 0.99, "SGD can do the cliff"
    assert np.minimum(plane, cliff).max() < 0.4, "but with no one setting both"


def test_one_setting_of_adam_is_good_on_plane_and_cliff():
    lrs = [0.1, 0.15, 0.3, 1.0]  # a whole decade of them
    both = np.minimum(progress("plane", "adam", lrs), progress("cliff", "adam", lrs))
    assert both.min() > 0.98


def test_the_settings_shown_on_plane_and_cliff_are_the_same():
    assert SURFACES["plane"].presets[0].link == SURFACES["cliff"].presets[0].link
