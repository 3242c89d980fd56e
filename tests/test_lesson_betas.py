"""What the lesson on the second moment says about every pair of betas is true: its map is computed here."""

import re

import numpy as np
import torch

from lessons import LESSONS
from trajectories import Axis, parse_link, simulate
from trajectories.settings_map import settings as settings_map
from trajectories.sweep import changed
from trajectories.verdicts import GLOBAL

SCENE = LESSONS["second_moment"].scenes[2]


def scene():
    scenario, problems = parse_link(SCENE.scenario)
    assert not problems
    return scenario


def axes_of_the_map():
    """The axes that the scene's link switches on."""
    parts = re.findall(r"(\d)\.(\w+):([\d.]+?)\.\.([\d.]+)", SCENE.scenario.split("settings=")[1])
    assert [(run, name) for run, name, _, _ in parts] == [("2", "beta1"), ("2", "beta2")]
    return tuple(Axis(name=name, run=int(run) - 1, low=float(low), high=float(high)) for run, name, low, high in parts)


def gradients(scenario):
    """The gradient of each example at the start along x, (examples,)."""
    landscape = scenario.landscape
    x, y = (torch.full_like(landscape.examples.targets, at, requires_grad=True) for at in scenario.start)
    losses = landscape.model.example_loss(x, y, landscape.examples.inputs, landscape.examples.targets)
    return torch.autograd.grad(losses.sum(), x)[0].numpy()


def test_the_years_pull_against_each_other():
    scenario = scene()
    along_x = gradients(scenario)
    (minimum,) = scenario.landscape.known_minima
    assert np.allclose(scenario.start, (minimum.x, minimum.y), atol=0.002)
    assert scenario.batch == 1
    assert [(along_x > 0).sum(), (along_x < 0).sum()] == [15, 9]
    assert abs(along_x.sum()) < 0.001 * np.abs(along_x).sum()
    assert -along_x[along_x < 0].mean() > along_x[along_x > 0].mean()


def test_the_map_shows_a_high_late_loss_without_memory_and_the_minimum_with_a_long_one():
    scenario = scene()
    found = settings_map(scenario, axes_of_the_map(), (9, 8))
    arrives, late = found.kinds[0] == GLOBAL, found.late_losses[0]
    long, short = found.y > 0.95, found.y < 0.6
    (minimum,) = scenario.landscape.known_minima
    assert arrives[long].all(), "for every beta1"
    assert (late[long] < minimum.value + 0.05).all()
    assert not arrives[short][:, found.x < 0.7].any()
    columns = found.x < 0.7
    assert (np.diff(late[:, columns], axis=0)[~long[1:]] < 0).all(), "the longer the memory, the lower the late loss"
    assert late[short][:, columns].min() > late[long].max()


def test_without_memory_the_run_leaves_for_a_higher_loss_for_any_order_of_the_years():
    scenario = changed(changed(scene(), 1, "beta1", 0.0), 1, "beta2", 0.0)
    (minimum,) = scenario.landscape.known_minima
    for seed in range(5):
        walk = simulate(scenario.model_copy(update={"seed": seed}))[1]
        assert walk.losses[-1] > minimum.value + 0.5
        assert walk.positions[-1][0] < minimum.x - 0.4, "fifteen gradients are positive: the steps go left"
