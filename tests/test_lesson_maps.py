"""What lessons say about maps of many walks is true: each map is computed here as the text describes."""

import math

import numpy as np
import pytest

from charts.figures.room import outcomes
from lessons import LESSONS
from trajectories import KINDS, Axis, basins, orbits, parse_link, simulate
from trajectories.basin_map import sensitive
from trajectories.sweep import changed
from trajectories.verdicts import GLOBAL


def shares_about(scenario, center, width):
    """In a square about a point: the shares of the starts that end at each minimum, and of cells unlike the next."""
    x, y = ((middle - width / 2, middle + width / 2) for middle in center)
    found = basins(scenario, shape=(40, 40), window=(x, y))
    differs = np.diff(found.minima, axis=1) != 0
    return [float((found.minima == minimum).mean()) for minimum in range(4)], float(differs.mean()), found


def test_fractals_every_square_has_all_colors_with_momentum_and_a_line_without():
    momentum, sgd = (parse_link(scene.scenario)[0] for scene in LESSONS["fractals"].scenes)
    for zoom in (1, 10, 100, 1000, 10_000):
        shares, differs, found = shares_about(momentum, momentum.start if zoom > 1 else (0, 0), 12 / zoom)
        assert min(shares) > 0.05, zoom
        assert differs > 0.15, "a single line would be the border of a fortieth of the cells"
        assert sensitive(momentum, found).mean() < 0.01
    row = basins(sgd, shape=(1, 1000), window=((0, 0.5), (5.199, 5.201)))
    (border,) = row.x[:-1][np.diff(row.minima[0]) != 0]
    for width in (1.2, 0.12, 0.012):
        shares, differs, _ = shares_about(sgd, (border, 5.2), width)
        assert sum(share > 0 for share in shares) == 2
        assert differs <= 1 / 39 + 1e-9, "one border in each row"

    lower = [shares_about(changed(momentum, 0, "momentum", share), (0, 0), 12)[1] for share in (0.0, 0.3, 0.6, 0.9)]
    assert lower == sorted(lower), "the lower the momentum, the larger the regions"


def test_fractals_the_two_runs_and_those_beside_them():
    first, second = (
        parse_link(link)[0] for link in (LESSONS["fractals"].scenes[0].scenario, LESSONS["fractals"].scenario)
    )
    (one,), (other,) = simulate(first), simulate(second)
    apart = np.linalg.norm(one.positions - other.positions, axis=1)
    assert 0.01 < 12 / 1000
    assert apart[:10].max() < 0.05
    assert apart[15] > 1
    ends = [simulate(first.model_copy(update={"start": (x, 5.2)}))[0] for x in (2.39, 2.351)]
    assert ends[0].positions[-1] == pytest.approx((-2.805, 3.131), abs=0.01)
    assert ends[1].outcome.kind == "diverged"


def test_race_the_shares_of_the_room():
    race, drawn = LESSONS["race"], LESSONS["race"].figures[1].parameters
    scenario, _ = parse_link(race.scenario)
    found = [outcomes(scenario, run, "x", drawn["low"], drawn["high"], (12, 48)) for run in range(3)]
    assert found[0].kinds.size == 576
    sgd, momentum, adam = (float((of.kinds == GLOBAL).mean()) for of in found)
    assert sgd < 0.01
    assert momentum == pytest.approx(0.17, abs=0.005)
    assert adam == pytest.approx(0.2, abs=0.005)


def test_edge_the_last_positions_beyond_the_edge():
    scenario, _ = parse_link(LESSONS["edge"].scenes[1].scenario)
    assert math.sqrt(5) - 1 == pytest.approx(1.236, abs=5e-4)
    spans = {1: (0.8, 0.97), 2: (1.05, 1.22), 4: (1.245, 1.28)}
    for period, (low, high) in spans.items():
        assert set(orbits(scenario, Axis(name="lr", low=low, high=high), 12).periods) == {period}
    disordered = orbits(scenario, Axis(name="lr", low=1.31, high=1.33), 12)
    assert set(disordered.periods) == {0}
    kinds = orbits(scenario, Axis(name="lr", low=0.8, high=1.4), 40).kinds
    assert not np.isin(kinds, [KINDS.index("left_the_map"), KINDS.index("diverged")]).any()
