"""The search for minima finds the published ones, and on other maps all that there are."""

import dataclasses
import math

import pytest
import torch

from surfaces import SURFACES, CriticalPoint, Landscape
from tests.two_weights import TWO_WEIGHTS
from trajectories.minima import find_minima, lowest, minima_of

LANDSCAPES = [surface.landscape for surface in TWO_WEIGHTS.values()]
each_known = pytest.mark.parametrize(
    "landscape", [land for land in LANDSCAPES if land.known_minima], ids=lambda land: land.key
)
each_without = pytest.mark.parametrize(
    "landscape", [land for land in LANDSCAPES if not land.known_minima], ids=lambda land: land.key
)
NEAR = 1e-6  # of the map
TROUGHS = {"plateau": 1}  # level rings on the map, one point each; they are no listed minima


def landscape(loss, **fields):
    return Landscape(key="test", loss=loss, bounds=((-2.0, 2.0), (-1.0, 3.0)), start=(1.0, 1.0), **fields)


def apart(of, one, other):
    """How far two points are apart, in maps."""
    width, height = of.size
    return math.hypot((one.x - other.x) / width, (one.y - other.y) / height)


@each_known
def test_every_published_minimum_is_found_and_no_other(landscape):
    found = find_minima(landscape)
    for known in [point for point in landscape.known_minima if not point.level]:  # of a curve any point may be found
        assert min(apart(landscape, known, point) for point in found) <= NEAR, known
    assert len(found) == len(landscape.known_minima) + TROUGHS.get(landscape.key, 0)
    assert {(point.kind, point.origin) for point in found} == {("minimum", "found")}
    losses = [point.value for point in found]
    assert losses == pytest.approx(sorted(losses), abs=1e-9 * max(map(abs, losses)) + 1e-9)
    (x_low, x_high), (y_low, y_high) = landscape.bounds
    assert all(x_low <= point.x <= x_high and y_low <= point.y <= y_high for point in found)


@each_without
def test_where_none_is_listed_the_found_ones_are_minima(landscape):
    """Nothing on a fine grid is lower than the lowest, and nothing on a small circle is lower than its middle."""
    found = minima_of(landscape)
    assert found
    assert {(point.kind, point.origin) for point in found} == {("minimum", "found")}
    axes = [torch.linspace(low, high, 401, dtype=torch.float64) for low, high in landscape.bounds]
    losses = landscape.loss(*torch.meshgrid(*axes, indexing="ij"))
    slight = 1e-9 * float(losses.max() - losses.min())
    assert float(losses.min()) >= found[0].value - slight
    turns = torch.linspace(0, 2 * math.pi, 33, dtype=torch.float64)
    for point in found:
        around = (
            at + 1e-3 * size * way
            for at, size, way in zip((point.x, point.y), landscape.size, (turns.cos(), turns.sin()), strict=True)
        )
        assert float(landscape.loss(*around).min()) >= point.value - slight


def test_no_search_runs_for_known_minima():
    known = SURFACES["himmelblau"].landscape
    assert minima_of(known) == known.known_minima
    assert {point.origin for point in minima_of(known)} == {"known"}
    bare = dataclasses.replace(known, critical_points=())
    assert bare.known_minima == ()
    assert minima_of(bare) == find_minima(known)
    assert lowest(bare) == pytest.approx(0.0, abs=1e-12)


def test_a_listed_saddle_does_not_replace_the_search_for_minima():
    saddle = CriticalPoint(x=0.0, y=0.0, value=1.0, kind="saddle")
    wells = landscape(lambda x, y: (x**2 - 1) ** 2 + y**2, critical_points=(saddle,))
    assert [round(point.x, 6) for point in minima_of(wells)] == [-1, 1]


NONE = {
    "plane": lambda x, y: x + 2 * y,
    "constant": lambda x, _: torch.ones_like(x),
    "along x only": lambda x, _: x**3,
    "saddle": lambda x, y: x**2 - y**2,
    "falls off the map": lambda x, y: torch.exp(-x - y),
    "a step that levels out": lambda x, y: x**3 + y**2,
    "no number anywhere": lambda x, y: torch.log(-1 - x**2 - y**2),
}


@pytest.mark.parametrize("loss", NONE.values(), ids=NONE)
def test_a_map_may_have_no_minimum(loss):
    assert minima_of(landscape(loss)) == ()
    assert lowest(landscape(loss)) is None


def test_a_minimum_without_curvature_is_found():
    (point,) = find_minima(landscape(lambda x, y: (x - 0.5) ** 4 + (y - 1) ** 4 + 3))
    assert (point.x, point.y, point.value) == pytest.approx((0.5, 1, 3), abs=1e-3)


def test_a_minimum_on_the_edge_of_the_map_is_on_it():
    (point,) = find_minima(landscape(lambda x, y: (x - 2) ** 2 + (y + 1) ** 2))
    assert (point.x, point.y) == pytest.approx((2, -1), abs=1e-7)
    assert find_minima(landscape(lambda x, y: (x - 2.001) ** 2 + (y + 1) ** 2)) == ()


def test_the_search_skips_points_where_the_loss_is_not_finite():
    (point,) = find_minima(landscape(lambda x, y: torch.log(x) ** 2 + y**2))
    assert (point.x, point.y) == pytest.approx((1, 0), abs=1e-7)


@pytest.mark.parametrize(
    "loss",
    [lambda x, _: x**2, lambda x, y: (x + 0.3 * y) ** 2, lambda x, y: (x**2 + (y - 1) ** 2 - 1) ** 2],
    ids=["straight", "slanting", "a ring"],
)
def test_a_level_trough_gives_one_minimum(loss):
    (point,) = find_minima(landscape(loss))
    assert point.value == pytest.approx(0, abs=1e-12)


KINKS = {
    "two": lambda x, y: (x - 0.3).abs() + (y - 1.21).abs(),
    "a cone": lambda x, y: torch.sqrt((x - 0.3) ** 2 + (y - 1.21) ** 2),
    "a pyramid": lambda x, y: torch.maximum((x - 0.3).abs(), (y - 1.21).abs()),
    "one": lambda x, y: (x - 0.3).abs() + (y - 1.21) ** 2,
    "slanting": lambda x, y: (x - 0.3 + 0.4 * (y - 1.21)).abs() + 0.1 * (y - 1.21) ** 2,
}


@pytest.mark.parametrize("loss", KINKS.values(), ids=KINKS)
def test_a_minimum_at_a_kink_is_found(loss):
    (point,) = find_minima(landscape(loss))
    assert (point.x, point.y) == pytest.approx((0.3, 1.21), abs=1e-4)


def test_a_crease_that_descends_beyond_the_map_has_no_minimum():
    assert find_minima(landscape(lambda x, y: (x - 0.37 * y - 0.1).abs() + 0.01 * y)) == ()


def test_two_minima_without_curvature_are_both_found():
    found = find_minima(landscape(lambda x, y: (x**2 - 1) ** 4 + y**2))
    assert [round(point.x, 3) for point in found] == [-1, 1]
