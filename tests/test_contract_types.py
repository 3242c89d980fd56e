"""The browser's types follow from the Python records."""

import json

import pytest
from pydantic import BaseModel, TypeAdapter

from charts.formula import rules_payload
from components.contract_types import FILE, declarations, typescript
from components.rule_schema import Rule


def test_the_generated_types_are_up_to_date():
    assert FILE.read_text(encoding="utf-8") == declarations(), "run `make contract`, and commit what it writes"


def test_one_record_more_is_declared_with_all_that_it_holds():
    class Inner(BaseModel):
        """What is within. And more."""

        names: dict[str, float | None]

    class Outer(BaseModel):
        inner: tuple[Inner, ...] = ()

    text = declarations((Outer,))
    assert "/** What is within. And more. */\nexport interface Inner {" in text
    assert "  names: { [name: string]: number | null };" in text
    assert "export interface Outer {\n  inner: Inner[];\n}" in text


@pytest.mark.parametrize(
    ("of", "text"),
    [
        (tuple[float, float], "[number, number]"),
        (tuple[int | None, ...], "(number | null)[]"),
        (dict[str, bool], "{ [name: string]: boolean }"),
    ],
)
def test_a_type_is_spelled_in_typescript(of, text):
    assert typescript(TypeAdapter(of).json_schema()) == text


def test_a_type_without_a_spelling_is_refused():
    with pytest.raises(ValueError, match=r"^This schema cannot be written in TypeScript: \{'type': 'file'\}\.$"):
        typescript({"type": "file"})


def test_every_rule_has_the_shape_that_is_declared():
    for key, rule in json.loads(rules_payload()).items():
        assert TypeAdapter(Rule).validate_python(rule).model_dump(mode="json") == rule, key
