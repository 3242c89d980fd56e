"""A typed formula as a landscape: its map, its stationary points, its places without a value, its scenario and link."""

import json
import math

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, seed, settings

from charts.ground import LIVE_RESOLUTION, ground_of
from charts.words import say
from formulas.writing import write_typed
from surfaces import SURFACES
from tests.typed_formulas import TREES
from trajectories import Run, Scenario, ScenarioError, format_link, format_settings, parse_link, simulate
from trajectories.landscapes import landscape_of_formula
from trajectories.minima import minima_of
from trajectories.own_formula import OWN, FormulaLetter
from trajectories.proposal import propose_scale
from trajectories.saddles import saddles_and_maxima_of

CALM = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
SGD = Run(optimizer="sgd", values={"lr": 0.1})


def own(formula, **fields):
    return Scenario(formula=formula, runs=[SGD], **fields)


def within(point, landscape):
    return all(low <= one <= high for one, (low, high) in zip(point, landscape.bounds, strict=True))


# The map


@pytest.mark.parametrize(
    ("formula", "points"),
    [
        ("x^2 + y^2", [(0, 0)]),
        ("(x-30)^2 + (y+20)^2", [(30, -20)]),
        ("(1-x)^2 + 100(y-x^2)^2", [(1, 1)]),
        ("(x^2+y-11)^2 + (x+y^2-7)^2", [(3, 2), (-2.805, 3.131), (-3.779, -3.283), (3.584, -1.848)]),
        ("sin x cos y", [(math.pi / 2, 0), (0, math.pi / 2)]),
        ("x ln x + y^2", [(1 / math.e, 0)]),
    ],
)
def test_the_proposed_map_shows_the_stationary_points_and_a_start_from_which_a_walk_can_move(formula, points):
    landscape = landscape_of_formula(formula)
    for point in points:
        assert within(point, landscape)
    assert within(landscape.start, landscape)
    loss, gradient = at(landscape, *landscape.start)
    assert math.isfinite(loss)
    assert 0 < np.hypot(*gradient) < math.inf


def at(landscape, x, y):
    x, y = (torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in (x, y))
    loss = landscape.loss(x, y)
    return float(loss.detach()), [float(one) for one in torch.autograd.grad(loss, (x, y), materialize_grads=True)]


def test_a_map_without_values_on_one_side_is_moved_to_where_the_values_are():
    (x_low, x_high), (y_low, y_high) = landscape_of_formula("sqrt(x) sqrt(y)").bounds
    assert x_low >= -0.2 * x_high
    assert y_low >= -0.2 * y_high


def test_the_map_stays_while_a_letter_changes_and_can_be_set():
    first, second = (own("a x^2 + y^2", letters=[{"name": "a", "value": value}]) for value in (1, 7.5))
    assert first.landscape.bounds == second.landscape.bounds
    assert first.landscape.key != second.landscape.key
    assert first.landscape is own("a x^2 + y^2").landscape
    assert own("x", box=(-1, 2, 3, 4)).landscape.bounds == ((-1.0, 2.0), (3.0, 4.0))


def test_the_scale_is_that_which_the_catalogue_has_for_most_surfaces():
    plain = [s.landscape for s in SURFACES.values() if s.landscape.model is None and s.landscape.embedding is None]
    chosen = [propose_scale(one.loss, one.bounds) for one in plain]
    agree = [scale == one.contour_scale for scale, one in zip(chosen, plain, strict=True)]
    assert sum(agree) / len(agree) >= 0.8
    assert {"linear", "log"} == set(chosen)


def test_minima_saddles_and_maxima_are_found():
    landscape = landscape_of_formula("(x^2+y-11)^2 + (x+y^2-7)^2")
    himmelblau = SURFACES["himmelblau"].landscape
    found = {(round(point.x, 3), round(point.y, 3)) for point in minima_of(landscape)}
    assert found == {(round(point.x, 3), round(point.y, 3)) for point in himmelblau.known_minima}
    others = saddles_and_maxima_of(landscape)
    assert [point.kind for point in others].count("maximum") == 1
    assert [point.kind for point in others].count("saddle") == 4
    assert {point.origin for point in (*minima_of(landscape), *others)} == {"found"}
    for point in others:
        assert at(landscape, point.x, point.y)[1] == pytest.approx([0, 0], abs=1e-6)


def test_a_periodic_formula_with_too_many_saddles_marks_none():
    assert saddles_and_maxima_of(landscape_of_formula("sin(5x) sin(5y)", (), (-9.0, 9.0, -9.0, 9.0))) == ()


def test_an_even_power_of_r_has_derivatives_at_the_origin():
    for formula in ("r^2", "r^4 + y^2", "sin(r²)"):
        loss, gradient = at(landscape_of_formula(formula), 0.0, 0.0)
        assert (loss, gradient) == (0.0, [0.0, 0.0])
    x, y = torch.tensor([0.3], dtype=torch.float64), torch.tensor([-0.8], dtype=torch.float64)
    for even, same in (("r^2", "x^2 + y^2"), ("r^6", "(x^2+y^2)^3"), ("r", "sqrt(x^2+y^2)"), ("theta", "theta")):
        values = [float(landscape_of_formula(text).loss(x, y)) for text in (even, same)]
        assert values[0] == pytest.approx(values[1], rel=1e-15)


# Places without a value


def test_places_without_a_value_have_no_tone_and_a_walk_that_gets_there_ends_with_a_sentence():
    scenario = Scenario(formula="x + sqrt(x-1)", start=(2, 0), steps=30, runs=[SGD], box=(-1, 4, -2, 2))
    facts, tones = ground_of(scenario.landscape)
    assert facts.undefined
    x = np.linspace(-1, 4, tones.shape[1])
    assert (np.isnan(tones) == (x < 1)).all()
    (walk,) = simulate(scenario)
    assert walk.outcome.kind == "diverged"
    assert walk.outcome.message.key == "outcome.undefined"
    assert str(walk.outcome.step) in say(walk.outcome.message)
    assert walk.positions[walk.outcome.step, 0] < 1  # the first position without a value
    assert not ground_of(landscape_of_formula("x^2"))[0].undefined


def test_a_walk_whose_position_overflows_still_diverges():
    (walk,) = simulate(Scenario(formula="x^4", start=(9, 0), runs=[Run(optimizer="sgd", values={"lr": 1})]))
    assert walk.outcome.message.key in {"outcome.diverged", "outcome.undefined"}
    (walk,) = simulate(Scenario(formula="x^2", start=(9, 0), steps=9000, runs=[Run(optimizer="sgd", values={"lr": 9})]))
    assert walk.outcome.kind == "diverged"


@seed(5)
@settings(CALM, max_examples=60)
@given(TREES)
def test_any_formula_has_a_map_and_a_walk_or_a_sentence(tree):
    try:
        scenario = Scenario(formula=write_typed(tree), steps=5, runs=[SGD])
    except ScenarioError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    facts, tones = ground_of(scenario.landscape, LIVE_RESOLUTION, minima=False)
    assert np.nanmin(tones) >= 0
    assert np.nanmax(tones) <= 1
    assert facts.undefined == bool(np.isnan(tones).any())
    json.loads(facts.model_dump_json(), parse_constant=pytest.fail)
    assert say(simulate(scenario)[0].outcome.message)


# The scenario


def test_a_formula_walks_as_the_surface_of_the_catalogue_does():
    runs = [Run(optimizer=key, values={"lr": 0.01}) for key in ("sgd", "momentum", "adam")]
    himmelblau = Scenario(surface="himmelblau", start=(-1, 2), steps=60, runs=runs)
    typed = Scenario(formula="(x^2 + y - 11)^2 + (x + y^2 - 7)^2", start=(-1, 2), steps=60, runs=runs)
    for one, other in zip(simulate(himmelblau), simulate(typed), strict=True):
        np.testing.assert_allclose(one.positions, other.positions, rtol=1e-9)
        assert one.outcome.kind == other.outcome.kind


def test_letters_have_the_value_one_and_those_that_are_not_used_are_left_out():
    letters = own("a x^2 + b y^2", letters=[FormulaLetter(name="b", value=3), FormulaLetter(name="c")]).letters
    assert [(letter.name, letter.value, letter.ends) for letter in letters] == [
        ("a", 1.0, (-5.0, 5.0)),
        ("b", 3.0, (-5.0, 5.0)),
    ]
    two = [own("a x^2", letters=[{"name": "a", "value": value}]) for value in (1, 2)]
    assert float(two[1].landscape.loss(*torch.ones(2, 1))) == 2 * float(two[0].landscape.loss(*torch.ones(2, 1)))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"formula": "x +"}, r'formula \(character 4\): The formula ends after "\+"'),
        ({"formula": 3}, "formula must be a text"),
        ({"formula": "ln(-1-x^2)"}, "no value on the map"),
        ({"formula": "x", "surface": "hump"}, 'formula must be null on surface "hump"'),
        ({"surface": OWN}, "needs a formula"),
        ({"surface": "hump", "box": [0, 1, 0, 1]}, "box must be null without a formula"),
        ({"surface": "hump", "letters": [{"name": "a"}]}, "letters must be empty without a formula"),
        ({"formula": "x", "box": [1, 0, 2, 3]}, "edges of box along x must rise"),
        ({"formula": "x", "box": [0, 1, 2]}, "box must be four numbers"),
        ({"formula": "x", "box": [0, math.inf, 2, 3]}, "an edge of box"),
        ({"formula": "a x", "letters": [{"name": "a", "value": "<b>"}]}, "value of letter"),
        ({"formula": "a x", "letters": [{"name": "a", "low": 3, "high": 2}]}, "must rise and hold"),
        ({"formula": "a x", "letters": [{"name": "a"}, {"name": "a"}]}, "Each letter has one value"),
        ({"formula": "a x", "letters": [{"title": "a"}]}, "A letter has no"),
        ({"formula": "x", "table": [[1, 2], [3, 4]]}, "table must be null"),
        ({"formula": "x", "batch": 4}, "batch must be 0"),
    ],
)
def test_what_cannot_be_used_gets_one_sentence(fields, sentence):
    with pytest.raises(ScenarioError, match=sentence) as refused:
        Scenario(runs=[SGD], **fields)
    assert "\n" not in str(refused.value)


# The link


@pytest.mark.parametrize(
    "link",
    [
        "f=x%5E2%2By%5E2&start=1,2&steps=50&run=sgd",
        "f=a%20x%C2%B2&box=-1,1,-2,2&let=a:1.5&start=1,2&steps=50&run=sgd",
        "f=a%20x%5E%CE%BB&let=a:1.5:0..3&let=%CE%BB:2&start=1,2&steps=50&run=sgd",
    ],
)
def test_a_link_with_a_formula_is_read_and_written_unchanged(link):
    scenario, notes = parse_link(link)
    assert notes == []
    assert format_link(scenario) == link
    assert Scenario.model_validate(scenario.model_dump(mode="json")) == scenario
    assert "f=" not in format_settings(scenario)
    assert format_settings(scenario).startswith("surface=own&")


def test_a_plus_that_was_typed_into_an_address_is_a_plus():
    assert parse_link("f=x^2+y^2&run=sgd")[0].formula == "x^2+y^2"


def test_a_formula_without_runs_gets_some_and_its_own_start():
    scenario, notes = parse_link("f=(x-50)%5E2%2By%5E2")
    assert notes == []
    assert within(scenario.start, scenario.landscape)
    assert len(scenario.runs) > 1


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("f=x%2B", "The formula is ignored"),
        ("f=ln(-1-x%5E2)", "The formula is ignored"),
        ("surface=own", "needs a formula"),
        ("f=x&surface=hump", "has no other surface"),
        ("f=x&f=y", "A link has one f"),
        ("let=a:1", "let needs a formula"),
        ("f=x&box=1", "box must be four numbers"),
        ("f=x&let=a:1", "has no letter"),
        ("f=a*x&let=a:1e9", "value of letter"),
        ("f=a*x&let=a:1:3..2", "must rise"),
        ("f=%3Cscript%3Ealert(1)%3C/script%3E", "The formula is ignored"),
    ],
)
def test_what_a_link_cannot_mean_is_named_and_ignored(link, sentence):
    scenario, notes = parse_link(link)
    assert sentence in " ".join(notes)
    assert parse_link(format_link(scenario)) == (scenario, [])


# What is computed of it


def test_where_a_walk_leads_is_found_on_a_formula_too():
    scenario = own("x^2 + 3y^2", start=(2, 1), steps=200)
    assert simulate(scenario)[0].outcome.kind == "global_minimum"
