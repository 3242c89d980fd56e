"""Python and the browser write numbers, names and links alike; tested on the modules as they are served."""

import json
import math
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.assets import COMPONENTS
from backend.contract import Contract, contract, contract_module
from backend.frames import pack
from backend.messages import Begin
from datasets import DATASETS
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests import node
from tests.edited import WITH_DATA, edits
from tests.packed import packed
from trajectories import (
    COLUMNS,
    KINDS,
    MAX_BATCH,
    MAX_NOISE,
    MAX_RUNS,
    MAX_SEED,
    MAX_STEPS,
    Chunk,
    Run,
    Scenario,
    ScenarioError,
    carries_data,
    format_link,
    parse_link,
)
from trajectories.data_edits import edited_rows
from trajectories.link_writing import LONGEST_LINK
from trajectories.naming import run_names, spell_setting
from trajectories.sentences import show_number
from trajectories.spelling import SPELLINGS, spell

FINITE = st.floats(allow_nan=False, allow_infinity=False)
AWKWARD = (0.0, -0.0, 1e21, 1e22, 1e-320, 5e-324, 0.1 + 0.2, 1e16, 1e-7, 1e-4, 123456789.0, 0.5, 2.5, 9.9995, -1e5)


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The browser's modules in a folder."""
    return node.lay_out(tmp_path_factory.mktemp("modules"))


@pytest.fixture(scope="module")
def js(modules: Path) -> Iterator[node.Node]:
    """What calls them."""
    running = node.Node(modules)
    yield running
    running.close()


@st.composite
def runs(draw: st.DrawFn) -> Run:
    key = draw(st.sampled_from(list(OPTIMIZERS)))
    values = {
        h.name: draw(st.sampled_from([0.0, 1.0]) if h.scale == "switch" else st.floats(h.low, h.high))
        for h in OPTIMIZERS[key].hyperparameters
        if draw(st.booleans())
    }
    return Run(optimizer=key, values=values)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    surface = draw(st.sampled_from(list(SURFACES)))
    return Scenario(
        surface=surface,
        start=(draw(FINITE | st.sampled_from(AWKWARD)), draw(FINITE)),
        steps=draw(st.integers(1, MAX_STEPS)),
        batch=draw(st.integers(0, MAX_BATCH)) if SURFACES[surface].family == "data" else 0,
        noise=draw(st.floats(0, MAX_NOISE)),
        seed=draw(st.integers(0, MAX_SEED)),
        runs=draw(st.lists(runs(), min_size=1, max_size=MAX_RUNS)),
        **draw(edits(surface)),
    )


def of(x: float, **other: Any) -> Scenario:
    return Scenario(surface="hump", start=(x, 0.5), runs=[Run(optimizer="adam", values={"lr": 1e-6})], **other)


RUN = Run(optimizer="adam", values={"lr": 1 / 3, "beta1": 1 / 7, "beta2": 1 / 9})


@given(scenarios())
@example(of(1e21, seed=MAX_SEED))
@example(of(-0.0, noise=1e-320))
@example(of(0.1 + 0.2, steps=MAX_STEPS))
@example(Scenario(surface="cars_raw", batch=16, seed=3, runs=[Run(optimizer="sgd")]))
@example(Scenario(surface="cars_raw", table=[(n, 0.1 * n) for n in range(60)], runs=[Run(optimizer="sgd")]))
@example(Scenario(surface="cars_raw", table=[(n, 0.1 * n) for n in range(61)], runs=[Run(optimizer="sgd")]))
@example(Scenario(surface="cars_raw", table=[(n + 1 / 3, 1e8 / (n + 7)) for n in range(60)] * 1, runs=[RUN] * 8))
def test_the_browser_writes_the_link_that_python_writes(js: node.Node, scenario: Scenario) -> None:
    link = js.call("link", scenario.model_dump(mode="json"))
    assert link == format_link(scenario)
    if len(link) <= LONGEST_LINK:
        carried = {} if carries_data(scenario) else {"table": None, "points": ()}
        assert parse_link(link) == (Scenario(**dict(scenario) | carried), [])
    assert js.call("namesScenario", link)
    assert not js.call("namesScenario", "embed=true&inside=2&lesson=hump")


@given(st.floats() | st.sampled_from(AWKWARD), st.sampled_from(list(SPELLINGS)))
@example(math.inf, "brief")
@example(math.nan, "exact")
def test_browser_and_python_spell_a_number_alike(js: node.Node, number: float, name: str) -> None:
    text = repr(number).replace("inf", "Infinity").replace("nan", "NaN")
    assert js.call("spell", text, name) == spell(number, SPELLINGS[name])


@given(FINITE)
def test_an_exact_spelling_is_read_back(js: node.Node, number: float) -> None:
    assert float(show_number(number)) == number
    assert js.call("typed", repr(number + 0.0 if number else 0.0))


@given(st.floats(-1e300, 1e300), st.integers(7, 10))
def test_a_number_fits_its_field(js: node.Node, number: float, room: int) -> None:
    text = js.call("field", repr(number), room)
    assert len(text) <= room
    assert float(text) == pytest.approx(number, rel=0.5, abs=1e-323)


@given(scenarios())
def test_runs_are_named_alike(js: node.Node, scenario: Scenario) -> None:
    shown = scenario.model_dump(mode="json")
    assert js.call("names", shown) == run_names(scenario)
    assert len(set(run_names(scenario))) == len(scenario.runs)
    for run, sent in zip(scenario.runs, shown["runs"], strict=True):
        spelled = ", ".join(spell_setting(run.optimizer, *item) for item in run.values.items())
        assert js.call("settings", sent) == spelled


def frames() -> Iterator[Chunk]:
    """Two chunks of six columns and one part, made up, and the message before them."""
    numbers = np.arange(2 * 5 * 6, dtype=float).reshape(2, 5, 6)
    inside = np.arange(5 * 1 * 2, dtype=float).reshape(5, 1, 2) / 8
    columns = ("lr", *COLUMNS)  # in an order that is used nowhere: columns are found by name
    for first, last in ((0, 3), (3, 5)):
        yield Chunk(
            first=first,
            values=numbers[:, first:last].copy(),
            columns=columns,
            inside=inside[first:last].copy(),
            parts=("m",),
        )


@pytest.mark.parametrize("script", sorted(node.SCRIPTS.glob("*.test.mjs")), ids=lambda path: path.name)
def test_the_modules_pass_their_own_tests(modules: Path, tmp_path: Path, script: Path) -> None:
    chunks = list(frames())
    begin = Begin(slot="map", id=2**31 - 1, columns=chunks[0].columns, parts=("m",), runs=2)
    written = [frame.hex() for chunk in chunks for frame in pack("map", 2**31 - 1, chunk)]
    sent = {"begin": begin.model_dump(mode="json"), "frames": written} | packed()
    file = tmp_path / "frames.json"
    file.write_text(json.dumps(sent), encoding="utf-8")
    checked = subprocess.run(
        [node.find(), "--test", str(script)],
        env={"MODULES": modules.as_uri(), "FRAMES": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_module_contains_the_contract() -> None:
    text = contract_module().decode()
    sent = json.loads(text[text.index("{") : text.rindex("}") + 1])
    assert Contract.model_validate(sent) == contract()


def test_the_outcomes_of_the_contract_have_the_order_of_their_numbers_in_a_frame() -> None:
    assert tuple(contract().symbols) == tuple(contract().themes["light"].outcomes) == KINDS


def test_every_hyperparameter_is_in_it() -> None:
    assert list(contract().optimizers) == list(OPTIMIZERS)
    for key, spec in OPTIMIZERS.items():
        card = contract().optimizers[key]
        assert [control.name for control in card.hyperparameters] == [h.name for h in spec.hyperparameters]
        assert card.defaults == spec.defaults


@pytest.mark.parametrize("field", ["steps", "noise", "seed"])
def test_limits_are_those_of_a_scenario(field: str) -> None:
    limits = getattr(contract().limits, field)
    base = {"surface": next(iter(SURFACES)), "runs": [{"optimizer": next(iter(OPTIMIZERS))}]}
    for inside in (limits.low, limits.high, *limits.stops):
        assert getattr(Scenario.model_validate({**base, field: inside}), field) == inside
    for outside in (limits.low - 1, limits.high + 1):
        with pytest.raises(ScenarioError):
            Scenario.model_validate({**base, field: outside})


def test_each_run_has_a_color_of_its_own() -> None:
    for theme in contract().themes.values():
        assert len({look.color for look in theme.looks}) == len(theme.looks) >= contract().limits.runs == MAX_RUNS


def test_no_module_has_a_definition_of_its_own() -> None:
    """The spelling of numbers and the lasting names of the address are defined in the contract only."""
    spellers = {"kit/numbers.js", "stage/step/factors.js"}  # a multiple's thousands have commas
    for path in COMPONENTS.rglob("*.js"):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(COMPONENTS).as_posix()
        for word in ("toExponential(", "toLocaleString(", '"embed_options"'):
            assert word not in text or name in spellers, f"{name} has {word}"


@given(st.data())
def test_the_browser_edits_the_rows_that_python_edits(js: node.Node, data: st.DataObject) -> None:
    surface = data.draw(st.sampled_from(WITH_DATA))
    scenario = Scenario(surface=surface, runs=[Run(optimizer="sgd")], **data.draw(edits(surface)))
    model, examples = scenario.landscape.model, scenario.landscape.examples
    assert model is not None
    assert examples is not None
    own = list(model.dataset.rows)
    rows = edited_rows(own if scenario.table is None else scenario.table, scenario.points)
    shown = scenario.model_dump(mode="json")
    assert js.call("rows", own, shown) == [list(row) for row in rows]
    assert js.call("examples", shown) == len(rows)
    scales = {"input_scale": model.input_scale, "target_scale": model.target_scale}
    shift, unit = js.call("scaling", rows, scales)
    assert shift == pytest.approx(examples.shift.tolist(), rel=1e-12, abs=1e-6)
    assert unit == pytest.approx(examples.unit.tolist(), rel=1e-12, abs=1e-6)


@given(st.data())
def test_rows_that_are_moved_removed_and_added_in_the_browser_are_these_rows(
    js: node.Node, data: st.DataObject
) -> None:
    own = list(DATASETS["cars"].rows)
    rows = [list(row) for row in own]
    edited: dict[str, Any] = {"points": [], "table": None}
    for _ in range(data.draw(st.integers(1, 60))):
        values = [float(data.draw(st.integers(0, 99))), 1.0]
        match data.draw(st.sampled_from(["move", "remove", "add"])):
            case "move":
                at = data.draw(st.integers(0, len(rows) - 1))
                edited, rows[at] = js.call("change", own, edited, at, values), values
            case "remove" if len(rows) > 2:
                at = data.draw(st.integers(0, len(rows) - 1))
                edited = js.call("change", own, edited, at, None)
                del rows[at]
            case _:
                edited = js.call("add", own, edited, values)
                rows.append(values)
    scenario = Scenario(surface="cars_raw", runs=[Run(optimizer="sgd")], **edited)
    base = own if scenario.table is None else scenario.table
    assert [list(row) for row in edited_rows(base, scenario.points)] == rows
