"""What every format has in common, the tables against the walk, and the command line."""

import csv
import json
import math

import numpy as np
import pytest

from exports import FORMATS
from exports.__main__ import main
from exports.walked import Table
from optimizers import OPTIMIZERS
from trajectories import Scenario, format_link, parse_link, simulate

LINKS = {
    "plain": "surface=hump&steps=30&noise=0.1&run=adam:lr=0.1&run=nadam:lr=0.1&run=adadelta",
    "batch": "surface=cars_raw&steps=9&batch=7&run=sgd:lr=0.0001&run=dissected:lr=0.3,root=0",
    "diverges": "surface=banana&steps=60&run=sgd:lr=0.1&run=adam:lr=0.1",
    "network": "surface=network_moons_random&steps=6&batch=20&run=adam:lr=0.02",
}


def scenario_of(case: str) -> Scenario:
    return parse_link(LINKS[case])[0]


def written(key: str, scenario: Scenario) -> str:
    return b"".join(FORMATS[key].write(scenario)).decode()


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@pytest.mark.parametrize("case", LINKS)
def test_a_table_has_every_number_of_the_walk(case):
    scenario = scenario_of(case)
    rows = rows_of(written("csv", scenario))
    axes = "12" if case == "network" else "xy"
    for number, walk in enumerate(simulate(scenario, parts=True), 1):
        own = [row for row in rows if row["run"] == str(number)]
        taken = int(np.isfinite(walk.positions).all(1).sum()) if walk.outcome.kind == "diverged" else len(walk.losses)
        assert [int(row["step"]) for row in own] == list(range(len(own)))
        assert len(own) in {taken, taken + 1}, "a run that diverges ends with the first number that is not finite"

        def column(name, own=own):
            return np.array([float(row[name] or math.nan) for row in own])

        expected = {"x": walk.positions[:, 0], "y": walk.positions[:, 1], "loss": walk.losses}
        expected |= {"gradient_x": walk.gradients[:, 0], "gradient_y": walk.gradients[:, 1]} | dict(walk.measures)
        expected |= {} if walk.batch_losses is None else {"batch_loss": walk.batch_losses}
        expected |= {name: walk.hyperparameter(name) for name in walk.settings.values}
        for name, part in walk.parts.items():
            numbers = {name: part} if part.ndim == 1 else {f"{name}_{a}": p for a, p in zip(axes, part.T, strict=True)}
            expected |= numbers
        for name, values in expected.items():
            assert np.array_equal(column(name), values[: len(own)], equal_nan=True), name


@pytest.mark.parametrize("case", LINKS)
def test_json_has_the_rows_of_csv_and_the_outcomes(case):
    scenario = scenario_of(case)
    read = json.loads(written("json", scenario))
    table = rows_of(written("csv", scenario))
    assert list(read["columns"]) == list(table[0])
    for row, texts in zip(read["rows"], table, strict=True):
        assert ["" if cell is None else str(cell) for cell in row] == list(texts.values())
    walks = simulate(scenario)
    assert [run["outcome"]["kind"] for run in read["runs"]] == [walk.outcome.kind for walk in walks]
    assert read["link"] == f"?{format_link(scenario)}"


def test_every_column_is_described_for_every_optimizer():
    runs = [f"run={key}" for key in OPTIMIZERS]
    for first in range(0, len(runs), 8):
        link = "&".join(["surface=booth&steps=1", *runs[first : first + 8]])
        scenario = parse_link(link)[0]
        columns, text = Table(scenario).columns, written("csv", scenario)
        assert all(columns.values())
        assert all(f"\n# {name}: " in text for name in columns)


@pytest.mark.parametrize("key", FORMATS)
def test_the_command_line_writes_every_format(key, tmp_path):
    file = tmp_path / f"taken{FORMATS[key].suffix}"
    link = "http://localhost:8501/?surface=booth&steps=3&run=adam&slots=2"
    assert main([key, link, str(file)]) is None
    assert file.stat().st_size > 100


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["scrip", "surface=hump", "x"], 'No format "scrip". Did you mean "script"?'),
        (["csv", "surface=hump&run=adan", "x"], 'No optimizer "adan". Did you mean "adam"? This run is left out.'),
        (["csv", "surface=booth&steps=1&run=sgd", "no/such/x"], "cannot be written: No such file or directory."),
        (["csv"], "Got 1 of 3 arguments."),
    ],
)
def test_the_command_line_says_in_one_sentence_what_is_wrong(arguments, sentence):
    problem = main(arguments)
    assert problem is not None
    assert problem.endswith(sentence)
    assert "\n" not in problem
