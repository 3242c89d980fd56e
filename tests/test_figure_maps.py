"""The data of the figures of maps and seeds, compared with the maps and with single walks; no pixels."""

import numpy as np
import pytest

from charts.figures import FIGURES
from charts.minimum_styles import GLOBAL_STYLE
from charts.theme import THEMES
from surfaces import SURFACES
from trajectories import KINDS, parse_link, simulate
from trajectories.basin_map import ELSEWHERE, basins
from trajectories.clouds import clouds_of
from trajectories.seed_fan import seeds

LIGHT = THEMES["light"]


def scenario(query):
    parsed, sentences = parse_link(query)
    assert not sentences
    return parsed


def draw(key, query, **parameters):
    return FIGURES[key].draw(scenario(query), LIGHT, **parameters)


def named(figure, name):
    return [trace for trace in figure.data if trace.name == name]


def texts(figure):
    return " ".join(annotation.text for annotation in figure.layout.annotations)


def test_a_walk_that_rests_on_a_level_curve_has_the_color_and_the_name_of_its_outcome():
    query = "surface=hyperbola&steps=200&run=sgd:lr=0.3"
    figure = draw("basins", query, columns=12, rows=8)
    found = basins(scenario(query), 0, (8, 12))
    elsewhere = (found.minima == ELSEWHERE) & (found.kinds == KINDS.index("global_minimum"))
    assert elsewhere.any()
    assert (figure.data[0].z[elsewhere] == GLOBAL_STYLE).all()
    assert set(np.array(figure.data[0].text)[elsewhere]) == {"global minimum"}
    assert f"{100 * elsewhere.mean():.0f} % at minima without a mark" in texts(figure)
    lost = np.isin(found.kinds, [KINDS.index("diverged"), KINDS.index("left_the_map")])
    assert (figure.data[0].z[lost] == ELSEWHERE).all()


def test_the_room_of_each_run_is_that_of_its_walks():
    query = "surface=hump&start=-3,1&steps=100&run=sgd&run=adam:lr=0.2"
    figure = draw("room", query, low=0.01, high=1, columns=9, rows=8)
    bands = [trace for trace in figure.data if trace.type == "heatmap"]
    assert [band.yaxis for band in bands] == ["y", "y2"]
    of = scenario(query)
    for run, band in enumerate(bands):
        for row, column in [(0, 0), (3, 4), (7, 8)]:
            lr, start = float(f"{10 ** band.x[column]:.6g}"), (band.y[row], 1.0)
            own = of.runs[run].model_copy(update={"values": {**of.runs[run].values, "lr": lr}})
            (walk,) = simulate(of.model_copy(update={"start": start, "runs": (own,)}))
            assert KINDS[band.z[row][column]] == walk.outcome.kind
        assert f"<b>{100 * (np.array(band.z) == KINDS.index('global_minimum')).mean():.0f} %</b>" in texts(figure)
    kinds = {KINDS[kind] for band in bands for kind in np.unique(band.z)}
    shown = [trace.name for trace in figure.data if trace.showlegend]
    assert len(shown) == len(set(shown)) == len(kinds), "each outcome once"
    assert all(len(trace.x) for trace in figure.data if trace.showlegend)
    now = [(10 ** trace.x[0], trace.y[0]) for trace in named(figure, "present settings")]
    assert now[1] == pytest.approx((0.2, -3))


def test_the_ends_of_seeds_are_marked_with_their_ellipse():
    query = "surface=cars_standardized&steps=200&batch=1&seed=40&run=sgd:lr=0.1"
    figure, found = draw("seeds", query, count=16), seeds(scenario(query), 16)
    marks = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers"]
    drawn = np.concatenate([np.stack([trace.x, trace.y], axis=1) for trace in marks])
    np.testing.assert_allclose(sorted(drawn.tolist()), sorted(found.ends.tolist()))
    assert sum(int(trace.name.split()[0]) for trace in marks) == 16
    (cloud,) = clouds_of(SURFACES["cars_standardized"].landscape, found.ends, found.kinds)
    (ellipse,) = named(figure, "two deviations")
    away = np.stack([ellipse.x, ellipse.y], axis=1) - cloud.center
    along, across = (
        away @ np.array(axis) / deviation for axis, deviation in zip(cloud.axes, cloud.deviations, strict=True)
    )
    np.testing.assert_allclose(np.hypot(along, across), 2)
    assert f"{found.arrived} of 16 seeds" in texts(figure)


def test_seeds_that_diverge_are_counted_and_have_no_mark():
    figure = draw("seeds", "surface=hump&steps=60&noise=0.5&run=sgd:lr=10", count=5)
    (lost,) = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers"]
    assert lost.name.startswith("5 ")
    assert set(lost.x) == {None}
