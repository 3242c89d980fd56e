"""The known limits of learning rates agree with walks: exact lines to the cell, the estimate of Adam where it must."""

import math
from typing import Any

import numpy as np
import pytest
import torch

from optimizers import OPTIMIZERS
from optimizers.evaluate import take_step
from surfaces import SURFACES
from trajectories import KINDS, Axis, basins, parse_link
from trajectories import settings as settings_map
from trajectories.limits import NODES, limits
from trajectories.zero_lines import zero_lines

STABLE = [key for key, spec in OPTIMIZERS.items() if spec.stability is not None]
LR = Axis(name="lr", low=0.02, high=1)


def scenario_of(link):
    scenario, problems = parse_link(link)
    assert not problems
    return scenario


def decays(spec, values, curvature, steps):
    """Whether a walk on a parabola comes nearer to the minimum, by the rule with a denominator of 1."""
    kept = {"denominator": 1.0} if "denominator" in spec.update_latex else {}
    position: Any = 1.0
    memory: dict[str, Any] = {}
    for step in range(1, steps + 1):
        memory = take_step(spec.rule, values, curvature * position, position, 10_000 + step, memory, kept)
        position = memory.pop("position")
    return abs(position) < 1


@pytest.mark.parametrize("key", STABLE)
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9, 0.99])
def test_the_bound_separates_decay_from_growth_on_a_parabola(key, share):
    spec, curvature = OPTIMIZERS[key], 4.0
    values = spec.defaults | {name: share for name in ("momentum", "beta1") if name in spec.defaults}
    lr = spec.stability.bound(values) / curvature
    assert decays(spec, values | {"lr": 0.99 * lr}, curvature, 5_000)
    assert not decays(spec, values | {"lr": 1.01 * lr}, curvature, 5_000)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov"])
@pytest.mark.parametrize("surface", ["ravine", "booth"])
def test_on_a_bowl_the_border_of_the_map_is_the_line_to_the_cell(surface, optimizer):
    """In each row: the first learning rate above the line is the first with which the walk does not come nearer."""
    scenario = scenario_of(f"surface={surface}&steps=3000&run={optimizer}")
    high = 5 / np.linalg.eigvalsh(_hessian(scenario))[-1]
    up = Axis(name="x") if optimizer == "sgd" else Axis(name="momentum", low=0.01, high=0.95)
    axes = Axis(name="lr", low=high / 20, high=high), up
    found = settings_map(scenario, axes, (12, 40))
    (line,) = [limit.points for limit in limits(scenario, axes)]
    order = np.argsort(line[:, 1], kind="stable")
    expected = np.interp(found.y, line[order, 1], line[order, 0])
    start = float(scenario.landscape.loss(*torch.tensor(scenario.start, dtype=torch.float64)))
    for row, limit in zip(found.late_losses[0], expected, strict=True):
        first = int(np.argmax(found.x > limit))
        assert 0 < first < len(found.x) - 1
        off = found.x != found.x[first - 1 + int(np.argmin(np.abs(found.x[first - 1 : first + 1] - limit)))]
        assert np.array_equal((row < start)[off], (found.x < limit)[off])


def _hessian(scenario):
    point = tuple(torch.tensor(scenario.start, dtype=torch.float64))
    return np.array(torch.autograd.functional.hessian(scenario.landscape.loss, point))


def test_the_border_of_the_starts_is_that_of_the_basin_map():
    scenario = scenario_of("surface=hyperbola&steps=400&run=sgd:lr=0.4")
    axes = Axis(name="x"), Axis(name="y")
    (limit,) = limits(scenario, axes)
    assert limit.error is None
    points = torch.tensor(limit.points[~np.isnan(limit.points[:, 0])]).T
    bound = scenario.landscape.start_limit.lr(*points)
    assert bound.numpy() == pytest.approx(0.4, rel=1e-12)
    ellipse = points[0] ** 2 + points[1] ** 2 - 0.4 * points[0] * points[1]
    assert ellipse.numpy() == pytest.approx(4 / 0.4 - 0.4, rel=1e-12)
    found = basins(scenario, shape=(60, 80))
    x, y = torch.meshgrid(torch.tensor(found.x), torch.tensor(found.y), indexing="xy")
    inside = (scenario.landscape.start_limit.lr(x, y) > 0.4).numpy()
    assert np.array_equal(np.isin(found.kinds, [KINDS.index("left_the_map"), KINDS.index("diverged")]), ~inside)


def test_the_border_of_the_starts_over_learning_rates():
    scenario = scenario_of("surface=hyperbola&start=0.1,2.5&steps=1000&run=sgd")
    axes = LR, Axis(name="x", low=-3, high=3)  # from farther away a walk may come to rest off the map
    (limit,) = limits(scenario, axes)
    line = limit.points
    found = settings_map(scenario, axes, (24, 32))
    expected = np.interp(found.y, line[:, 1], line[:, 0], left=np.nan, right=np.nan)
    lost = np.isinf(found.late_losses[0])
    away = np.abs(np.log(found.x / expected[:, None])) > np.log(found.x[1] / found.x[0])
    assert np.array_equal(lost[away], (found.x > expected[:, None])[away])


@pytest.mark.parametrize(
    ("link", "axes"),
    [
        ("surface=hyperbola&steps=50&run=sgd:lr=1.1", (Axis(name="x"), Axis(name="y"))),  # beyond the formula
        ("surface=hyperbola&steps=50&run=sgd", (Axis(name="lr", low=1, high=2), Axis(name="x"))),
        ("surface=hyperbola&steps=50&run=momentum:lr=0.1", (LR, Axis(name="momentum"))),  # a level curve
        ("surface=hubble&steps=100&run=sgd:lr=0.1", (LR, Axis(name="x"))),
        ("surface=matyas&steps=50&run=nadam", (LR, Axis(name="x"))),  # no formula
        ("surface=matyas&steps=50&run=momentum", (Axis(name="lr", low=5, high=6), Axis(name="x"))),  # off the map
        ("surface=network_moons&steps=5&run=sgd", (LR, Axis(name="lr", run=0, low=0.1, high=1))),
    ],
)
def test_where_no_limit_is_known_there_is_no_line(link, axes):
    assert limits(scenario_of(link), axes) == ()


def test_a_line_belongs_to_the_run_of_the_axis_and_stays_within_the_map():
    scenario = scenario_of("surface=ravine&steps=100&run=sgd:lr=0.05&run=momentum:lr=0.02")
    one, other = limits(scenario, (LR, Axis(name="lr", run=1, low=0.02, high=1)))
    assert (one.run, other.run) == (0, 1)
    assert one.points.tolist() == pytest.approx(np.array([[0.2, 0.02], [0.2, 1]]))
    assert other.points.tolist() == pytest.approx(np.array([[0.02, 0.38], [1, 0.38]]))
    assert [limit.message.key for limit in (one, other)] == ["limit.stable"] * 2
    assert not one.points.flags.writeable


def test_on_one_axis_a_limit_is_a_value():
    scenario = scenario_of("surface=ravine&steps=100&run=momentum:lr=0.05,momentum=0.5")
    (limit,) = limits(scenario, (LR,))
    assert limit.points == pytest.approx(np.array([[0.3, 0.0]]))
    assert limits(scenario, (Axis(name="momentum"),)) == ()


@pytest.mark.parametrize(
    ("link", "error"),
    [
        ("surface=ravine&steps=100&run=sgd:lr=0.05", None),
        ("surface=himmelblau&steps=100&run=sgd:lr=0.005", "limit.local"),
        ("surface=ravine&steps=100&noise=0.1&run=sgd:lr=0.05", "limit.noisy"),
        ("surface=cars_standardized&steps=100&batch=5&run=sgd:lr=0.05", "limit.noisy"),
        ("surface=ravine&steps=100&run=adam:lr=0.05", "limit.estimated"),
    ],
)
def test_each_line_says_how_exact_it_is(link, error):
    (limit,) = limits(scenario_of(link), (Axis(name="lr", low=1e-6, high=10), Axis(name="x")))
    assert (limit.error and limit.error.key) == error
    assert limit.source.endswith(".")


def test_the_curvature_is_that_of_the_minimum_where_the_run_arrives():
    axes = Axis(name="lr"), Axis(name="x")
    for momentum, number in ((0.5, 1), (0.93, 0)):
        scenario = scenario_of(f"surface=hump&steps=150&run=momentum:lr=0.07,momentum={momentum}")
        minimum = SURFACES["hump"].landscape.known_minima[number]
        (limit,) = limits(scenario, axes)
        point = torch.tensor(minimum.x), torch.tensor(minimum.y)
        steep = np.linalg.eigvalsh(torch.autograd.functional.hessian(scenario.landscape.loss, point))[-1]
        assert limit.points[:, 0] == pytest.approx((2 + 2 * momentum) / steep, rel=1e-6)


@pytest.mark.parametrize("lr", [0.02, 0.1])
def test_a_long_run_of_adam_comes_to_its_own_limit(lr):
    """On a bowl its second moment falls until its steps begin to grow; then they keep it there (Cohen et al. 2022)."""
    scenario = scenario_of(f"surface=ravine&steps=3000&run=adam:lr={lr},beta2=0.99")
    (limit,) = limits(scenario, (Axis(name="lr", low=1e-6, high=10), Axis(name="x")))
    assert limit.points[:, 0] == pytest.approx(lr, rel=0.1)


# Lines of zeros


def test_a_closed_line_ends_where_it_begins_and_all_points_are_zeros():
    x, y = np.linspace(-2, 2, NODES), np.linspace(-3, 1, 90)
    (line,) = zero_lines(lambda x, y: x**2 + (y + 1) ** 2 - 1, x, y)
    assert line[0].tolist() == line[-1].tolist()
    assert np.hypot(line[:, 0], line[:, 1] + 1) == pytest.approx(1, abs=1e-12)
    assert np.hypot(*np.diff(line, axis=0).T).sum() == pytest.approx(2 * math.pi, rel=1e-3)


def test_lines_that_meet_at_a_saddle_are_told_apart():
    nodes = np.linspace(-1, 1, 41)
    for small in (1e-4, -1e-4):
        lines = zero_lines(lambda x, y, small=small: x * y + small, nodes + 0.02, nodes + 0.02)
        assert len(lines) == 2
        for line in lines:
            assert len({(x > 0, y > 0) for x, y in line if abs(x) > 1e-3 and abs(y) > 1e-3}) == 1, "one branch"


def test_there_is_no_line_where_the_sign_does_not_change_or_is_not_known():
    nodes = np.linspace(-1, 1, 20)
    assert zero_lines(lambda x, y: x**2 + y**2 + 1, nodes, nodes) == ()
    assert zero_lines(lambda x, y: np.where(y > 2, x, np.nan), nodes, nodes) == ()
    (line,) = zero_lines(lambda x, y: np.where(y > 0, x - 0.01, np.nan), nodes, nodes)
    assert line[:, 1].min() > 0
