"""The predicted spread of noisy runs is what the steps of many runs have."""

import numpy as np
import pytest
import torch

from trajectories import Run, Scenario, parse_link, simulate
from trajectories.ensemble import Columns, step_ensemble
from trajectories.spread import quadratic_bowl, spread_of, variances

SEEDS = 1024


class LastPositions:
    """Keeps the positions of the last step."""

    def __init__(self, steps):
        self._steps = steps

    def add_steps(self, first, record):
        if first + len(record) > self._steps:
            self.positions = record[-1, :, :2].T.clone()


@pytest.mark.parametrize(
    ("link", "tolerance"),
    [
        # Adam's formula holds for a small lr only.
        ("surface=booth&noise=1&run=sgd:lr=0.1&steps=200", 0.15),
        ("surface=ravine&noise=1&run=sgd:lr=0.15&steps=600", 0.15),
        ("surface=booth&noise=0.5&run=momentum:lr=0.02,momentum=0.8&steps=300", 0.15),
        ("surface=booth&noise=2&run=adam:lr=0.01&steps=1500", 0.2),
    ],
)
def test_the_spread_over_many_seeds_is_as_predicted(link, tolerance):
    scenario, notes = parse_link(link)
    assert notes == []
    center, curvatures, axes = quadratic_bowl(scenario.landscape)
    columns = Columns(
        landscape=scenario.landscape,
        optimizer=scenario.runs[0].optimizer,
        starts=torch.tensor(center, dtype=torch.float64)[:, None].repeat(1, SEEDS),
        values=scenario.runs[0].values,
        steps=scenario.steps,
        noise=scenario.noise,
        seeds=np.arange(SEEDS),
    )
    kept = step_ensemble(columns, lambda _: LastPositions(scenario.steps))
    ends = torch.cat([observer.positions for observer in kept], 1).numpy()[:, :SEEDS].T
    measured = (((ends - center) @ axes.T) ** 2).mean(axis=0)
    predicted = variances(scenario.runs[0], curvatures, scenario.noise)
    assert predicted is not None
    # The standard error of a variance of 1024 draws is 4.4 %.
    np.testing.assert_allclose(measured, predicted, rtol=tolerance)


def test_the_spread_of_one_walk_is_measured_around_the_minimum():
    scenario, _ = parse_link("surface=booth&noise=1&run=sgd:lr=0.1&steps=4000")
    (walk,) = simulate(scenario)
    spread = walk.outcome.spread
    assert spread is not None
    assert spread.center == pytest.approx((1.0, 3.0))
    np.testing.assert_allclose(spread.measured, spread.predicted, rtol=0.15)
    away = (walk.positions[spread.first :] - spread.center) @ np.array(spread.axes).T
    np.testing.assert_allclose(spread.measured, np.sqrt((away**2).mean(axis=0)))


@pytest.mark.parametrize(
    "link",
    [
        "surface=booth&run=sgd:lr=0.1&steps=400",  # no noise
        "surface=booth&noise=1&run=sgd:lr=0.1&steps=100",  # too few steps
        "surface=booth&noise=1&run=sgd:lr=0.12&steps=400",  # beyond the stability limit of 1/9
        "surface=booth&noise=1&run=rmsprop&steps=400",  # no formula
        "surface=cars_standardized&start=43,21&batch=25&noise=20&run=sgd:lr=0.1&steps=400",  # batches are noise, too
        "surface=hump&noise=0.1&run=sgd:lr=0.05&steps=400",  # no bowl
        "surface=booth&start=-9,-9&noise=1&run=sgd:lr=0.0001&steps=400",  # still on its way
    ],
)
def test_there_is_no_prediction_where_no_formula_holds(link):
    scenario, notes = parse_link(link)
    assert notes == []
    (walk,) = simulate(scenario)
    assert walk.outcome.spread is None


def test_limits_of_the_formulas():
    curvature = np.array([4.0])
    for momentum in (0.0, 0.5, 0.9):
        limit = (2 + 2 * momentum) / 4.0
        values = {"momentum": momentum} if momentum else {}
        run = {"optimizer": "momentum" if momentum else "sgd"}
        below = Run(**run, values=values | {"lr": 0.999 * limit})
        beyond = Run(**run, values=values | {"lr": 1.001 * limit})
        assert variances(below, curvature, 1.0)[0] > 100 * variances(
            Run(**run, values=values | {"lr": 0.1 * limit}), curvature, 1.0
        )
        assert variances(beyond, curvature, 1.0) is None


def test_the_spread_around_a_minimum_that_is_no_bowl_is_refused():
    scenario = Scenario(surface="rosenbrock", noise=1, steps=200, runs=[Run(optimizer="sgd")])
    assert quadratic_bowl(scenario.landscape) is None
    assert spread_of(scenario, 0, np.zeros((201, 2))) is None
