"""The route that reads a formula while it is typed: what it answers, and that nothing typed is kept or executed."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from backend.formulas import MOST_BYTES, PATH, TEXTS_A_SECOND, TEXTS_AT_ONCE, TOO_MANY, formula_route
from components.rule_schema import FormulaReading


@pytest.fixture
def client():
    return TestClient(Starlette(routes=[formula_route("")]))


def read(client, text):
    answer = client.post(PATH, content=text)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return FormulaReading.model_validate(answer.json())


def test_a_formula_is_answered_with_its_mathematics_and_its_letters(client):
    reading = read(client, "a x² + sin(b y)/2")
    assert reading.error is None
    assert reading.letters == ["a", "b"]
    assert "mfrac" in reading.model_dump_json()


def test_an_error_has_a_place(client):
    reading = read(client, "x + * y")
    assert reading.math is None
    assert (reading.error.position, reading.error.length) == (4, 1)


NO_FORMULAS = ["x" * (MOST_BYTES + 1), "<script>alert(1)</script>", "__import__('os')", b"\xff\xfe", ""]


@pytest.mark.parametrize("text", NO_FORMULAS)
def test_what_is_no_formula_is_a_sentence(client, text):
    reading = read(client, text)
    assert reading.math is None
    assert reading.error.sentence.endswith((".", "?"))


def test_a_formula_is_never_part_of_an_address(client):
    assert client.get(PATH, params={"text": "x"}).status_code == 405


def test_more_texts_than_a_class_types_are_refused_with_a_sentence_and_a_time(client, monkeypatch):
    now = 0.0
    monkeypatch.setattr("backend.pace.time.monotonic", lambda: now)
    route = TestClient(Starlette(routes=[formula_route("")]))
    assert {route.post(PATH, content="x").status_code for _ in range(TEXTS_AT_ONCE)} == {200}
    refused = route.post(PATH, content="x")
    assert (refused.status_code, refused.text) == (429, TOO_MANY)
    now = int(refused.headers["retry-after"]) + 1 / TEXTS_A_SECOND
    assert route.post(PATH, content="x").status_code == 200
