"""Tables that visitors paste: read as they are meant, or refused with a sentence for each mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.own_data import plain, use_pasted
from components.visit import Visit
from datasets import DATASETS
from datasets.base import LARGEST, MOST_ROWS
from trajectories import parse_link
from trajectories.pasted import MOST_CHARACTERS, MOST_SENTENCES, PastedError, read_pasted

CARS, MOONS, RINGS = (DATASETS[key].axes for key in ("cars", "two_moons", "o_rings"))
NUMBERS = st.floats(-LARGEST, LARGEST).map(lambda number: number + 0.0)
TABLES = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=60)
HOSTILE = ["nan", "inf", "-inf", "NaN", "=1+1", "=cmd|' /C calc'!A0", "<b>1</b>", "\x00", "1_0", "٣", "0x10", "1e999",
           "--1", "1 2", "1,2,3", "none", "", "+", "１"]  # fmt: skip


@given(TABLES, st.sampled_from(",;\t"), st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_a_table_is_read_as_it_was_written(table, separator, bom, header, quotes, end):
    def cell(number):
        text = repr(number) if separator == "," else repr(number).replace(".", ",")
        return f'"{text}"' if quotes else text

    lines = [separator.join(map(cell, row)) for row in table]
    text = end.join([*(["speed" + separator + "distance"] if header else []), *lines, "", ""])
    assert read_pasted("\ufeff" * bom + text, CARS) == tuple(table)


@given(st.text(max_size=400) | st.text(alphabet="0123456789.,;\t\n\r\"'eE+-=<>naif\x00\ufeff ", max_size=400))
def test_any_text_is_a_table_or_gets_sentences(text):
    for axes in (CARS, MOONS):
        rows, sentences = attempt(text, axes)
        assert len(sentences) <= MOST_SENTENCES + 1
        assert all(sentence.endswith(".") and sentence.isprintable() for sentence in sentences)
        assert sentences or 2 <= len(rows) <= MOST_ROWS
        assert all(len(row) == len(axes) and all(abs(number) <= LARGEST for number in row) for row in rows)


def attempt(text, axes):
    """The rows of a table, and the sentences about it."""
    try:
        return read_pasted(text, axes), ()
    except PastedError as error:
        return (), error.sentences


@pytest.mark.parametrize("cell", HOSTILE)
@pytest.mark.parametrize("line", [2, 4])
def test_a_cell_that_is_no_number_is_named_with_its_line(cell, line):
    lines = ["speed;distance", "1;2", "3;4", "5;6"]
    lines[line - 1] = f"{cell};2"
    with pytest.raises(PastedError) as refused:
        read_pasted("\n".join(lines), CARS)
    (sentence,) = refused.value.sentences
    assert sentence.startswith(f"Line {line}")
    assert "speed" in sentence


def test_a_formula_in_the_first_line_is_no_header():
    with pytest.raises(PastedError) as refused:
        read_pasted("=1+1,=2+2\n1,2\n3,4", CARS)
    assert refused.value.sentences[0].startswith("Line 1")


@pytest.mark.parametrize(
    ("text", "axes", "said"),
    [
        ("", CARS, "2 to 500 rows"),
        (" \n\ufeff\n", CARS, "Line 2"),
        ("1,2", CARS, "got 1"),
        ("a,b\n1,2", CARS, "got 1"),
        ("1,2\n" * 501, CARS, "got 501"),
        ("1,2\n" * 10**6, CARS, "1000001 lines"),
        ("1" * (MOST_CHARACTERS + 1), CARS, str(MOST_CHARACTERS)),
        ("1,2\n3", CARS, "got 1"),
        ("1,2,3\n3,4,5", CARS, "got 3"),
        ("1,2\n3,4", MOONS, "3 cells"),
        ("60,1\n61,2", RINGS, "from 0 to 1"),
        ("60,1\n61,0.5", RINGS, "from 0 to 1"),
        ("1,2\n1,2e9", CARS, "1000000000"),
        ('1,2\n"3,4', CARS, "Line 2"),
    ],
)
def test_a_table_that_cannot_be_used_gets_a_sentence(text, axes, said):
    with pytest.raises(PastedError) as refused:
        read_pasted(text, axes)
    assert said in refused.value.sentences[0]


def test_many_mistakes_get_few_sentences():
    with pytest.raises(PastedError) as refused:
        read_pasted("a1,b1\n" + "x,1\n" * 20, CARS)
    assert len(refused.value.sentences) == MOST_SENTENCES + 1
    assert str(20 - MOST_SENTENCES) in refused.value.sentences[-1]


def test_three_columns_with_a_class():
    assert read_pasted("u\tv\tmoon\n0,5\t1\t0\n-1\t2\t1\n", MOONS) == ((0.5, 1.0, 0.0), (-1.0, 2.0, 1.0))


def test_a_pasted_table_replaces_the_data_of_the_visit_alone():
    mine, other = (Visit(parse_link("surface=cars_raw&point=3:out&run=sgd")[0]) for _ in range(2))
    assert use_pasted(mine, "speed,distance\n1,2\n3,4", DATASETS["cars"]) == ()
    assert mine.scenario.table == ((1.0, 2.0), (3.0, 4.0))
    assert mine.scenario.points == ()
    assert mine.scenario.landscape.examples.count == 2
    assert other.scenario.table is None


def test_a_table_that_cannot_be_used_changes_nothing():
    visit = Visit(parse_link("surface=cars_raw&point=3:out&run=sgd")[0])
    before = visit.scenario
    assert use_pasted(visit, "1,2\n3,x", DATASETS["cars"])
    assert visit.scenario is before


def test_what_a_sentence_quotes_is_no_markdown():
    assert plain('got "<b>*1*</b>".') == r'got "\<b\>\*1\*\</b\>"\.'.replace(r"\.", ".")
