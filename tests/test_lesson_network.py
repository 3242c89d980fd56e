"""The numbers in the lesson on a network are true: each is computed here as the text describes."""

from functools import cache

import numpy as np
import pytest
import torch

from lessons import LESSONS
from surfaces.network import Embedding
from trajectories import Scenario, Trajectory, parse_link, simulate
from trajectories.network_walk import NetworkWalk

LESSON = LESSONS["network"]
LINKS = [LESSON.scenario, *(scene.scenario for scene in LESSON.scenes)]
SGD, ADAM = 0, 1


@cache
def walked(link: str) -> list[Trajectory]:
    return simulate(parse_link(link)[0])


def embedding_of(scenario: Scenario) -> Embedding:
    embedding = scenario.landscape.embedding
    assert embedding is not None
    return embedding


def own() -> Scenario:
    return parse_link(LESSON.scenario)[0]


def adam(**changes: object) -> Trajectory:
    """Adam's run on the lesson's own scenario, after changes; ``lr`` is that of Adam."""
    run = own().runs[ADAM]
    if "lr" in changes:
        run = run.model_copy(update={"values": {**run.values, "lr": changes.pop("lr")}})
    (walk,) = simulate(own().model_copy(update={"runs": (run,), **changes}))
    return walk


def test_the_network_and_its_examples_are_as_the_text_says():
    embedding = embedding_of(own())
    network = embedding.network
    assert network.size == 337
    assert network.layers == ((2, 16), (16, 16), (16, 1))
    assert (network.training, len(network.examples[0]) - network.training) == (80, 40)
    for link in LINKS:
        center = embedding_of(parse_link(link)[0]).plane.center
        assert torch.equal(center, network.initial()), "(0, 0) stands for the first weights"


def test_no_line_separates_the_moons():
    """The best weights of a line, by Newton's method for the cross-entropy: it converges, and some are wrong."""
    inputs, targets = embedding_of(own()).network.examples
    columns = torch.cat((inputs, torch.ones(len(inputs), 1, dtype=torch.float64)), 1)
    weights = torch.zeros(3, dtype=torch.float64)
    for _ in range(30):
        shares = (columns @ weights).sigmoid()
        gradient = columns.T @ (shares - targets)
        weights -= torch.linalg.solve(columns.T @ ((shares * (1 - shares))[:, None] * columns), gradient)
    assert gradient.norm() < 1e-9, "of separable classes the weights would grow without end"


def test_on_the_random_plane_adam_hardly_moves_and_the_loss_is_below_any_on_the_map():
    scenario, walk = own(), walked(LESSON.scenario)[ADAM]
    assert walk.measures["moved"][-1] == pytest.approx(8.6, abs=0.05)
    assert np.hypot(*walk.positions[-1]) == pytest.approx(0.8, abs=0.05)
    assert walk.losses[-1] == pytest.approx(0.02, abs=0.005)
    ticks = [torch.linspace(*bounds, 200, dtype=torch.float64) for bounds in scenario.landscape.bounds]
    x, y = torch.meshgrid(*ticks, indexing="ij")
    losses = scenario.landscape.loss(x, y)
    assert losses.min().item() == pytest.approx(0.53, abs=0.005)
    lowest = losses.argmin()
    place = LESSON.predict.options[0].claim.near
    assert (x.flatten()[lowest].item(), y.flatten()[lowest].item()) == pytest.approx(place, abs=0.1)


def test_about_a_tenth_of_the_gradient_lies_in_the_random_plane():
    network, plane = embedding_of(own()).network, embedding_of(own()).plane
    trained = NetworkWalk(own())
    trained.advance(own().steps)
    shares = []
    for weights in (torch.from_numpy(kept[ADAM]).double() for kept in trained.weights.values()):
        at = weights[None].requires_grad_()
        loss = network.example_losses(network.outputs(at, network.trained_on[0]), network.trained_on[1]).mean()
        (gradient,) = torch.autograd.grad(loss, at)
        shares.append(((plane.directions @ gradient[0]).norm() / gradient.norm()).item())
    assert len(shares) > 50
    assert np.median(shares) == pytest.approx(0.1, abs=0.02)


def test_the_same_walk_is_shown_on_both_planes():
    for one, other in zip(*map(walked, LINKS[:2]), strict=True):
        assert np.array_equal(one.losses, other.losses)
        assert np.array_equal(one.measures["moved"], other.measures["moved"])
        assert np.abs(one.positions[-1] - other.positions[-1]).max() > 1
        assert other.measures["distance"][-1] < 1e-9, "the plane goes through its end"


def test_with_other_batches_the_ends_are_near_on_the_map_and_their_weights_are_not():
    ends = []
    for link in LINKS[1:]:
        walk = NetworkWalk(parse_link(link)[0])
        walk.advance(walk.scenario.steps)
        ends.append((walk.record[-1, ADAM, :2], walk.weights[walk.step][ADAM]))
    (place, weights), (other_place, other_weights) = ends
    assert np.hypot(*(place - other_place)) == pytest.approx(0.4, abs=0.05)
    assert np.linalg.norm(weights - other_weights) == pytest.approx(3.4, abs=0.05)


def test_with_the_default_lr_of_torch_the_loss_is_still_high():
    default = torch.optim.Adam([torch.zeros(1)]).defaults["lr"]
    assert default == 0.001
    assert adam(lr=default).losses[-1] == pytest.approx(0.30, abs=0.005)


def test_the_training_loss_falls_while_the_validation_loss_rises():
    walk = adam(steps=1000)
    assert walk.losses[-1] == pytest.approx(0.004, abs=0.0005)
    assert walk.measures["validation_loss"][-1] == pytest.approx(0.24, abs=0.01)
    for seed in range(4):
        losses, validation = (row := adam(steps=1000, seed=seed)).losses, row.measures["validation_loss"]
        assert np.median(losses[-100:]) < 0.5 * np.median(losses[150:250])
        assert np.median(validation[-100:]) > 3 * np.median(validation[150:250])


def test_what_the_goals_say_of_their_solutions():
    further = walked(LESSON.goals[0].solution)[ADAM]
    assert further.losses[-1] < walked(LINKS[1])[ADAM].losses[-1]
    away, moved = further.measures["distance"], further.measures["moved"]
    assert (away[150:] > 0.5 * moved[150:]).all(), "the path is pale"
    stopped, whole = walked(LESSON.goals[1].solution)[ADAM], walked(LESSON.scenario)[ADAM]
    assert stopped.measures["validation_loss"][-1] == pytest.approx(0.026, abs=0.001)
    assert whole.measures["validation_loss"][-1] == pytest.approx(0.05, abs=0.002)
    assert whole.losses[-1] < stopped.losses[-1]
