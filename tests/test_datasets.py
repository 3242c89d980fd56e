"""Every dataset is what its head says, agrees with published statistics, and a wrong one is refused in one sentence."""

import math
import re
import statistics
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from datasets import DATASETS, Dataset, DatasetError, read_dataset, two_moons
from datasets.base import LARGEST, MOST_ROWS

FOLDER = Path(__file__).parent.parent / "datasets"
each_dataset = pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)


def text_of(key):
    return (FOLDER / f"{key}.csv").read_text(encoding="utf-8")


def columns_of(key):
    return [list(column) for column in zip(*DATASETS[key].rows, strict=True)]


def test_there_are_at_least_six():
    assert len(DATASETS) >= 6
    assert set(DATASETS) == {path.stem for path in FOLDER.glob("*.csv")}
    assert any(len(dataset.inputs) == 2 for dataset in DATASETS.values())
    assert any(dataset.axes[-1].classes for dataset in DATASETS.values())


@each_dataset
def test_source_and_license_are_named(dataset):
    assert len(dataset.source) > 40
    made = (FOLDER / f"{dataset.key}.py").exists()
    assert f"{dataset.key}.py" in dataset.source if made else re.search(r"\b(19|20)\d\d\b", dataset.source)
    assert any(word in dataset.license for word in ("no copyright", "public domain", "license of this project"))
    for words in (dataset.source, dataset.license, *filter(None, [dataset.notes])):
        assert words.endswith(".")
        assert words == " ".join(words.split())


@each_dataset
def test_rows_and_columns_are_counted(dataset):
    head, table = text_of(dataset.key).removeprefix("+++\n").split("+++\n")
    assert f"count = {len(dataset.rows)}\n" in head
    assert len(table.splitlines()) == 1 + len(dataset.rows)
    assert table.splitlines()[0].split(",") == list(dataset.columns)
    assert all(len(row) == len(dataset.axes) for row in dataset.rows)
    assert set(dataset.columns) == {*dataset.inputs, dataset.target}, "a column that nobody reads"


@each_dataset
def test_every_value_is_finite_and_says_something(dataset):
    for values, column in zip(zip(*dataset.rows, strict=True), dataset.axes, strict=True):
        assert all(math.isfinite(value) and abs(value) <= LARGEST for value in values)
        assert len(set(values)) > 1, column.label


@each_dataset
def test_columns_have_a_unit_or_classes(dataset):
    made = (FOLDER / f"{dataset.key}.py").exists()
    for column in dataset.axes:
        assert column.label == column.label.strip() != ""
        assert bool(column.unit) != bool(column.classes) or (made and not column.unit), column.label
    for values, column in zip(zip(*dataset.rows, strict=True), dataset.axes, strict=True):
        if column.classes:
            assert set(values) == set(range(len(column.classes)))


def line(inputs, targets):
    return tuple(reversed(statistics.linear_regression(inputs, targets)))


# Published: R's documentation and textbooks; Hubble's with all 24 nebulae; phone calls: Rousseeuw and Leroy, page 26.
LINES = {
    "cars": (-17.5791, 3.9324),
    "hubble": (-40.78, 454.16),
    "old_faithful": (33.4744, 10.7296),
    "phone_calls": (-26.01, 0.504),
}
MEANS = {"cars": (15.4, 42.98), "old_faithful": (3.488, 70.90), "o_rings": (69.57, 7 / 23), "hubble": (0.911, 373.1)}
COUNTS = {"cars": 50, "hubble": 24, "nottingham": 36, "o_rings": 23, "old_faithful": 272, "phone_calls": 24}


@pytest.mark.parametrize(("key", "published"), LINES.items())
def test_the_line_is_the_published_one(key, published):
    assert line(*columns_of(key)) == pytest.approx(published, rel=5e-4)


@pytest.mark.parametrize(("key", "published"), MEANS.items())
def test_the_means_are_the_published_ones(key, published):
    assert [statistics.fmean(column) for column in columns_of(key)] == pytest.approx(published, rel=5e-4)


@pytest.mark.parametrize(("key", "count"), COUNTS.items())
def test_the_number_of_rows_is_the_published_one(key, count):
    assert len(DATASETS[key].rows) == count


def test_the_o_rings_have_the_published_logistic_regression():
    """Intercept 15.0429, slope -0.2322 and deviance 20.315: there the gradient is zero."""
    temperatures, damages = columns_of("o_rings")
    scores = [15.0429 - 0.23216 * temperature for temperature in temperatures]
    chances = [1 / (1 + math.exp(-score)) for score in scores]
    deviance = -2 * sum(math.log(p if damage else 1 - p) for p, damage in zip(chances, damages, strict=True))
    assert deviance == pytest.approx(20.315, abs=5e-4)
    assert sum(p - damage for p, damage in zip(chances, damages, strict=True)) == pytest.approx(0, abs=0.01)


def test_the_wrong_years_are_those_that_the_book_names():
    years, calls = columns_of("phone_calls")
    assert [year for year, number in zip(years, calls, strict=True) if number > 10] == [64, 65, 66, 67, 68, 69]


def test_the_months_at_nottingham_are_a_year_apart():
    times, temperatures = columns_of("nottingham")
    assert times == pytest.approx([(month + 0.5) / 12 for month in range(36)], abs=1e-4)
    assert statistics.correlation(temperatures[12:], temperatures[:-12]) > 0.85
    assert statistics.fmean(temperatures[:12]) == pytest.approx(48.89, abs=0.01)


def test_the_two_moons_are_those_of_the_script():
    assert text_of("two_moons").endswith("+++\n" + two_moons.table())


HEAD = """
name = "N"
row = "one"
source = "S"
license = "L"
inputs = ["a"]
target = "b"
count = 2

[columns.a]
label = "A"

[columns.b]
label = "B"
"""
TABLE = "a,b\n1,2\n3,4\n"


def whole(head=HEAD, table=TABLE):
    return f"+++{head}+++\n{table}"


def test_the_example_is_right():
    dataset = read_dataset("one", whole())
    assert dataset.rows == ((1.0, 2.0), (3.0, 4.0))
    assert dataset.notes == ""


WRONG_HEADS = {
    "no target": ('target = "b"\n', ""),
    "target of no column": ('target = "b"', 'target = "c"'),
    "no inputs": ('inputs = ["a"]\n', ""),
    "three inputs": ('["a"]', '["a", "a", "a"]'),
    "empty inputs": ('["a"]', "[]"),
    "inputs no list": ('["a"]', "5"),
    "inputs in a list": ('["a"]', '[["a"]]'),
    "input is the target": ('["a"]', '["b"]'),
    "no license": ('license = "L"\n', ""),
    "empty license": ('"L"', '""'),
    "no source": ('source = "S"\n', ""),
    "another word": ("count", 'author = "me"\ncount'),
    "rows in the head": ("count", "rows = [[1, 2]]\ncount"),
    "key in the head is ignored, classes wrong": ('label = "B"', 'label = "B"\nclasses = ["x", "y"]'),
    "classes no list": ('label = "B"', 'label = "B"\nclasses = 5'),
    "unit no text": ('label = "B"', 'label = "B"\nunit = 5'),
    "count wrong": ("count = 2", "count = 3"),
    "count no number": ("count = 2", 'count = "2"'),
    "no count": ("count = 2\n", ""),
    "no TOML": ("count = 2", "count = = 2"),
    "column no section": ('[columns.b]\nlabel = "B"', ""),
    "column a number": ('[columns.a]\nlabel = "A"', "[columns]\na = 5"),
    "columns a number": ('[columns.a]\nlabel = "A"\n\n[columns.b]\nlabel = "B"', "columns = 5"),
    "label missing": ('label = "B"', ""),
}
WRONG_TABLES = {
    "empty": "",
    "names only": "a,b\n",
    "other names": "a,c\n1,2\n3,4\n",
    "semicolons": "a;b\n1;2\n3;4\n",
    "decimal commas": "a,b\n1,5,2\n3,4\n",
    "a word": "a,b\n1,two\n3,4\n",
    "missing": "a,b\n1,\n3,4\n",
    "NaN": "a,b\n1,nan\n3,4\n",
    "infinite": "a,b\n1,inf\n3,4\n",
    "too large": "a,b\n1,1e10\n3,4\n",
    "Python's underscore": "a,b\n1,1_0\n3,4\n",
    "a formula": "a,b\n1,=1+1\n3,4\n",
    "a blank line": "a,b\n1,2\n\n3,4\n",
    "short row": "a,b\n1\n3,4\n",
    "long row": "a,b\n1,2,3\n3,4\n",
    "an open quote": 'a,b\n1,"2\n3,4\n',
    "one row": "a,b\n1,2\n",
}
WRONG = {
    **{name: whole(head=HEAD.replace(*change)) for name, change in WRONG_HEADS.items()},
    **{name: whole(table=table) for name, table in WRONG_TABLES.items()},
    "nothing": "",
    "no head": TABLE,
    "byte order mark": "\ufeff" + whole(),
    "one row, counted": whole(HEAD.replace("count = 2", "count = 1"), "a,b\n1,2\n"),
    "too many rows": whole(HEAD.replace("count = 2", f"count = {MOST_ROWS + 1}"), "a,b\n" + "1,2\n" * (MOST_ROWS + 1)),
}


def refusal(text):
    with pytest.raises(DatasetError) as refused:
        read_dataset("one", text)
    return str(refused.value)


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_wrong_one_is_refused_in_one_sentence(text):
    assert text != whole(), "the change does nothing"
    sentence = refusal(text)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "'one'" in sentence
    assert len(sentence) < 250


def test_the_sentence_names_row_column_and_value():
    sentence = refusal(whole(table="a,b\n1,2\n3,four\n"))
    assert all(word in sentence for word in ("Row 2", "b", "'four'"))
    sentence = refusal(whole(HEAD.replace('label = "B"', 'label = "B"\nclasses = ["x", "y"]')))
    assert "from 0 to 1: got 2" in sentence


LETTERS = st.text(st.characters(codec="utf-8"), max_size=60)


@given(head=LETTERS, table=LETTERS)
def test_any_text_is_a_dataset_or_one_sentence(head, table):
    for text in (whole(head, table), whole(table=table), whole(head="\n" + head + HEAD), whole(table=TABLE + table)):
        try:
            dataset = read_dataset("one", text)
        except DatasetError as refused:
            assert str(refused).endswith(".")  # noqa: PT017 (both results are right)
        else:
            assert all(math.isfinite(value) for row in dataset.rows for value in row)


@given(
    rows=st.lists(
        st.tuples(*[st.floats(-LARGEST, LARGEST, allow_nan=False)] * 2),
        min_size=2,
        max_size=20,
    )
)
def test_what_is_written_is_read(rows):
    table = "a,b\n" + "".join(f"{a!r},{b!r}\n" for a, b in rows)
    assert read_dataset("one", whole(HEAD.replace("count = 2", f"count = {len(rows)}"), table)).rows == tuple(rows)


def test_the_record_checks_its_rows_itself():
    good = dict(read_dataset("one", whole()))
    for rows in (((1.0,), (2.0, 3.0)), ((1.0, math.nan), (2.0, 3.0)), ((1.0, 2 * LARGEST), (2.0, 3.0))):
        with pytest.raises(ValidationError):
            Dataset(**{**good, "rows": rows})
