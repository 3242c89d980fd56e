"""The figures under the stage: each is drawn or explains why not; what they show is in test_figure_data."""

import json
import math

import pytest

from charts.figures import CONFIG, FIGURES
from charts.theme import THEMES
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.two_weights import TWO_WEIGHTS
from trajectories import Run, Scenario, parse_link

LIGHT = THEMES["light"]
# Few values, so that all figures on all surfaces take seconds.
QUICK = {
    "basins": {"columns": 9, "rows": 8},
    "sweep": {"count": 9},
    "tuning": {"values": 4},
    "settings": {"columns": 9, "rows": 8},
    "room": {"columns": 9, "rows": 8},
    "seeds": {"count": 5},
}
each_figure = pytest.mark.parametrize("key", FIGURES)

OF_ENSEMBLES = (
    "sweep",
    "basins",
    "tuning",
    "settings",
    "room",
    "seeds",
)  # these figures simulate many walks of two weights at once


def scenario(query):
    parsed, sentences = parse_link(query)
    assert not sentences
    return parsed


def draw(key, of, theme=LIGHT, **parameters):
    return FIGURES[key].draw(of, theme, **QUICK.get(key, {}) | parameters)


def test_the_kinds_are_those_that_lessons_can_use():
    made = ["weights", "sizes", "sweep", "basins", "epsilon", "first_steps", "tuning", "settings", "room", "seeds"]
    assert list(FIGURES) == made
    assert all(spec.key == key for key, spec in FIGURES.items())
    assert CONFIG["showSendToCloud"] is CONFIG["displayModeBar"] is False


@pytest.mark.slow
@each_figure
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_each_figure_of_each_optimizer_is_drawn_or_explains_why_not(key, optimizer):
    of = Scenario(surface="hump", steps=20, runs=[Run(optimizer="sgd"), Run(optimizer=optimizer, values={"lr": 0.1})])
    try:
        figure = draw(key, of, **{"run": 1} if "run" in FIGURES[key].parameters else {})
    except ValueError as refusal:
        sentence = str(refusal)
        assert sentence.startswith(f'figure "{key}": {optimizer} has no ')
        assert sentence.endswith(("?", "."))
        assert "\n" not in sentence
    else:
        assert figure.data


@pytest.mark.slow
@each_figure
@pytest.mark.parametrize("surface", SURFACES)
def test_each_figure_fits_under_the_stage_on_each_surface(key, surface):
    of = Scenario(surface=surface, steps=20, noise=0.01, runs=[Run(optimizer="adam", values={"lr": 0.1})])
    if key in OF_ENSEMBLES and surface not in TWO_WEIGHTS:
        with pytest.raises(ValueError, match=f"{surface} is a network"):
            draw(key, of, THEMES["dark"])
        return
    figure = draw(key, of, THEMES["dark"], **{"surfaces": [surface]} if key == "sizes" else {})
    layout = figure.layout
    assert 200 <= layout.height <= 360
    assert (layout.width, layout.title.text, layout.margin.autoexpand) == (None, None, False)
    assert layout.margin.l + layout.margin.r <= 140, "a phone has 360 pixels"
    assert all(axis.fixedrange for axis in [*figure.select_xaxes(), *figure.select_yaxes()]), "a finger scrolls"
    document = json.loads(figure.to_json())
    assert "Infinity" not in json.dumps(document["data"])
    assert THEMES["light"].page not in json.dumps(document["layout"]), "a color of the other theme"


@each_figure
def test_a_run_that_diverges_is_drawn(key):
    of = scenario("surface=himmelblau&steps=30&run=adam:lr=10,eps=1e-12&run=sgd:lr=5&run=dissected:lr=10")
    assert draw(key, of).data
    if "run" in FIGURES[key].parameters and key in {"basins", "sweep"}:
        assert draw(key, of, run=1).data


@each_figure
def test_a_run_that_never_moves_is_drawn(key):
    assert draw(key, scenario("surface=matyas&start=0,0&steps=5&run=adam&run=sgd")).data


@pytest.mark.parametrize(
    ("key", "parameters", "sentence"),
    [
        ("weights", {"steps": 0}, "steps must be a whole number from 2 to 1000: got 0."),
        ("weights", {"run": "1"}, 'run must be a whole number from 0 to 7: got "1".'),
        ("weights", {"name": 3}, "name must be a name: got 3."),
        ("weights", {"stops": 3}, 'there is no "stops". Did you mean "steps"?'),
        ("sizes", {"surfaces": "plane"}, 'surfaces must be a list of 1 to 3 surfaces: got "plane".'),
        ("sizes", {"surfaces": ["plain"]}, 'surfaces has no "plain". Did you mean "plane"?'),
        ("sweep", {"scale": "lin"}, 'scale has no "lin". Did you mean "linear"?'),
        ("sweep", {"edge": 1}, "edge must be true or false: got 1."),
        ("sweep", {"edge": True, "name": "eps"}, 'with edge, name must be "lr": got "eps".'),
        ("sweep", {"low": 1, "high": 0.5}, "low must be below high: got 1 and 0.5."),
        ("sweep", {"low": math.nan}, "low must be from 0 to 1000: got nan."),
        ("basins", {"columns": 1000}, "columns must be a whole number from 8 to 160: got 1000."),
        ("first_steps", {"steps": 1.5}, "steps must be a whole number from 1 to 10000: got 1.5."),
        ("tuning", {"low": 0.5, "high": 0.1}, "low must be below high: got 0.5 and 0.1."),
        ("tuning", {"low": 2}, "low must be below high: got 2 and 1."),
    ],
)
def test_an_invalid_parameter_is_refused_with_a_sentence(key, parameters, sentence):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole sentence is compared
        FIGURES[key].check(parameters)
    assert str(refusal.value) == f'figure "{key}": {sentence}'


@pytest.mark.parametrize(
    ("key", "query", "parameters", "sentence"),
    [
        ("weights", "run=adam", {"run": 1}, "run must be a whole number from 0 to 0: got 1."),
        ("weights", "run=sgd", {}, 'sgd has no "beta1". Use one of: lr.'),
        ("weights", "run=adam", {"name": "lr"}, "lr of adam weighs no past gradients: choose another hyperparameter."),
        ("weights", "run=adamax", {"name": "beta2"}, "beta2 of adamax weighs no past gradients: choose another "
                                                     "hyperparameter."),
        ("sizes", "run=momentum", {}, 'momentum has no part "v_hat". Use one of: m.'),
        ("sizes", "run=adam", {"part": "update"}, 'adam has no part "update". Use one of: m, v, m_hat, v_hat, '
                                                  "denominator."),
        ("epsilon", "run=sgd", {}, 'sgd has no "eps". Use one of: lr.'),
        ("sweep", "run=adam", {"low": 1e-9}, "low and high must rise within 1e-6 to 10, the range of lr: got 1e-9 "
                                             "and 10."),
        ("sweep", "run=adam", {"name": "beta1"}, "scale log cannot show beta1 from 0 to 0.99999: choose another."),
    ],
)  # fmt: skip
def test_a_parameter_that_does_not_fit_the_scenario_is_refused(key, query, parameters, sentence):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole sentence is compared
        draw(key, scenario(f"surface=hump&steps=10&{query}"), **parameters)
    assert str(refusal.value) == f'figure "{key}": {sentence}'
