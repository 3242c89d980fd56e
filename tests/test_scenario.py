"""An invalid scenario is refused in one sentence; a link restores it exactly, whatever else is in it."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories import (
    MAX_BATCH,
    MAX_NOISE,
    MAX_RUNS,
    MAX_SEED,
    MAX_STEPS,
    Run,
    Scenario,
    ScenarioError,
    format_link,
    parse_link,
    preset_scenario,
)

FIRST = next(iter(SURFACES))
START = "{:g},{:g}".format(*SURFACES[FIRST].landscape.start)
ADAM = {"optimizer": "adam"}
TAKEN_APART = {"optimizer": "dissected"}
GOOD = {"surface": "hump", "runs": [ADAM]}


@st.composite
def runs(draw):
    spec = OPTIMIZERS[draw(st.sampled_from(list(OPTIMIZERS)))]
    switch = st.sampled_from([0.0, 1.0])
    ranges = {h.name: switch if h.scale == "switch" else st.floats(h.low, h.high) for h in spec.hyperparameters}
    return Run(optimizer=spec.key, values=draw(st.fixed_dictionaries({}, optional=ranges)))


FINITE = st.floats(allow_nan=False, allow_infinity=False)
SCENARIOS = st.sampled_from(list(SURFACES)).flatmap(
    lambda key: st.builds(
        Scenario,
        surface=st.just(key),
        batch=st.integers(0, MAX_BATCH) if SURFACES[key].family == "data" else st.just(0),
        start=st.tuples(FINITE, FINITE),
        steps=st.integers(1, MAX_STEPS),
        noise=st.floats(0, MAX_NOISE),
        seed=st.integers(0, MAX_SEED),
        runs=st.lists(runs(), min_size=1, max_size=MAX_RUNS),
    )
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def assert_sentence(text):
    assert text.endswith((".", "?"))
    assert text.isprintable()
    assert len(text) < 700


# --- the record ---------------------------------------------------------------------------------------------------


def test_what_is_left_out_has_its_default():
    scenario = Scenario(**GOOD)
    assert scenario.start == SURFACES["hump"].landscape.start
    assert (scenario.steps, scenario.batch, scenario.noise, scenario.seed) == (100, 0, 0.0, 0)
    assert dict(scenario.runs[0].values) == OPTIMIZERS["adam"].defaults


def test_a_scenario_is_frozen_and_can_be_a_key():
    scenario = Scenario(**GOOD)
    with pytest.raises(ValueError, match="frozen"):
        scenario.steps = 3
    with pytest.raises(TypeError):
        scenario.runs[0].values["lr"] = 3.0
    assert {scenario: 1}[Scenario(**GOOD)] == 1
    assert scenario != Scenario(**GOOD, steps=99)


def test_numpy_numbers_are_numbers():
    scenario = Scenario(**GOOD, start=(np.float64(1), np.float32(0.5)), steps=np.int64(7))
    assert (scenario.start, scenario.steps) == ((1.0, 0.5), 7)
    assert type(scenario.steps) is int


@given(SCENARIOS)
def test_json_restores_a_scenario(scenario):
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario
    assert Scenario.model_validate(json.loads(scenario.model_dump_json())) == scenario


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"surface": "rosenbrok"}, 'No surface "rosenbrok". Did you mean "rosenbrock"?'),
        ({"surface": None}, "surface must be a name: got nothing."),
        ({"start": (1, math.nan)}, "start must be two finite numbers: got 1 and nan."),
        ({"start": (1, 10**400)}, "start must be two finite numbers: got 1 and a whole number of 1329 bits."),
        ({"start": [1]}, "start must be two numbers, x and y: got a list of 1."),
        ({"steps": 0}, "steps must be a whole number from 1 to 10000: got 0."),
        ({"steps": 10_001}, "steps must be a whole number from 1 to 10000: got 10001."),
        ({"steps": 1.5}, "steps must be a whole number from 1 to 10000: got 1.5."),
        ({"steps": "50"}, 'steps must be a whole number from 1 to 10000: got "50".'),
        ({"steps": True}, "steps must be a whole number from 1 to 10000: got true."),
        ({"batch": -1}, "batch must be a whole number from 0 to 500: got -1."),
        ({"batch": 501}, "batch must be a whole number from 0 to 500: got 501."),
        ({"batch": "16"}, 'batch must be a whole number from 0 to 500: got "16".'),
        ({"batch": 16}, "batch must be 0 on a surface without data, such as hump: got 16."),
        ({"noise": -1}, "noise must be from 0 to 1000: got -1."),
        ({"noise": math.inf}, "noise must be from 0 to 1000: got inf."),
        ({"seed": 2**32}, "seed must be a whole number from 0 to 4294967295: got 4294967296."),
        ({"stepz": 5}, 'A scenario has no "stepz". Did you mean "steps"?'),
        ({"runs": []}, "runs must be a list of 1 to 8 runs: got a list of 0."),
        ({"runs": [ADAM] * 9}, "runs must be a list of 1 to 8 runs: got a list of 9."),
        ({"runs": [ADAM, 5]}, "Run 2: A run must be an object of optimizer, values: got 5."),
        ({"runs": [{}]}, "Run 1: A run needs an optimizer."),
        ({"runs": [{"optimizer": "adamm"}]}, 'Run 1: No optimizer "adamm". Did you mean "adam"?'),
        ({"runs": [ADAM | {"values": [1]}]}, "Run 1: values must be an object of hyperparameters: got a list of 1."),
        ({"runs": [ADAM | {"values": {"beta": 1}}]}, 'Run 1: adam has no "beta". Did you mean "beta2"?'),
        ({"runs": [ADAM | {"values": {"lr": None}}]}, "Run 1: lr of adam must be from 1e-6 to 10: got nothing."),
        ({"runs": [TAKEN_APART | {"values": {"root": 0.5}}]}, "Run 1: root of dissected must be 0 or 1: got 0.5."),
        ({"runs": [TAKEN_APART | {"values": {"root": True}}]}, "Run 1: root of dissected must be 0 or 1: got true."),
        ({"runs": [ADAM | {"lr": 1}]}, 'Run 1: A run has no "lr". Use one of: optimizer, values.'),
    ],
)
def test_a_bad_scenario_is_refused_with_a_sentence(change, sentence):
    with pytest.raises(ScenarioError) as built:
        Scenario(**(GOOD | change))
    with pytest.raises(ScenarioError) as checked:
        Scenario.model_validate(GOOD | change)
    assert str(built.value) == str(checked.value) == sentence


def test_what_is_missing_is_named():
    with pytest.raises(ScenarioError, match=r"^A scenario needs a value for surface\.$"):
        Scenario(runs=[ADAM])
    with pytest.raises(ScenarioError, match=r"^A scenario needs a value for runs\.$"):
        Scenario(surface="hump")


@given(ANY_JSON)
def test_whatever_is_no_scenario_is_refused_with_a_sentence(anything):
    with pytest.raises(ScenarioError) as refused:
        Scenario.model_validate(anything)
    assert_sentence(str(refused.value))


@given(st.text() | st.binary())
def test_whatever_is_no_json_is_refused_with_a_sentence(text):
    with pytest.raises(ScenarioError) as refused:
        Scenario.model_validate_json(text)
    assert_sentence(str(refused.value))


# --- the link -----------------------------------------------------------------------------------------------------


@given(SCENARIOS)
def test_a_link_restores_a_scenario_exactly(scenario):
    link = format_link(scenario)
    assert parse_link(link) == (scenario, [])
    assert parse_link("?" + link.replace(",", "%2C").replace(":", "%3A")) == (scenario, [])


def test_a_link_can_be_read():
    scenario = Scenario(
        surface="hump",
        start=(-4, 1.5),
        noise=0.5,
        seed=7,
        runs=[Run(optimizer="adam", values={"lr": 0.1}), Run(optimizer="dissected", values={"correct_v": 0})],
    )
    link = "surface=hump&start=-4,1.5&steps=100&noise=0.5&seed=7&run=adam:lr=0.1&run=dissected:correct_v=0"
    assert format_link(scenario) == link


def test_a_link_names_the_batch_after_the_steps():
    scenario = Scenario(surface="cars_raw", start=(1, 2), batch=16, runs=[Run(optimizer="sgd")])
    link = "surface=cars_raw&start=1,2&steps=100&batch=16&run=sgd"
    assert format_link(scenario) == link
    assert parse_link(link) == (scenario, [])


def test_a_preset_may_have_batches(monkeypatch):
    preset = preset_scenario("cars_raw", "batch=16&run=sgd")
    assert preset.batch == 16
    monkeypatch.setattr("trajectories.link._preset", lambda _: preset)
    assert parse_link("surface=cars_raw") == (preset, [])
    assert parse_link("surface=cars_raw&batch=0")[0].batch == 0


@settings(max_examples=300)
@given(st.text(max_size=300) | st.text(alphabet="surfacetpnoidrw=&:,.%+-0123456789eE", max_size=300))
def test_any_text_gives_a_scenario_and_sentences(query):
    scenario, sentences = parse_link(query)
    assert parse_link(format_link(scenario)) == (scenario, [])
    for sentence in sentences:
        assert_sentence(sentence)


@given(ANY_JSON.filter(lambda value: not isinstance(value, str)) | st.binary())
def test_anything_but_text_gives_the_default_and_one_sentence(query):
    scenario, (sentence,) = parse_link(query)
    assert scenario == parse_link("")[0]
    assert_sentence(sentence)


def test_an_empty_link_is_the_first_surface_as_it_presents_itself():
    scenario, sentences = parse_link("")
    assert sentences == []
    assert scenario == preset_scenario(FIRST, SURFACES[FIRST].presets[0].link)
    assert scenario.start == SURFACES[FIRST].landscape.start


@pytest.mark.parametrize("key", SURFACES)
def test_missing_runs_are_those_of_the_surfaces_first_preset(key):
    preset = preset_scenario(key, SURFACES[key].presets[0].link)
    assert parse_link(f"surface={key}") == (preset, [])
    assert parse_link(f"surface={key}&steps=7")[0].steps == 7


@pytest.mark.parametrize(("key", "link"), [(key, p.link) for key, s in SURFACES.items() for p in s.presets])
def test_every_part_of_every_preset_is_used(key, link):
    assert parse_link(f"surface={key}&{link}")[1] == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("surface=rosenbrok", f'No surface "rosenbrok". Did you mean "rosenbrock"? {FIRST} is used.'),
        ("start=nan,1", f'start must be two finite numbers: got "nan" and 1. {START} is used.'),
        ("start=1", f'start must be two numbers, x and y: got "1". {START} is used.'),
        ("start=abc", f'start must be two numbers, x and y: got "abc". {START} is used.'),
        ("start=1,2,3", f'start must be two numbers, x and y: got "1,2,3". {START} is used.'),
        ("start=1e999,1", f"start must be two finite numbers: got inf and 1. {START} is used."),
        ("steps=0", "steps must be a whole number from 1 to 10000: got 0. 100 is used."),
        ("steps=1_0", 'steps must be a whole number from 1 to 10000: got "1_0". 100 is used.'),
        ("batch=16", "batch must be 0 on a surface without data, such as hump: got 16. 0 is used."),
        ("batch=1.5", "batch must be a whole number from 0 to 500: got 1.5. 0 is used."),
        ("noise=-1", "noise must be from 0 to 1000: got -1. 0 is used."),
        ("seed=1.5", "seed must be a whole number from 0 to 4294967295: got 1.5. 0 is used."),
        ("run=adamm", 'No optimizer "adamm". Did you mean "adam"? This run is left out.'),
        ("run=adam:lr=-1", "lr of adam must be from 1e-6 to 10: got -1. 0.001 is used."),
        ("run=adam:lr", 'lr of adam must be from 1e-6 to 10: got "". 0.001 is used.'),
        ("run=dissected:correct_v=2", "correct_v of dissected must be 0 or 1: got 2. 1 is used."),
        ("run=adam:foo=1", 'adam has no "foo"; it is ignored. Use one of: lr, beta1, beta2, eps.'),
        ("stepz=5", 'A link has no "stepz"; it is ignored. Did you mean "steps"?'),
        ("seed=1&seed=2", 'A link has one seed: got 2. The first, "1", is used.'),
    ],
)
def test_each_ignored_part_gets_a_note(query, sentence):
    scenario, sentences = parse_link(f"run=sgd:lr=0.25&{query}")
    assert sentences == [sentence]
    assert scenario.runs[0] == Run(optimizer="sgd", values={"lr": 0.25})


def test_the_rest_of_a_bad_link_is_used():
    scenario, sentences = parse_link("surface=nope&start=%2B3%2c4&steps=1e3&run=sgd%3Alr%3D0.5,zork=1&seed=-2")
    assert (scenario.surface, scenario.start, scenario.steps, scenario.seed) == (FIRST, (3.0, 4.0), 1000, 0)
    assert scenario.runs == (Run(optimizer="sgd", values={"lr": 0.5}),)
    assert len(sentences) == 3


def test_a_ninth_run_is_left_out():
    scenario, (sentence,) = parse_link("&".join(f"run=sgd:lr={n}e-3" for n in range(1, 11)))
    assert [run.values["lr"] for run in scenario.runs] == [n / 1000 for n in range(1, 9)]
    assert sentence == "A link has at most 8 runs: got 10. The first 8 are used."


def test_a_huge_link_is_not_read_and_many_mistakes_are_summed_up():
    assert parse_link("run=sgd&" * 10_000)[1] == [
        "The link is too long: 80000 characters, at most 8192. It is ignored."
    ]
    sentences = parse_link("&".join(f"x{n}=1" for n in range(1000)))[1]
    assert len(sentences) == 21
    assert sentences[-1] == "980 more parts of the link are ignored."


def test_names_of_streamlit_in_a_link_give_no_note():
    assert parse_link("embed=true&embed_options=light_theme")[1] == []
