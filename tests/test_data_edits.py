"""Edits of the data: what is allowed, which rows they give, and the landscape that is fitted to them."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from surfaces import SURFACES, Landscape, has_edited_data, refitted
from tests.edited import WITH_DATA, edits
from trajectories import MAX_POINTS, PointEdit, Run, Scenario, ScenarioError, simulate
from trajectories.data_edits import edited_rows
from trajectories.gradient import trace_model, traced_model
from trajectories.landscapes import landscape_of
from trajectories.minima import find_minima, minima_of
from trajectories.minimum_levels import minimum_levels
from trajectories.terrain import typical_gradient

CARS = SURFACES["cars_raw"].landscape.model.dataset
RUNS = (Run(optimizer="sgd", values={"lr": 0.001}), Run(optimizer="adam", values={"lr": 0.1}))


def of(surface: str = "cars_raw", **fields: object) -> Scenario:
    return Scenario(surface=surface, runs=RUNS, **fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"points": "x"}, ("points", '"x"', str(MAX_POINTS))),
        ({"points": [{"values": [1, 2]}] * 41}, ("points", "41", str(MAX_POINTS))),
        ({"points": [{"example": 51}]}, ("point 1", "51", "from 1 to 50")),
        ({"points": [{"example": 0}]}, ("point 1", "got 0", "from 1 to 50")),
        ({"points": [{"example": 3}, {"example": 3, "values": [1, 2]}]}, ("point 2", "example 3")),
        ({"points": [{}]}, ("point 1", "needs an example, values or both")),
        ({"points": [{"values": [1]}]}, ("point 1", "2 numbers", "speed", "a list of 1")),
        ({"points": [{"values": [1, "a"]}]}, ("point 1", "stopping distance", '"a"')),
        ({"points": [{"values": [1, float("nan")]}]}, ("point 1", "got nan")),
        ({"points": [{"values": [1, 2e9]}]}, ("point 1", "1000000000", "got 2000000000")),
        ({"points": [{"values": [1, 2], "exmaple": 1}]}, ("point 1", '"exmaple"', '"example"')),
        ({"points": [7]}, ("point 1", "got 7")),
        ({"points": [{"example": n} for n in range(1, 3)], "table": [[1, 2]] * 3}, ("2 to 500", "got 1")),
        ({"points": [{"values": [1, 2]}], "table": [[1, 2]] * 500}, ("2 to 500", "got 501")),
        ({"table": [[1, 2]]}, ("table", "2 to 500", "a list of 1")),
        ({"table": [[1, 2]] * 501}, ("table", "2 to 500", "a list of 501")),
        ({"table": [[1, 2], [3]]}, ("row 2 of table", "2 numbers", "a list of 1")),
        ({"table": [[1, 2], [float("inf"), 3]]}, ("row 2 of table", "speed", "inf")),
        ({"surface": "hump", "points": [{"values": [1, 2]}]}, ("points", "without data")),
        ({"surface": "hump", "table": [[1, 2], [3, 4]]}, ("table", "without data")),
        ({"surface": "o_rings", "points": [{"values": [60, 0.5]}]}, ("point 1", "whole number from 0 to 1", "0.5")),
    ],
)
def test_an_edit_that_cannot_be_used_gets_a_sentence(fields, said):
    with pytest.raises(ScenarioError) as refused:
        of(**fields)
    sentence = str(refused.value)
    assert all(part in sentence for part in said), sentence
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence


def test_rows_that_stay_keep_their_order_and_added_ones_follow():
    moved, out, new = PointEdit(example=2, values=(0.0, 1.0)), PointEdit(example=1), PointEdit(values=(5.0, 6.0))
    assert edited_rows(CARS.rows[:3], (new, moved, out)) == ((0.0, 1.0), CARS.rows[2], (5.0, 6.0))
    assert edited_rows(CARS.rows, ()) == CARS.rows


@given(st.data())
def test_the_landscape_of_edited_data_is_the_mean_over_their_rows(data):
    surface = data.draw(st.sampled_from(WITH_DATA))
    scenario = of(surface, **data.draw(edits(surface)))
    landscape, known = scenario.landscape, SURFACES[surface].landscape
    rows = edited_rows(known.model.dataset.rows if scenario.table is None else scenario.table, scenario.points)
    assert landscape.examples.count == len(rows)
    columns, scaled = np.array(rows).T, [*landscape.examples.inputs, landscape.examples.targets]
    scales = [known.model.input_scale] * (len(columns) - 1) + [known.model.target_scale]
    for column, numbers, scale in zip(columns, scaled, scales, strict=True):
        spread = column.std() or 1.0
        expected = column if scale == "raw" else (column - column.mean()) / spread
        np.testing.assert_allclose(numbers.numpy(), expected, rtol=1e-9, atol=1e-6)
    point = torch.tensor([0.3], dtype=torch.float64)
    losses = known.model.example_loss(point, point, landscape.examples.inputs, landscape.examples.targets)
    assert float(landscape.loss(point, point)) == pytest.approx(float(losses.mean()), nan_ok=True)


def test_a_landscape_is_the_same_object_while_it_is_used():
    points = ({"example": 3, "values": (12.5, 40)},)
    first = of(points=points)
    assert first.landscape is of(points=points).landscape
    assert first.landscape is not of(points=({"example": 3, "values": (12.5, 41)},)).landscape
    assert has_edited_data(first.landscape)
    assert first.landscape.unedited is landscape_of("cars_raw")
    held = first.landscape
    for height in range(300):  # more than are kept
        landscape_of("cars_raw", (PointEdit(values=(1.0, float(height))),))
    assert of(points=points).landscape is held


def test_data_that_are_edited_back_are_those_of_the_surface():
    assert of(points=({"example": 1, "values": CARS.rows[0]},)).landscape is landscape_of("cars_raw")
    assert of(table=CARS.rows).landscape is landscape_of("cars_raw")


def test_a_moved_example_needs_no_new_trace():
    model = SURFACES["cars_raw"].landscape.model
    assert model is not None
    trace_model(model)
    before = traced_model(model)
    assert before is not None
    moved = of(points=({"example": 3, "values": (12.5, 40)},)).landscape
    assert moved.model is model
    assert traced_model(moved.model) is before


def test_a_walk_descends_the_edited_landscape():
    scenario = of(points=({"example": 3, "values": (20.0, 5.0)}, {"example": 4}), start=(30, 7), steps=3)
    rows = np.array(edited_rows(CARS.rows, scenario.points))
    x, y = 30.0, 7.0
    for step, position in enumerate(simulate(scenario)[0].positions):
        assert position == pytest.approx((x, y), rel=1e-12), step
        residuals = x + y * rows[:, 0] - rows[:, 1]
        x, y = x - 0.001 * 2 * residuals.mean(), y - 0.001 * 2 * (residuals * rows[:, 0]).mean()


@pytest.mark.parametrize("surface", WITH_DATA)
def test_the_minima_of_edited_data_are_those_of_the_whole_search(surface):
    known = SURFACES[surface].landscape
    rows = [list(row) for row in known.model.dataset.rows]
    rows[3][0], rows[5][0] = rows[5][0] * 1.4, rows[3][0] * 0.6
    edited = refitted(known, f"{surface}~", tuple(map(tuple, rows)))
    found, expected = minima_of(edited), find_minima(edited)
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one.value == pytest.approx(other.value, rel=1e-9, abs=1e-9)
        assert (one.x / known.size[0], one.y / known.size[1]) == pytest.approx(
            (other.x / known.size[0], other.y / known.size[1]), abs=1e-6
        )


@pytest.mark.parametrize("measure", [minima_of, minimum_levels, typical_gradient])
def test_many_edits_do_not_displace_what_is_kept_of_the_catalogue(measure):
    measure(landscape_of("matyas"))
    edited = landscape_of("phones_squared", (PointEdit(example=1),))
    measure(edited)
    groups = vars(measure)["groups"]
    kept: dict[bool, set[Landscape]] = {
        of_edited: {landscape for key in vars(groups[of_edited])["cache"] for landscape in key} for of_edited in groups
    }
    assert edited in kept[True]
    assert not any(map(has_edited_data, kept[False]))
    assert landscape_of("matyas") in kept[False]
