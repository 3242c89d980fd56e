"""Basins of attraction: from each start, ``simulate`` gives the same end."""

import numpy as np
import pytest

from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.two_weights import TWO_WEIGHTS
from trajectories import Run, Scenario, parse_link, simulate
from trajectories import basin_map as module
from trajectories.basin_map import ELSEWHERE, basins
from trajectories.minima import minima_of
from trajectories.minimum_levels import RADIUS

LR = {"gradient": 0.01, "adaptive": 0.1}


def walks(surface, key, **more):
    run = Run(optimizer=key, values={"lr": LR[OPTIMIZERS[key].family]})
    return Scenario(**({"surface": surface, "steps": 60, "runs": [run]} | more))


def simulated(of, x, y):
    """The minimum, by its place in the list, that ``simulate`` finds from one start; and where it ends."""
    (walk,) = simulate(Scenario(**{**of.model_dump(), "start": (x, y)}))
    surface = SURFACES[of.surface]
    size = [high - low for low, high in surface.landscape.bounds]
    away = [np.hypot(*((walk.positions[-1] - (point.x, point.y)) / size)) for point in minima_of(surface.landscape)]
    listed = walk.outcome.kind in {"global_minimum", "local_minimum"} and min(away) <= 2 * RADIUS
    return (int(np.argmin(away)) if listed else ELSEWHERE), walk


@pytest.mark.slow
@pytest.mark.parametrize("key", OPTIMIZERS)
@pytest.mark.parametrize("surface", ["hump", "himmelblau", "six_hump_camel"])
def test_every_optimizer_agrees_with_simulate(surface, key):
    of = walks(surface, key)
    found = basins(of, shape=(5, 7))
    for row, column in np.random.default_rng(1).integers((5, 7), size=(6, 2)):
        minimum, walk = simulated(of, found.x[column], found.y[row])
        assert found.minima[row, column] == minimum
        np.testing.assert_allclose(found.ends[row, column], walk.positions[-1], rtol=1e-7, atol=1e-7)


@pytest.mark.slow
@pytest.mark.parametrize("surface", TWO_WEIGHTS)
def test_every_surface_agrees_with_simulate(surface):
    of = walks(surface, "adam")
    found = basins(of, shape=(3, 5))
    for row, column in [(0, 0), (1, 2), (2, 4), (0, 3)]:
        minimum, walk = simulated(of, found.x[column], found.y[row])
        assert found.minima[row, column] == minimum
        np.testing.assert_allclose(found.ends[row, column], walk.positions[-1], rtol=1e-6, atol=1e-6)


def test_every_start_has_the_noise_of_simulate():
    of = walks("hump", "momentum", noise=0.3, seed=5)
    found = basins(of, shape=(2, 3))
    for row, column in np.ndindex(2, 3):
        assert simulated(of, found.x[column], found.y[row])[0] == found.minima[row, column]
        np.testing.assert_allclose(
            found.ends[row, column], simulated(of, found.x[column], found.y[row])[1].positions[-1], atol=1e-9
        )


def test_a_diverged_run_has_no_end_and_stops_no_other_run():
    of = Scenario(surface="himmelblau", steps=100, runs=[Run(optimizer="sgd", values={"lr": 0.03})])
    found = basins(of, shape=(12, 12))
    diverged = np.isnan(found.ends).any(axis=2)
    assert 0 < diverged.sum() < 144
    assert (found.minima[diverged] == ELSEWHERE).all()
    for row, column in [*np.argwhere(diverged)[:3], *np.argwhere(~diverged)[:3]]:
        minimum, walk = simulated(of, found.x[column], found.y[row])
        assert (walk.outcome.kind == "diverged") == diverged[row, column]
        assert found.minima[row, column] == minimum


def test_starts_are_centers_of_cells_and_arrays_are_read_only():
    found = basins(walks("hump", "adam"), shape=(2, 4))
    np.testing.assert_allclose(found.x, [-3.45, -1.15, 1.15, 3.45])
    np.testing.assert_allclose(found.y, [-1.3, 1.3])
    for array in (found.x, found.y, found.ends, found.minima):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_basins_are_not_computed_again_for_another_start(monkeypatch):
    of = walks("hump", "adam")
    first = basins(of, shape=(3, 5))
    monkeypatch.setattr(module, "ends_of", None)
    assert basins(Scenario(**{**of.model_dump(), "start": (1.0, 1.0)}), shape=(3, 5)) is first


def test_a_run_that_does_not_exist_is_refused_with_a_sentence():
    of, _ = parse_link("surface=hump&run=adam")
    with pytest.raises(ValueError, match="run must be a whole number from 0 to 0: got 3"):
        basins(of, run=3)
