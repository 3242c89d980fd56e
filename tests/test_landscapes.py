"""Whatever a landscape is like, with minima that are known, found or none: it is walked, judged and drawn."""

import dataclasses
import io
import json

import numpy as np
import pytest
import torch
from PIL import Image

from charts.figures import FIGURES
from charts.surface_figure import surface_figure
from charts.theme import LIGHT
from charts.thumbnail import SIZE, draw_thumbnail
from optimizers import OPTIMIZERS
from surfaces import SURFACES, CriticalPoint, Landscape
from trajectories import KINDS, Run, Scenario, simulate
from trajectories.gradient import _traced, agrees_with_autograd, autograd_evaluator, trace
from trajectories.landscapes import catalogue, landscape_of
from trajectories.terrain import derivatives, typical_gradient

LOSSES = {
    "plane": lambda x, y: x + 2 * y,
    "constant": lambda x, _: torch.ones_like(x),
    "along x only": lambda x, _: x**2,
    "saddle": lambda x, y: x**2 - y**2,
    "bowl": lambda x, y: x**2 + 2 * y**2,
}
MINIMA = {"along x only", "bowl"}
FIRST = next(iter(SURFACES))


def landscape(name, **fields):
    bounds = ((-2.0, 2.0), (-1.0, 3.0))
    return Landscape(key=name, loss=LOSSES[name], bounds=bounds, start=(1.0, 1.5), **fields)


@pytest.fixture
def stand_in(monkeypatch):
    """Make scenarios resolve to a landscape of no catalogue."""

    def use(of, **fields):
        monkeypatch.setattr("trajectories.scenario.landscape_of", lambda *_: of)
        # A seed of its own without noise: what is kept by scenario must not meet that of other tests.
        seed = 1000 + list(LOSSES).index(of.key)
        return Scenario(surface=FIRST, start=of.start, seed=seed, **fields)

    return use


def test_a_scenario_resolves_to_the_landscape_of_its_card():
    for key, surface in SURFACES.items():
        of = Scenario(surface=key, runs=[Run(optimizer="sgd")])
        assert of.landscape is surface.landscape is landscape_of(key)
        assert of.start == surface.landscape.start
    assert catalogue() == tuple(surface.landscape for surface in SURFACES.values())


def test_the_cache_of_landscapes_is_bounded():
    many = [dataclasses.replace(landscape("bowl"), key=f"bowl {n}") for n in range(300)]
    for of in many:
        typical_gradient(of)
    kept = vars(vars(typical_gradient)["groups"][False])["cache"]
    assert kept.currsize <= kept.maxsize < len(many)
    assert _traced.maxsize < len(many)


@pytest.mark.parametrize("name", LOSSES)
def test_gradients_exist_for_losses_that_ignore_a_coordinate(name):
    of = landscape(name)
    positions = torch.tensor([[0.5, 1.0]] * 8, dtype=torch.float64)
    found = autograd_evaluator(of)(positions.T)[:, 0]
    expected = {"plane": (2.5, 1, 2), "constant": (1, 0, 0), "along x only": (0.25, 1, 0), "saddle": (-0.75, 1, -2)}
    assert found.tolist() == list(expected.get(name, (2.25, 1, 4)))
    assert agrees_with_autograd(of, trace(of))
    hessian = derivatives(of, positions)[2][0]
    bent = {"plane": (0, 0), "constant": (0, 0), "along x only": (2, 0), "saddle": (2, -2)}
    assert hessian.tolist() == np.diag(bent.get(name, (2, 4))).tolist()


@pytest.mark.parametrize("name", LOSSES)
def test_walks_on_it_are_judged(name, stand_in):
    of = landscape(name)
    for optimizer in OPTIMIZERS:
        (walk,) = simulate(stand_in(of, steps=40, runs=[Run(optimizer=optimizer)]))
        assert walk.outcome.kind in KINDS
        assert name in MINIMA or "minimum" not in walk.outcome.kind
    (sgd,) = simulate(stand_in(of, steps=200, runs=[Run(optimizer="sgd", values={"lr": 0.2})]))
    assert sgd.outcome.kind == {"constant": "flat"}.get(name, "global_minimum" if name in MINIMA else "left_the_map")


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("key", FIGURES)
def test_figures_of_walks_on_it_are_drawn(key, name, scale, stand_in):
    of = landscape(name, contour_scale=scale)
    scenario = stand_in(of, steps=20, runs=[Run(optimizer="adam"), Run(optimizer="sgd")])
    small = {"sweep": {"count": 5, "edge": True}, "tuning": {"values": 3}, "basins": {"columns": 9, "rows": 8}}
    figure = FIGURES[key].draw(scenario, LIGHT, **small.get(key, {}))
    assert json.loads(figure.to_json())["data"]


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize("name", LOSSES)
def test_its_map_is_drawn(name, scale):
    of = landscape(name, contour_scale=scale)
    figure = surface_figure(of, LIGHT, (24, 15))
    assert np.isfinite(figure.data[0].z).all()
    assert Image.open(io.BytesIO(draw_thumbnail(of, LIGHT))).size == SIZE


def test_a_found_minimum_is_labeled_as_found(stand_in):
    scenario = stand_in(landscape("bowl"), steps=60, runs=[Run(optimizer="sgd", values={"lr": 0.2})])
    figure = FIGURES["basins"].draw(scenario, LIGHT, columns=9, rows=8)
    assert {text for row in figure.data[0].text for text in row} == {"global minimum (found)"}


def test_a_sweep_has_no_edge_where_the_minimum_has_no_curvature(stand_in):
    lowest = CriticalPoint(x=0.0, y=0.0, value=0.0, kind="minimum")
    flat = dataclasses.replace(landscape("bowl"), loss=lambda x, y: x**4 + y**4, critical_points=(lowest,))
    scenario = stand_in(flat, steps=21, runs=[Run(optimizer="sgd")])
    figure = FIGURES["sweep"].draw(scenario, LIGHT, count=5, edge=True)
    assert "edge" not in [trace.name for trace in figure.data]
