"""The data of the figures of many walks, compared with ``simulate``; no pixels."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from charts.figures import FIGURES
from charts.figures.outcomes import kind_marker, loss_axis
from charts.minimum_styles import GLOBAL_STYLE, LOCAL_STYLE, OTHER_SYMBOLS, STYLES, minimum_styles
from charts.palette import OTHER_MINIMA, OUTCOME_SYMBOLS
from charts.theme import THEMES
from charts.words import name_kind, say
from surfaces import SURFACES
from trajectories import KINDS, Axis, parse_link
from trajectories import settings as settings_map
from trajectories.basin_map import ELSEWHERE, basins
from trajectories.minima import minima_of
from trajectories.minimum_levels import is_global
from trajectories.scales import spaced
from trajectories.settings_map import values_of
from trajectories.spelling import SPELLINGS, spell
from trajectories.sweep import late_loss, sweep, tuned

LIGHT = THEMES["light"]


def scenario(query):
    parsed, sentences = parse_link(query)
    assert not sentences
    return parsed


def draw(key, query, **parameters):
    return FIGURES[key].draw(scenario(query), LIGHT, **parameters)


def named(figure, name):
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


def texts(figure):
    return [annotation.text for annotation in figure.layout.annotations]


# sweep


def values_and_losses(figure):
    """The data of all marks of all outcomes, in order of the value."""
    marks = [pair for trace in figure.data if trace.customdata is not None for pair in trace.customdata]
    return np.array(sorted(marks, key=lambda pair: pair[0]))


@pytest.mark.parametrize("y", ["loss", "outcome"])
def test_a_sweep_marks_each_value_with_its_loss_and_outcome(y):
    query = "surface=cliff&steps=60&run=sgd&run=momentum:lr=0.02"
    figure = draw("sweep", query, run=1, low=0.01, high=10, count=13, y=y)
    walks = sweep(scenario(query), 1, "lr", spaced(0.01, 10, 13, "log"))
    expected = [[walk.settings.values["lr"], walk.losses[-1]] for walk in walks]
    np.testing.assert_allclose(values_and_losses(figure), expected, rtol=1e-4)
    for kind in {walk.outcome.kind for walk in walks}:
        trace = named(figure, name_kind(kind))
        of_kind = [walk for walk in walks if walk.outcome.kind == kind]
        np.testing.assert_allclose(10 ** np.array(trace.x), [walk.settings.values["lr"] for walk in of_kind])
        for walk, text in zip(of_kind, trace.hovertext, strict=True):
            assert say(walk.outcome.message) in text
            loss = f"loss {spell(float(walk.losses[-1]), SPELLINGS['rounded'])}"
            assert (loss in text) == (kind not in {"left_the_map", "diverged"})


def test_a_sweep_draws_losses_to_scale_and_diverged_ones_at_the_top():
    figure = draw("sweep", "surface=himmelblau&steps=100&run=sgd:lr=0.01", low=0.001, high=1, count=31)
    scale = figure.layout.yaxis
    assert "off map" in scale.ticktext
    top = dict(zip(scale.ticktext, scale.tickvals, strict=True))["off map"]
    for kind in KINDS:
        for trace in [trace for trace in figure.data if trace.name == name_kind(kind)]:
            heights = np.array(trace.y)
            if kind in {"left_the_map", "diverged"}:
                assert (heights == top).all()
            else:
                losses = np.maximum([loss for _, loss in trace.customdata], 10 ** scale.range[0])
                np.testing.assert_allclose(10**heights, losses, rtol=1e-9)  # log, above a lowest loss of 0
                assert (heights < top).all()


def test_the_edge_separates_convergence_from_divergence():
    """On a quadratic, gradient descent diverges beyond 2 over the curvature, which is 1."""
    figure = draw("sweep", "surface=matyas&steps=400&run=sgd:lr=0.5", low=0.1, high=10, count=41, edge=True)
    assert 10 ** named(figure, "edge").x[0] == pytest.approx(2)
    assert 10 ** named(figure, "now").x[0] == pytest.approx(0.5)
    assert {"2 / curvature = 2", "now 0.5"} <= set(texts(figure))
    lost = [lr for kind in ("left the map", "diverged") for lr, _ in named(figure, kind).customdata]
    assert sorted(lost) == [lr for lr in spaced(0.1, 10, 41, "log") if lr > 2]


def test_a_value_beyond_the_axis_is_not_marked():
    figure = draw("sweep", "surface=matyas&steps=10&run=sgd:lr=5", low=0.01, high=1, count=5)
    assert "now" not in [trace.name for trace in figure.data]


def test_a_switch_and_a_number_near_one_can_be_swept():
    query = "surface=hump&steps=30&run=dissected:lr=0.1"
    assert values_and_losses(draw("sweep", query, name="root"))[:, 0].tolist() == [0, 1]
    figure = draw("sweep", query, name="beta1", scale="complement", low=0, high=0.99, count=5)
    assert values_and_losses(figure)[[0, -1], 0].tolist() == [0, 0.99]
    assert named(figure, "now").x[0] == pytest.approx(1)  # 0.9: one power of ten below one


def test_outcomes_have_different_symbols():
    for theme in THEMES.values():
        assert len({kind_marker(kind, theme)["symbol"] for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_global_and_local_minima_have_one_color_and_one_shape_in_all_figures(theme):
    of = scenario("surface=hump&steps=150&run=momentum:lr=0.07")
    basins = FIGURES["basins"].draw(of, theme, columns=12, rows=8)
    sweep_figure = FIGURES["sweep"].draw(of, theme, name="momentum", scale="linear", low=0, high=0.95, count=7)
    minima = named(basins, "minima")
    in_basins = {
        text.partition("<br>")[0]: (color, symbol)
        for text, color, symbol in zip(minima.hovertext, minima.marker.color, minima.marker.symbol, strict=True)
    }
    for kind in ("global_minimum", "local_minimum"):
        marker = named(sweep_figure, name_kind(kind)).marker
        assert in_basins[name_kind(kind)] == (marker.color, marker.symbol)
        assert marker.color == theme.outcomes[kind]
    others = [theme.trails[place].color for place in OTHER_MINIMA]
    assert not {*others} & {*theme.outcomes.values()}, "a further minimum has the color of no outcome"
    assert not {*OTHER_SYMBOLS} & {*OUTCOME_SYMBOLS.values()}


@given(
    start=st.floats(-10, 1e6),
    losses=st.lists(st.floats(-80, 1e9) | st.just(math.inf), max_size=20),
    key=st.sampled_from(list(SURFACES)),
)
def test_a_loss_axis_keeps_the_order(start, losses, key):
    lowest = next((minimum.value for minimum in minima_of(SURFACES[key].landscape)), -math.inf)
    start, losses = max(start, lowest), [max(loss, lowest) for loss in losses]
    scale = loss_axis(SURFACES[key].landscape, start, losses)
    assert scale.low < scale.ceiling < scale.above < scale.high
    places = [scale.place(loss) for loss in sorted([*losses, start])]
    assert places == sorted(places)
    assert all(scale.low <= place <= scale.above for place in places)
    assert scale.place(math.inf) == scale.place(1e12) == scale.above > scale.place(start)
    ticks = scale.axis(LIGHT)["tickvals"]
    assert len(ticks) >= 2
    assert all(scale.low - 1e-9 <= tick <= scale.above for tick in ticks)


# basins


def test_the_basins_are_those_of_the_walks():
    query = "surface=hump&steps=150&start=-3,1&run=sgd:lr=0.05&run=momentum:lr=0.07"
    figure = draw("basins", query, run=1, columns=12, rows=8)
    found = basins(scenario(query), 1, (8, 12))
    cells = figure.data[0]
    np.testing.assert_array_equal(cells.z, found.minima)  # two minima: their indices are their styles
    np.testing.assert_array_equal(cells.customdata, found.ends)
    calls = {ELSEWHERE: "no minimum", 0: "global minimum", 1: "local minimum"}
    assert [list(row) for row in cells.text] == [[calls[n] for n in row] for row in found.minima.tolist()]
    assert (named(figure, "start").x, named(figure, "start").y) == ((-3,), (1,))
    minima = named(figure, "minima")
    reached = np.unique(found.minima[found.minima >= 0])
    assert list(minima.x) == [SURFACES["hump"].landscape.known_minima[n].x for n in reached]
    np.testing.assert_allclose(minima.customdata, [(found.minima == n).mean() for n in reached])
    assert len(set(minima.marker.symbol)) == len(set(minima.marker.color)) == len(reached)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_styles_of_minima_follow_their_kinds(surface):
    landscape = SURFACES[surface].landscape
    minima, styles = minima_of(landscape), minimum_styles(landscape)
    assert len(styles) == len(minima)
    assert [n for n, style in enumerate(styles) if style == GLOBAL_STYLE] == ([0] if minima else [])
    for minimum, style in zip(minima, styles, strict=True):
        assert 0 <= style < STYLES
        assert style != LOCAL_STYLE or not is_global(landscape, minimum.value), "only a local minimum has this style"
    if len(minima) <= STYLES - 1:
        assert len(set(styles)) == len(styles)


def test_neighboring_minima_of_rastrigin_have_different_colors():
    of = scenario("surface=rastrigin&steps=150&run=adam:lr=0.1")
    minima = basins(of, 0, (36, 60)).minima
    groups = np.array([*minimum_styles(of.landscape), ELSEWHERE])[minima]
    for axis in (0, 1):
        assert (np.diff(groups, axis=axis) != 0)[np.diff(minima, axis=axis) != 0].all()


# settings


def test_the_map_of_settings_has_the_outcomes_of_the_walks_and_the_line_of_theory():
    query = "surface=ravine&steps=60&run=sgd:lr=0.1&run=momentum:lr=0.1,momentum=0.5"
    figure = draw("settings", query, run=1, x_low=0.05, x_high=1, y_low=0, y_high=0.9, columns=10, rows=8)
    axes = Axis(name="lr", run=1, low=0.05, high=1), Axis(name="momentum", run=1, low=0, high=0.9)
    found = settings_map(scenario(query), axes, (8, 10))
    np.testing.assert_array_equal(figure.data[0].z, found.kinds[0])
    np.testing.assert_allclose(10 ** np.array(figure.data[0].x), found.x)
    line, now = named(figure, "known limit"), named(figure, "present settings")
    np.testing.assert_allclose(10 ** np.array(line.x), (2 + 2 * (1 - 10 ** -np.array(line.y))) / 10)
    assert (10 ** now.x[0], 1 - 10 ** -now.y[0]) == pytest.approx((0.1, 0.5))


def test_the_map_of_settings_without_a_second_hyperparameter_is_over_the_start():
    figure = draw("settings", "surface=hyperbola&steps=60&run=sgd:lr=0.3", x_low=0.05, x_high=0.9, columns=10, rows=8)
    np.testing.assert_allclose(figure.data[0].y, values_of(scenario("surface=hyperbola&run=sgd"), Axis(name="x"), 8))
    x, y = (
        np.array(column, dtype=float) for column in (named(figure, "known limit").x, named(figure, "known limit").y)
    )
    lr = SURFACES["hyperbola"].landscape.start_limit.lr(torch.tensor(y), torch.full((len(y),), 2.5))
    np.testing.assert_allclose(10**x, lr)


# tuning


def test_a_fair_race_marks_each_best_value_and_its_cost():
    query = "surface=hump&steps=100&run=sgd&run=momentum&run=adam"
    figure = draw("tuning", query, values=9, low=0.01, high=10)
    of, lrs = scenario(query), spaced(0.01, 10, 9, "log")
    for run, (lr, loss) in enumerate(tuned(of, 9, 0.01, 10)):
        star = named(figure, f"{of.runs[run].label}: best")
        judged = [late_loss(walk) for walk in sweep(of, run, "lr", lrs)]
        (line,) = [trace for trace in figure.data if trace.name.startswith(f"{of.runs[run].label}: ★")]
        assert (star.x, star.y) == ((lr,), (loss,))
        assert loss == pytest.approx(min(judged), rel=1e-6)
        kept = [(x, y) for x, y, j in zip(line.x, line.y, judged, strict=True) if j <= 3]
        expected = [(x, j) for x, j in zip(lrs, judged, strict=True) if j <= 3]
        np.testing.assert_allclose(kept, expected, rtol=1e-6)
    labels = " ".join(texts(figure))
    assert "9 learning rates for each run; the axis shows" in labels
    assert "the worst loss of the last 5 % of the steps" in labels
