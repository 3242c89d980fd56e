"""Basins of attraction, and how a lesson judges a flag by them."""

import pytest

from components.lesson.truth import Answer, judge
from lessons import LESSONS
from surfaces import SURFACES
from trajectories import parse_link
from trajectories.descent import attracting_minimum
from trajectories.minima import minima_of


@pytest.mark.parametrize("key", ["hump", "trap", "himmelblau", "rastrigin"])
def test_a_minimum_lies_in_its_own_basin(key: str) -> None:
    landscape = SURFACES[key].landscape
    for place, minimum in enumerate(minima_of(landscape)[:4]):
        assert attracting_minimum(landscape, minimum.x, minimum.y) == place


def test_two_wells_have_two_basins() -> None:
    landscape = SURFACES["two_wells"].landscape
    sides = [attracting_minimum(landscape, x, 0.3) for x in (-0.8, 0.8)]
    assert [minima_of(landscape)[side].x > 0 for side in sides if side is not None] == [False, True]


def test_where_the_gradient_is_zero_there_is_no_basin() -> None:
    landscape = SURFACES["saddle"].landscape
    assert attracting_minimum(landscape, 0.0, 0.0) is None


def test_a_flag_in_the_right_valley_is_right_however_far_from_the_minimum() -> None:
    lesson = LESSONS["hump"]
    verdict = judge(lesson, Answer(flag=(1.1, 0.2)))  # 11 % of the map from the global minimum
    assert verdict.away == pytest.approx(0.11, abs=0.01)
    assert (verdict.right, verdict.measure, verdict.says) == (True, "same_basin", lesson.predict.near)
    beside = judge(lesson, Answer(flag=(-1.3, -0.2)))
    assert (beside.right, beside.measure, beside.says) == (False, "other_basin", lesson.predict.far)


def test_where_a_run_ends_at_no_minimum_the_distance_decides() -> None:
    lesson = LESSONS["two_slopes"]
    end = judge(lesson, Answer()).end
    assert end is not None
    (low, high), _ = parse_link(lesson.scenario)[0].landscape.bounds
    for share, right in ((0.04, True), (0.11, False)):
        verdict = judge(lesson, Answer(flag=(end[0] + share * (high - low), end[1])))
        assert (verdict.right, verdict.measure) == (right, "distance")


def test_the_challenge_accepts_a_flag_in_the_right_dip() -> None:
    lesson = LESSONS["challenge"]
    assert judge(lesson, Answer(flag=(-1.7, 1.8))).right
    assert not judge(lesson, Answer(flag=(0.0, 0.0))).right
