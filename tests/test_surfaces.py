"""Every surface is as its record describes: first shapes and types, then values, gradients and critical points."""

import dataclasses
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from mine import of_surfaces
from mine.of_surfaces import slope_and_curvature, tensor
from surfaces import SURFACES, CheckValue, CriticalPoint, Landscape, Preset, Surface
from surfaces.base import FAMILIES

each_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
LANDSCAPES = {key: surface.landscape for key, surface in SURFACES.items()}
each_landscape = pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=LANDSCAPES)
CHECKS = [*of_surfaces.FIRST, *of_surfaces.FURTHER]
SLOW = {of_surfaces.lists_every_minimum, of_surfaces.has_presets_that_end_as_claimed}
each_check = pytest.mark.parametrize(
    "check",
    [
        pytest.param(check, id=check.__name__, marks=[pytest.mark.slow] if check in SLOW else [])
        for check in CHECKS
        if check is not of_surfaces.has_presets_that_end_as_claimed  # tests/test_presets.py, for each preset
    ],
)


@each_check
@each_surface
def test_a_surface_is_as_its_record_says(surface, check):
    assert list(check(surface)) == []


def test_there_are_at_least_30_surfaces_in_order_of_their_families():
    assert len(SURFACES) >= 30
    assert sum(surface.family == "data" for surface in SURFACES.values()) >= 8
    families = [surface.family for surface in SURFACES.values()]
    assert families == sorted(families, key=FAMILIES.index)


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
    assert latex.count(r"\bigl") == latex.count(r"\bigr")
    assert latex.count(r"\Bigl") == latex.count(r"\Bigr")


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
