"""The numbers in the text of lessons are true: each is computed here as the text describes."""

import itertools
import math

import numpy as np
import pytest
import torch

from lessons import LESSONS
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories import Axis, Run, Scenario, ensemble, limits, parse_link, seeds, simulate
from trajectories.claims import holds
from trajectories.ends import ends_of
from trajectories.ensemble import Columns, Observer
from trajectories.sweep import changed, late_loss, simulated, smallest, sweep, tuned
from trajectories.terrain import sharpest_curvature
from trajectories.verdicts import KINDS


def own(key):
    scenario, _ = parse_link(LESSONS[key].scenario)
    return scenario


def derivatives(surface, point):
    """Gradient and second derivative along x, by autograd."""
    x, y = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in point)
    (gradient,) = torch.autograd.grad(SURFACES[surface].landscape.loss(x, y), x, create_graph=True)
    return gradient.item(), torch.autograd.grad(gradient, x)[0].item()


class ObservedLosses(Observer):
    """Keeps the losses of a block of walks: in ``steps`` one tensor, (walks,), for each step."""

    def __init__(self, _count):
        self.steps = []

    def add_steps(self, _first, record):
        self.steps += record[:, :, 2].clone()


def walk_ensemble(scenario, run, **values):
    """One run of a scenario with other values, a walk for each column: losses (steps + 1, n) and kinds."""
    settings = scenario.runs[run]
    count = len(next(iter(values.values())))
    columns = Columns(
        landscape=scenario.landscape,
        optimizer=settings.optimizer,
        starts=torch.tensor(scenario.start, dtype=torch.float64)[:, None].repeat(1, count),
        values={**settings.values, **{name: torch.as_tensor(numbers) for name, numbers in values.items()}},
        steps=scenario.steps,
    )
    (seen,) = ensemble.step_ensemble(columns, ObservedLosses)
    losses = torch.stack(seen.steps)[:, :count].numpy()
    return losses, {KINDS[kind] for kind in ends_of(columns).kinds}


def turns_across_the_ravine(walk):
    across = np.diff(walk.positions @ np.array([-5, 12]) / 13)
    across = across[np.abs(across) > 1e-9]
    return int((across[1:] * across[:-1] < 0).sum())


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_each_tuned_run_has_the_best_of_the_learning_rates(lesson):
    # The figure states which learning rates are tried for each run. The scene must use the best of them.
    for figure in lesson.figures:
        if figure.kind == "tuning":
            links = [lesson.scenario, *(s.scenario for s in lesson.scenes if "tuned" in s.label)]
            for scenario, _ in map(parse_link, links):
                found = [
                    loss for _, loss in tuned(scenario, **figure.parameters)
                ]  # several may be best to the last bit
                assert [late_loss(walk) for walk in simulate(scenario)] == pytest.approx(found, abs=1e-8)


def test_downhill_the_edge_is_two_over_the_curvature():
    land = SURFACES["ravine"].landscape
    assert 2 / sharpest_curvature(land, 0.0, 0.0) == pytest.approx(0.2)
    hessian = torch.autograd.functional.hessian(land.loss, (torch.tensor(0.0), torch.tensor(0.0)))
    assert np.linalg.eigvalsh(hessian) == pytest.approx([0.1, 10])
    removed, longer, higher = 0.19 * 0.1, 0.205 * 10 - 1, 0.205 / 0.19
    assert (removed, longer, higher) == pytest.approx((0.019, 1.05, 1.08), abs=0.002)
    before, after = sweep(own("downhill"), 0, "lr", [0.199, 0.201])
    assert before.losses[-1] < before.losses[0] < after.losses[-1]


def test_the_hump_the_smallest_momentum_turns_just_below_the_top():
    goal, scenario = LESSONS["hump"].goals[0], own("hump")
    least = smallest(scenario, 1, "momentum", 0.01, lambda *result: holds(goal.claim, *result))
    assert least == 0.87
    (below,) = sweep(scenario, 1, "momentum", [0.86])
    dip, top = SURFACES["hump"].landscape.known_minima[1], SURFACES["hump"].landscape.critical_points[2]
    highest = below.losses[int(np.argmax(below.positions[:, 0] > dip.x)) :].max()
    assert 0.95 < (highest - dip.value) / (top.value - dip.value) < 1


def test_unlucky_start_none_of_these_pairs_crosses_the_pass():
    scenario = own("unlucky_start")
    (walk,) = simulate(scenario)
    assert walk.losses[0] == pytest.approx(2.38, abs=0.005)
    assert SURFACES["trap"].landscape.critical_points[2].value == pytest.approx(2.47, abs=0.005)
    dip = int(np.argmax(walk.positions[:, 0] > SURFACES["trap"].landscape.known_minima[1].x))
    assert walk.losses[dip:].max() == pytest.approx(1.36, abs=0.005)
    lrs, momenta = np.meshgrid((0.05, 0.1, 0.2, 0.3, 0.4, 0.5), np.linspace(0.85, 0.97, 13).round(2))
    losses, kinds = walk_ensemble(scenario, 0, lr=lrs.ravel(), momentum=momenta.ravel())
    assert kinds <= {"local_minimum", "still_moving"}  # with 0.97 it swings in the dip
    assert losses[dip:].max() < SURFACES["trap"].landscape.critical_points[2].value


def test_two_slopes_sgd_goes_a_tenth_of_the_way():
    sgd, _ = simulate(own("two_slopes"))
    goal = SURFACES["plane"].landscape.known_minima[0]
    gone = (sgd.positions[-1, 0] - sgd.positions[0, 0]) / (goal.x - sgd.positions[0, 0])
    assert gone == pytest.approx(0.1, abs=0.005)
    rates = [factor * 0.3 for factor in (8, 9, 12)]
    kinds = [walk.outcome.kind for walk in sweep(own("two_slopes"), 0, "lr", rates)]
    assert kinds == ["still_moving", "global_minimum", "global_minimum"]


@pytest.mark.slow
def test_two_slopes_the_best_compromise_of_sgd_is_poor_and_adam_has_many():
    lrs = np.geomspace(1e-6, 10, 281)
    shares = {}
    for run, surface in itertools.product((0, 1), ("plane", "cliff")):
        scenario, _ = parse_link(LESSONS["two_slopes"].scenario.replace("plane", surface))
        losses, _ = walk_ensemble(scenario, run, lr=lrs)
        depth = losses[0, 0] - SURFACES[surface].landscape.known_minima[0].value
        shares[run, surface] = (losses[0] - losses[-15:].max(axis=0)) / depth
    sgd, adam = (np.fmin(shares[run, "plane"], shares[run, "cliff"]) for run in (0, 1))
    assert np.nanmax(sgd) == pytest.approx(0.29, abs=0.005)
    assert 0.95 < (adam[lrs >= 0.0999] > 0.98).mean() < 1


def test_first_moment_the_factors_of_the_last_ten_gradients_are_two_thirds_of_the_sum():
    weights = 0.1 * 0.9 ** np.arange(1000)
    assert weights[:3] == pytest.approx([0.1, 0.09, 0.081])
    assert weights[:10].sum() == pytest.approx(0.65, abs=0.005)
    walks = simulated(own("first_moment"))
    (without,) = sweep(own("first_moment"), 1, "beta1", [0.0])
    assert np.allclose(without.positions, walks[0].positions), "without memory it is SGD, step for step"


def test_second_moment_a_steep_place_can_have_no_curvature():
    sgd, divided = simulate(own("second_moment"))
    assert turns_across_the_ravine(sgd) == 199
    assert turns_across_the_ravine(divided) == 1
    assert (np.diff(divided.losses) < 0).all(), "downhill at every step"
    for surface, gradient, curvature in (("plane", 0.03, 0.000012), ("cliff", 0.25, 0.000007)):
        found = derivatives(surface, SURFACES[surface].landscape.start)
        assert np.abs(found) == pytest.approx([gradient, curvature], rel=0.06)


def test_bias_correction_the_four_first_steps():
    firsts = [np.abs(walk.positions[1] - walk.positions[0]).max() / 0.1 for walk in simulate(own("bias_correction"))]
    alone = 1 / math.sqrt(1 - 0.999)
    assert firsts == pytest.approx([1, 1 - 0.9, alone, (1 - 0.9) * alone], rel=1e-4)
    assert firsts[1:] == pytest.approx([0.1, 31.6, 3.16], rel=0.002)
    worse, _ = parse_link(LESSONS["bias_correction"].goals[2].solution)
    first = np.abs(np.diff(simulate(worse)[2].positions[:2], axis=0)).max()
    assert first / worse.landscape.size[0] == pytest.approx(0.5, abs=0.01)


def test_update_the_terms_have_the_sizes_of_the_text():
    outside, inside, bare = simulate(own("update"))
    assert np.abs(outside.gradients[0]) == pytest.approx(0.005, abs=0.0015)
    assert np.abs(bare.positions[1] - bare.positions[0]) / 0.05 == pytest.approx(200, rel=0.3)
    assert np.allclose(outside.positions, inside.positions, atol=0.01), "near the minimum they look like one run"
    far, _ = parse_link(LESSONS["update"].goals[0].solution)
    assert np.abs(simulate(far)[0].gradients[0]).max() < 1e-4


def test_edge_the_limits_of_momentum_and_the_ellipse_of_starts():
    scenario = own("edge")
    assert sharpest_curvature(scenario.landscape, 0.0, 0.0) == pytest.approx(10)
    bound = OPTIMIZERS["momentum"].stability.bound
    assert [bound({"momentum": share}) / 10 for share in (0.9, 0.5, 0.0)] == pytest.approx([0.38, 0.3, 0.2])
    scene, _ = parse_link(LESSONS["edge"].scenes[0].scenario)
    for lr in (0.3, 0.57):
        (limit,) = limits(changed(scene, 0, "lr", lr), (Axis(name="x"), Axis(name="y")))
        x, y = limit.points[~np.isnan(limit.points[:, 0])].T
        assert x**2 + y**2 - lr * x * y == pytest.approx(4 / lr - lr), "an ellipse, smaller for a larger lr"


@pytest.mark.slow
def test_the_race_has_the_numbers_of_its_text():
    _, momentum, adam = tuned(own("race"), **LESSONS["race"].figures[0].parameters)
    assert adam[1] / momentum[1] > 1000
    ratio = 10_000 ** (1 / 24)
    assert ratio == pytest.approx(1.5, abs=0.05), "25 learning rates from 0.001 to 10"
    assert simulate(changed(own("race"), 1, "lr", 2 * momentum[0]))[1].outcome.kind == "diverged"
    assert simulate(changed(own("race"), 2, "lr", 2 * adam[0]))[2].outcome.kind == "global_minimum"
    links = [LESSONS["race"].scenario.replace("banana", s) for s in ("hump", "trap", "ravine", "plane", "cliff")]
    best = np.array([[lr for lr, _ in tuned(parse_link(link)[0], low=0.001, high=10)] for link in links])
    sgd, momentum, adam = best.max(axis=0) / best.min(axis=0)
    assert adam < 7
    assert sgd > 20
    assert momentum > 100


def test_the_challenge_is_in_the_right_dip_after_two_steps():
    goal = LESSONS["challenge"].goals[2]
    (walk,) = simulate(parse_link(goal.solution)[0])
    assert np.abs(walk.positions[2]).max() < 0.25, "in the dip in the middle"
    assert walk.outcome.step <= goal.claim.by


def spreads(batch, lr, count=40):
    """The spread of SGD on the scene of the lesson on batches: its root mean square over the seeds."""
    run = Run(optimizer="sgd", values={"lr": lr})
    scenario = Scenario(**dict(own("batches")) | {"batch": batch, "seed": 0, "runs": [run]})
    minimum = scenario.landscape.known_minima[0]
    away = seeds(scenario, count).positions[:, 100:] - (minimum.x, minimum.y)
    return float(np.sqrt(((away / scenario.landscape.size) ** 2).sum(axis=2).mean()))


def test_data_the_best_line_misses_by_fifteen_feet():
    (walk,) = simulate(own("data"))
    land = own("data").landscape
    speeds, distances = (np.array(column) for column in zip(*land.model.dataset.rows, strict=True))
    assert len(speeds) == 50
    assert (speeds.mean(), speeds.std()) == pytest.approx((15.4, 5.2), abs=0.05)
    assert walk.losses[-1] == pytest.approx(227, abs=0.5)
    assert np.sqrt(walk.losses[-1]) == pytest.approx(15, abs=0.5)
    assert distances.mean() == pytest.approx(43, abs=0.5)
    x, y = walk.positions[0]
    assert (x + y * (speeds - speeds.mean()) / speeds.std() > distances).mean() > 0.75, "the first line is too high"
    x, y = walk.positions[-1]
    residuals = x + y * (speeds - speeds.mean()) / speeds.std() - distances
    assert (np.abs(residuals) > 1).mean() > 0.9, "it misses most points"
    assert (residuals > 0).any()
    assert (residuals < 0).any()


def test_scaling_the_curvatures_of_raw_and_standardized_speeds():
    (walk,) = simulate(own("scaling"))
    raw, standardized = (SURFACES[key].landscape for key in ("cars_raw", "cars_standardized"))
    speeds = np.array([row[0] for row in raw.model.dataset.rows])
    assert (speeds.min(), speeds.max()) == (4, 25)
    hessian = torch.autograd.functional.hessian(raw.loss, (torch.tensor(0.0), torch.tensor(0.0)))
    assert (float(hessian[0][0]), float(hessian[1][1])) == pytest.approx((2, 529), abs=0.5)
    flat, steep = np.linalg.eigvalsh(hessian)
    assert 2 / steep == pytest.approx(0.00377, abs=5e-6)
    assert flat == pytest.approx(0.2, abs=0.01)
    assert 0.003 * flat == pytest.approx(0.0006, abs=3e-5)
    assert 1 / flat / 0.003 > 1000
    minimum = raw.known_minima[0]
    across = (walk.positions - (minimum.x, minimum.y)) @ np.linalg.eigh(hessian)[1][:, 1]
    assert np.abs(across[10]) < 0.01 * np.abs(across[0]), "within ten steps it is on the floor of the ravine"
    hessian = torch.autograd.functional.hessian(standardized.loss, (torch.tensor(0.0), torch.tensor(0.0)))
    assert np.linalg.eigvalsh(hessian) == pytest.approx([2, 2])
    arrived, _ = (simulate(parse_link(LESSONS["scaling"].goals[place].solution)[0])[0] for place in (1, 2))
    assert arrived.outcome.step == 17


def test_scaling_no_learning_rate_is_good_on_the_raw_speeds():
    figure = LESSONS["scaling"].figures[0].parameters
    _, kinds = walk_ensemble(own("scaling"), 0, lr=np.geomspace(figure["low"], figure["high"], 201))
    assert kinds <= {"still_moving", "left_the_map", "diverged"}


def test_batches_the_spreads_of_the_table():
    found = [[100 * spreads(batch, lr) for lr in (0.1, 0.05)] for batch in (1, 5, 25)]
    for measured, told in zip(found, [(10, 6), (3, 1.6), (0.6, 0.3)], strict=True):
        assert measured == pytest.approx(told, rel=0.06)
    for full, half in found:
        assert 1.7 < full / half < 2.2, "half the lr, about half the spread"
    for lr in (0, 1):
        assert 2.9 < found[0][lr] / found[1][lr] < 5.5
        assert 2.9 < found[1][lr] / found[2][lr] < 5.5
    assert spreads(5, 0.36) == pytest.approx(spreads(1, 0.1), rel=0.03)
    assert spreads(1, 0.005) > 0.05


def test_batches_one_epoch_of_single_examples_is_enough():
    (walk,) = simulate(own("batches"))
    minimum = own("batches").landscape.known_minima[0]
    away = np.hypot(*((walk.positions - (minimum.x, minimum.y)) / own("batches").landscape.size).T)
    assert away[40:51].mean() < 0.2 * away[0], "at the end of the first epoch it moves around the minimum"
    (whole,) = simulate(parse_link(LESSONS["batches"].goals[2].solution)[0])
    assert np.hypot(*(whole.positions[1] - (minimum.x, minimum.y))) / np.hypot(
        *(whole.positions[0] - (minimum.x, minimum.y))
    ) == pytest.approx(0.8)
