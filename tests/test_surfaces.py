"""Every surface is as its record describes: first shapes and types, then values, gradients and critical points."""

import dataclasses
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from surfaces import SURFACES, CheckValue, CriticalPoint, Landscape, Preset, Surface
from surfaces.base import FAMILIES

each_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
LANDSCAPES = {key: surface.landscape for key, surface in SURFACES.items()}
each_landscape = pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=LANDSCAPES)
# Only a model's landscape may list none: a test of listed points has nothing to say of those without.
each_with_critical_points = pytest.mark.parametrize(
    "landscape", [land for land in LANDSCAPES.values() if land.critical_points], ids=lambda land: land.key
)
each_with_minima = pytest.mark.parametrize(
    "landscape", [land for land in LANDSCAPES.values() if land.known_minima], ids=lambda land: land.key
)
EXACT = 1e-9  # to which the positions of critical points are stated


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def grid(landscape, count):
    """All points of a grid over the map, edges included, two flat tensors."""
    axes = [torch.linspace(low, high, count, dtype=torch.float64) for low, high in landscape.bounds]
    return tuple(column.flatten() for column in torch.meshgrid(*axes, indexing="ij"))


def slope_and_curvature(landscape, x, y):
    """Gradient (2, n) and Hessian (n, 2, 2) by autograd."""
    x, y = x.clone().requires_grad_(), y.clone().requires_grad_()
    slope = torch.autograd.grad(landscape.loss(x, y).sum(), (x, y), create_graph=True)
    rows = [torch.autograd.grad(part.sum(), (x, y), retain_graph=True, materialize_grads=True) for part in slope]
    return torch.stack(slope).detach(), torch.stack([torch.stack(row, -1) for row in rows], -2)


def newton_steps(landscape, x, y):
    """Where Newton's method would go next: the distance to the critical point, if one is near, (n, 2)."""
    slope, curvature = slope_and_curvature(landscape, x, y)
    return -(torch.linalg.pinv(curvature) @ slope.T[..., None])[..., 0]


def test_there_are_at_least_30_surfaces_in_order_of_their_families():
    assert len(SURFACES) >= 30
    assert sum(surface.family == "data" for surface in SURFACES.values()) >= 8
    families = [surface.family for surface in SURFACES.values()]
    assert families == sorted(families, key=FAMILIES.index)


@each_landscape
@pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3), (0,)], ids=str)
def test_loss_keeps_shape_and_dtype(landscape, shape):
    x, y = torch.full((2, *shape), 0.3, dtype=torch.float64)
    loss = landscape.loss(x, y)
    assert (loss.shape, loss.dtype) == (torch.Size(shape), torch.float64)


@each_landscape
def test_no_element_depends_on_another(landscape):
    generator = torch.Generator().manual_seed(0)
    low, high = tensor(landscape.bounds).T
    points = low + (high - low) * torch.rand(7, 2, dtype=torch.float64, generator=generator)
    x, y = points.T
    alone = torch.stack([landscape.loss(x[i], y[i]) for i in range(7)])
    torch.testing.assert_close(landscape.loss(x, y), alone, rtol=1e-12, atol=1e-12)
    influence = torch.autograd.functional.jacobian(landscape.loss, (x.contiguous(), y.contiguous()))
    for part in influence:
        assert (part - torch.diag(torch.diagonal(part))).count_nonzero() == 0


@each_landscape
def test_loss_and_gradient_are_finite_everywhere_on_the_map(landscape):
    x, y = grid(landscape, 201)
    points = tensor([(p.x, p.y) for p in landscape.critical_points] + [landscape.start, (0.0, 0.0)])
    x, y = (torch.cat(pair).requires_grad_() for pair in zip((x, y), points.T, strict=True))
    loss = landscape.loss(x, y)
    assert loss.isfinite().all()
    for slope in torch.autograd.grad(loss.sum(), (x, y)):
        assert slope.isfinite().all()


@each_surface
def test_loss_has_the_published_values(surface):
    for check in surface.check_values:
        loss = surface.landscape.loss(tensor(check.x), tensor(check.y)).item()
        assert loss == pytest.approx(check.value, rel=1e-9, abs=1e-9)


@each_surface
def test_published_values_are_not_at_critical_points(surface):
    for check in surface.check_values:
        slope, _ = slope_and_curvature(surface.landscape, tensor([check.x]), tensor([check.y]))
        assert slope.norm() > 1e-6
    critical = surface.landscape.critical_points
    assert not critical or any(math.dist((c.x, c.y), (p.x, p.y)) > 0.1 for c in surface.check_values for p in critical)


@each_with_critical_points
def test_critical_points_have_their_value(landscape):
    for point in landscape.critical_points:
        loss = landscape.loss(tensor(point.x), tensor(point.y)).item()
        assert loss == pytest.approx(point.value, rel=1e-9, abs=1e-9), point


@each_with_critical_points
def test_critical_points_are_exact_and_on_the_map(landscape):
    low, high = np.array(landscape.bounds).T
    points = np.array([(p.x, p.y) for p in landscape.critical_points])
    assert ((low <= points) & (points <= high)).all()
    assert len(np.unique(points.round(6), axis=0)) == len(points)
    steps = newton_steps(landscape, *tensor(points).T)
    assert steps.norm(dim=1).max() < EXACT


@each_with_critical_points
def test_critical_points_are_of_their_listed_kind(landscape):
    x, y = tensor([(p.x, p.y) for p in landscape.critical_points]).T
    _, curvature = slope_and_curvature(landscape, x, y)
    for point, (lower, upper) in zip(landscape.critical_points, torch.linalg.eigvalsh(curvature).tolist(), strict=True):
        if point.level:
            assert abs(lower) <= 1e-9 * upper, point
            continue
        # A curvature of zero would leave the kind open. No listed point may hide behind that.
        assert min(abs(lower), abs(upper)) > 1e-6 * max(abs(lower), abs(upper)), point
        kind = "minimum" if lower > 0 else "maximum" if upper < 0 else "saddle"
        assert point.kind == kind, point


@each_with_critical_points
def test_a_point_of_a_level_curve_has_equally_low_points_on_both_sides_and_no_lower_one(landscape):
    turns = torch.linspace(0, 2 * math.pi, 10_001, dtype=torch.float64)[:-1]
    for point in [point for point in landscape.critical_points if point.level]:
        assert point.kind == "minimum"
        ring = landscape.loss(point.x + 0.1 * turns.cos(), point.y + 0.1 * turns.sin()) - point.value
        assert ring.min() >= -1e-12
        low = ring < 1e-5 * ring.max()
        assert (low & ~low.roll(1)).sum() == 2, "the curve crosses the ring twice"


@each_with_minima
def test_nothing_on_the_map_is_lower_than_the_global_minimum(landscape):
    assert landscape.loss(*grid(landscape, 501)).min() >= landscape.known_minima[0].value - 1e-9


@pytest.mark.slow
@each_with_minima
def test_every_minimum_on_the_map_is_listed(landscape):
    count = 301
    x, y = grid(landscape, count)
    losses = landscape.loss(x, y).reshape(count, count)
    inner = losses[1:-1, 1:-1]
    around = torch.stack([losses.roll((i, j), (0, 1))[1:-1, 1:-1] for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j])
    column, row = (inner < around.amin(0)).nonzero().T + 1
    seeds = torch.stack([x.reshape(count, count)[column, row], y.reshape(count, count)[column, row]], 1)
    cell = (tensor(landscape.bounds) @ tensor([-1.0, 1.0])) / (count - 1)
    listed = tensor([(p.x, p.y) for p in landscape.known_minima])
    at = seeds
    for _ in range(30):
        at = at + newton_steps(landscape, *at.T)
    _, curvature = slope_and_curvature(landscape, *at.T)
    lower, upper = torch.linalg.eigvalsh(curvature).T
    moved = ((at - seeds) / cell).abs().amax(1)
    found = at[(moved < 3) & (lower > 1e-6 * upper)]  # else a step of the grid in a slanting valley, or a level ring
    missed = (found[:, None] - listed).norm(dim=2).amin(1) >= EXACT
    assert not missed.any(), found[missed]


SHARE = st.floats(0.01, 0.99)


@each_landscape
@settings(max_examples=10)
@given(shares=st.lists(st.tuples(SHARE, SHARE), min_size=20, max_size=20))
def test_gradient_agrees_with_differences(landscape, shares):
    """Of both sides together; at a kink, where the sides differ however near they are, a value between them."""
    low, high = tensor(landscape.bounds).T
    x, y = (low + (high - low) * tensor(shares)).T
    slope, _ = slope_and_curvature(landscape, x, y)
    for axis, size in enumerate((high - low).tolist()):
        coarse, fine = (_difference(landscape, x, y, axis, h * size) for h in (1e-5, 5e-6))
        rounding = 1e-15 * (1 + landscape.loss(x, y).abs()) / (5e-6 * size)
        wide, near = (_jump(landscape, x, y, axis, h * size) for h in (1e-5, 5e-6))
        # Halving the width halves the difference of the sides if the gradient is continuous.
        kink = torch.where(near > 0.75 * wide + 100 * rounding, near, 0.0)
        assert ((slope[axis] - fine).abs() <= 2 * (fine - coarse).abs() + kink + 100 * rounding).all()


def _difference(landscape, x, y, axis, width):
    dx, dy = (width, 0.0) if axis == 0 else (0.0, width)
    return (landscape.loss(x + dx, y + dy) - landscape.loss(x - dx, y - dy)) / (2 * width)


def _jump(landscape, x, y, axis, width):
    """By how much the slope to the one side differs from the slope to the other."""
    dx, dy = (width, 0.0) if axis == 0 else (0.0, width)
    rise = landscape.loss(x + dx, y + dy) + landscape.loss(x - dx, y - dy) - 2 * landscape.loss(x, y)
    return (rise / width).abs()


@each_landscape
def test_a_walk_can_begin_at_the_start(landscape):
    slope, _ = slope_and_curvature(landscape, *tensor([landscape.start]).T)
    assert slope.abs().max() > 1e-6
    for value, (low, high) in zip(landscape.start, landscape.bounds, strict=True):
        share = (value - low) / (high - low)
        assert 0.03 < share < 0.97, "the start is so near the edge that its handle would be cut"


@each_surface
def test_every_surface_has_its_texts(surface):
    assert surface.label
    assert surface.teaches.endswith((".", "?"))
    assert all(len(reference) > 40 and reference.endswith(".") for reference in surface.references)
    for word in (surface.label, surface.teaches):
        assert word == word.strip()
        assert "  " not in word


@each_surface
def test_the_formula_can_be_typeset(surface):
    latex = surface.latex
    assert latex.startswith(("f(x, y) = ", r"\begin{"))
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\begin{") == latex.count(r"\end{")
    assert latex.count(r"\bigl") == latex.count(r"\bigr")
    assert latex.count(r"\Bigl") == latex.count(r"\Bigr")
    assert latex.count("(") == latex.count(")")
    assert "$" not in latex


GOOD = next(iter(SURFACES.values()))
LAND = GOOD.landscape
HIGH = CriticalPoint(x=0.0, y=0.0, value=1.0, kind="maximum")


REFUSED_LANDSCAPES = (
    ({"bounds": ((1.0, 1.0), (0.0, 1.0))}, r"bounds of x must be finite and rise: got \(1.0, 1.0\)"),
    ({"bounds": ((0.0, 1.0), (0.0, math.inf))}, "bounds of y must be finite"),
    ({"bounds": ((0.0, math.nan), (0.0, 1.0))}, "bounds of x must be finite"),
    ({"start": (99.0, 0.0)}, "start must lie on the map"),
    ({"start": (math.nan, 0.0)}, "start must lie on the map"),
    ({"contour_scale": "sqrt"}, "contour_scale must be one of"),
    ({"critical_points": (HIGH, *LAND.critical_points)}, "must begin with the global minimum"),
)
REFUSED_CARDS = (
    ({"family": "modern"}, "family must be one of"),
    ({"landscape": dataclasses.replace(LAND, critical_points=(HIGH,))}, "at least one minimum"),
    ({"check_values": ()}, "must each hold at least one"),
    ({"presets": ()}, "must each hold at least one"),
    ({"references": ()}, "must each hold at least one"),
    ({"presets": (GOOD.presets[0], GOOD.presets[0])}, "a key of their own"),
)


@pytest.mark.parametrize(("change", "complaint"), REFUSED_LANDSCAPES, ids=range(len(REFUSED_LANDSCAPES)))
def test_a_contradictory_landscape_is_refused(change, complaint):
    with pytest.raises(ValueError, match=complaint) as refusal:
        dataclasses.replace(LAND, **change)
    assert str(refusal.value).startswith(f"landscape {GOOD.key!r}: ")


@pytest.mark.parametrize(("change", "complaint"), REFUSED_CARDS, ids=range(len(REFUSED_CARDS)))
def test_a_contradictory_card_is_refused(change, complaint):
    with pytest.raises(ValueError, match=complaint) as refusal:
        dataclasses.replace(GOOD, **change)
    assert str(refusal.value).startswith(f"surface {GOOD.key!r}: ")


def test_a_landscape_can_be_a_key():
    again = dataclasses.replace(LAND)
    assert again is not LAND
    assert {LAND: 1}[again] == 1
    assert dataclasses.replace(LAND, loss=lambda x, y: x + y) not in {LAND: 1}


@pytest.mark.parametrize("record", [Landscape, Surface, CriticalPoint, CheckValue, Preset])
def test_records_are_frozen_and_named(record):
    with pytest.raises(TypeError, match="positional"):
        record("key")
    assert record.__dataclass_params__.frozen
