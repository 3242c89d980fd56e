"""The data of the figures, compared with ``simulate`` and closed forms; no pixels."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from charts.figures import FIGURES
from charts.figures.epsilon import differ_by_half
from charts.figures.weights import past_weights
from charts.theme import THEMES
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories import Run, parse_link, simulate
from trajectories.terrain import curvatures_along_x

LIGHT = THEMES["light"]
TAKEN_APART = (
    "surface=hump&steps=60&run=adam:lr=0.1&run=dissected:lr=0.1,correct_m=0&run=dissected:lr=0.1,correct_v=0"
    "&run=dissected:lr=0.1,correct_m=0,correct_v=0"
)


def scenario(query):
    parsed, sentences = parse_link(query)
    assert not sentences
    return parsed


def draw(key, query, **parameters):
    return FIGURES[key].draw(scenario(query), LIGHT, **parameters)


def texts(figure):
    return [annotation.text for annotation in figure.layout.annotations]


# weights

AVERAGED = [(key, name) for key in OPTIMIZERS for name in ("beta1", "beta2", "alpha", "rho")
            if name in OPTIMIZERS[key].defaults and (key, name) != ("adamax", "beta2")]  # fmt: skip


@pytest.mark.parametrize(("key", "name"), AVERAGED)
def test_the_weights_of_an_average_are_powers_of_beta(key, name):
    run = Run(optimizer=key, values={name: 0.8})
    np.testing.assert_allclose(past_weights(run, name, 30), 0.2 * 0.8 ** np.arange(30), rtol=1e-12)


@pytest.mark.parametrize("key", ["momentum", "nesterov"])
def test_the_weights_of_a_velocity_are_those_of_a_sum(key):
    figure = draw("weights", f"surface=hump&run={key}:momentum=0.95", name="momentum", steps=40)
    (bars,) = figure.data
    np.testing.assert_allclose(bars.y, 0.95 ** np.arange(40), rtol=1e-12)
    assert list(bars.x) == [-k for k in range(40)], "the newest at the right"
    assert figure.layout.shapes[0].x0 == pytest.approx(0.5 - 20)
    assert "memory: 1 / (1 − momentum)<br>= 20 steps,<br>64 % of the sum" in texts(figure)


def test_a_memory_longer_than_the_figure_is_labeled():
    figure = draw("weights", "surface=hump&run=adam", name="beta2")
    assert not figure.layout.shapes
    assert "memory: 1 / (1 − beta2)<br>= 1000 steps,<br>longer than this axis" in texts(figure)


def test_a_switched_off_moment_has_no_weights():
    run = scenario("surface=hump&run=dissected:first_moment=0").runs[0]
    assert past_weights(run, "beta1", 4).tolist() == [1, 0, 0, 0]


# sizes


@pytest.mark.parametrize("key", SURFACES)
def test_the_curvature_is_the_derivative_of_the_gradient(key):
    landscape = SURFACES[key].landscape
    low, high = np.array(landscape.bounds).T
    positions = low + (high - low) * np.random.default_rng(3).uniform(0.1, 0.9, (20, 2))
    h = 1e-5 * (high[0] - low[0])

    def gradient(shift):
        x, y = (torch.tensor(column) for column in (positions + np.array([shift, 0])).T)
        x.requires_grad_()
        return torch.autograd.grad(landscape.loss(x, y).sum(), x)[0].numpy()

    expected = (gradient(h) - gradient(-h)) / (2 * h)
    found = curvatures_along_x(landscape, positions)
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5 * abs(expected).max())


def test_the_root_of_v_is_large_where_the_curvature_is_small():
    figure = draw("sizes", "surface=hump&steps=150&run=adam:lr=0.15")
    roots, curvatures = (np.array([trace.customdata for trace in figure.data[n::2]]) for n in (0, 1))
    for key, drawn, curvature in zip(("plane", "ravine", "cliff"), roots, curvatures, strict=True):
        (walk,) = simulate(scenario(f"surface={key}&steps=150&run=adam:lr=0.15"), parts=True)
        np.testing.assert_array_equal(drawn, np.sqrt(walk.parts["v_hat"][1:, 0]))
        np.testing.assert_array_equal(
            curvature, np.abs(curvatures_along_x(SURFACES[key].landscape, walk.positions[:-1]))
        )
    assert roots[0][:20].min() > 100 * curvatures[0][:20].max() > 0  # the plane: a constant gradient
    np.testing.assert_allclose(curvatures[1], (0.1 * 144 + 10 * 25) / 169)  # the ravine: the same everywhere
    for trace in figure.data:  # values too small for the log scale are at its lower end, which is labeled
        scale = figure.layout[trace.yaxis.replace("y", "yaxis")]
        small = np.array(trace.customdata) < 10 ** scale.range[0] * (1 - 1e-9)
        np.testing.assert_allclose(np.log10(np.array(trace.y)[small]), scale.range[0])
        assert not small.any() or scale.ticktext[0].startswith("≤ ")
        np.testing.assert_array_equal(np.array(trace.y)[~small], np.array(trace.customdata)[~small])


# epsilon


@given(eps=st.floats(1e-12, 0.2499))
def test_the_mark_is_where_one_epsilon_gives_half_the_step_of_the_other(eps):
    root = differ_by_half(eps)
    assert 1 / math.sqrt(root**2 + eps) == pytest.approx(0.5 / (root + eps), rel=1e-6)


def test_an_epsilon_of_a_quarter_or_more_has_no_mark():
    assert differ_by_half(0.25) is differ_by_half(1.0) is None


@pytest.mark.parametrize("eps", [1e-8, 1e-3, 0.5])
def test_both_places_of_epsilon_and_the_gradients_of_the_run_are_drawn(eps):
    query = f"surface=ravine&steps=80&run=sgd&run=adam:lr=0.1,eps={eps}"
    figure = draw("epsilon", query, run=1)
    outside, inside = figure.data
    size = np.array(outside.x)
    np.testing.assert_allclose(outside.y, 1 / (size + eps))
    np.testing.assert_allclose(inside.y, 1 / np.sqrt(size**2 + eps))
    met = np.sqrt(simulate(scenario(query), parts=True)[1].parts["v_hat"][1:])
    band = figure.layout.shapes[0]
    assert (band.x0, band.x1) == (met.min(), met.max())
    assert size[0] < min(band.x0, eps)
    assert size[-1] > max(band.x1, math.sqrt(eps))
    assert [shape.x0 for shape in figure.layout.shapes[1:]] == ([differ_by_half(eps)] if eps < 0.25 else [])


@pytest.mark.parametrize(("first", "second"), [(1e-8, 1e-8), (1e-8, 1e-2), (0.3, 1e-4)])
def test_epsilon_shows_each_run_with_its_own_eps_at_its_own_place(first, second):
    apart = "run=dissected:lr=0.05"
    query = f"surface=easom&start=1.7,4.5&steps=50&{apart},eps={first}&{apart},eps={second},eps_inside=1&{apart},root=0"
    figure = draw("epsilon", query)
    outside, inside, rootless = figure.data
    size = np.array(outside.x)
    np.testing.assert_allclose(outside.y, 1 / (size + first))
    np.testing.assert_allclose(inside.y, 1 / np.sqrt(size**2 + second))
    np.testing.assert_allclose(rootless.y, 1 / (size**2 + 1e-8))
    assert [line.line.color for line in figure.data] == [trail.color for trail in LIGHT.trails[:3]]
    assert f"eps {first:g}".replace("e-0", "e-") in outside.name
    assert f"eps {second:g}".replace("e-0", "e-") in inside.name
    marks = [shape.x0 for shape in figure.layout.shapes[1:]]
    assert marks == ([differ_by_half(first)] if first == second else [])


# first steps


def test_bias_correction_changes_the_first_steps_as_in_the_formula():
    figure = draw("first_steps", TAKEN_APART)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    firsts = [trace.customdata[0] for trace in lines]
    np.testing.assert_allclose(firsts, [1, 0.1, 1 / math.sqrt(0.001), 0.1 / math.sqrt(0.001)], rtol=1e-5)
    assert {"<b>1×</b>", "<b>0.1×</b>", "<b>31.6×</b>", "<b>3.16×</b>"} <= set(texts(figure))
    assert [trace.name for trace in lines] == [
        "Adam",
        "Adam, taken apart, correct m off",
        "Adam, taken apart, correct v off",
        "Adam, taken apart, correct m off, correct v off",
    ]
    for walk, line in zip(simulate(scenario(TAKEN_APART)), lines, strict=True):
        lengths = np.abs(np.diff(walk.positions[:31], axis=0)).max(axis=1) / 0.1
        np.testing.assert_array_equal(line.customdata, lengths)
