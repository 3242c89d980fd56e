"""The rules as the browser gets them: drawn in letters, described in words, whole in one document."""

import json
import math

import pytest

from backend.contract import contract
from charts.formula import letter, plain, read_rule, rules_payload
from charts.theme import THEMES
from formulas import FormulaError
from optimizers import OPTIMIZERS


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_line_has_a_description_and_a_drawing(key):
    lines = read_rule(key)["lines"]
    assert [line["key"] for line in lines] == list(OPTIMIZERS[key].update_latex)
    for line in lines:
        part = OPTIMIZERS[key].parts[line["key"]]
        shown = (line["label"], line["help"], line["drawn"], line["ink"])
        assert shown == (part.label, part.help, part.drawn, part.ink)
        assert all(part.ink in theme.inks for theme in THEMES.values())
        assert line["letter"]["text"]


def test_a_tree_keeps_its_form_and_its_symbols_get_letters():
    lines = {line["key"]: line for line in read_rule("adam")["lines"]}
    m, past = ({"text": "m", "accent": None, "sup": None, "sub": sub} for sub in ("t", "t−1"))
    beta = {"text": "β", "accent": None, "sup": None, "sub": "1"}
    kept = ["product", ["*", ["symbol", beta, ["value", "beta1"]]], ["*", ["symbol", past, ["part", "m", 1]]]]
    assert lines["m"]["letter"] == m
    assert lines["m"]["formula"][:2] == ["sum", ["+", kept]]
    assert {line["key"]: line["initial"] for line in read_rule("nadam")["lines"]}["mu_product"] == 1.0


def test_a_symbol_becomes_a_letter_with_its_accent_and_indices():
    assert letter(r"\hat v_t") == {"text": "v", "accent": "^", "sup": None, "sub": "t"}
    assert letter(r"v^{\max}_{t-1}") == {"text": "v", "accent": None, "sup": "max", "sub": "t−1"}
    with pytest.raises(FormulaError, match=r"\\chi cannot be drawn: add it to GREEK"):
        letter(r"\chi_t")
    with pytest.raises(FormulaError, match=r"1 is no symbol"):
        letter("1")


@pytest.mark.parametrize("bad", [r"\hat v", r"v^{\max}", "v_t", r"\beta_{t-1}"])
def test_a_label_has_a_letter_and_a_whole_number_only(bad):
    with pytest.raises(FormulaError, match="cannot be written as plain text"):
        plain(bad)


def test_every_slider_has_its_symbol_and_a_switch_has_none():
    shown = contract().optimizers["dissected"].hyperparameters
    assert [record.symbol for record in shown if record.scale == "switch"] == [None] * 6
    assert {record.name: record.symbol for record in shown if record.scale != "switch"} == {
        "lr": "α",
        "beta1": "β₁",
        "beta2": "β₂",
        "eps": "ϵ",
    }


def test_the_document_for_the_browser_holds_every_rule():
    rules = json.loads(rules_payload())
    assert rules == {key: read_rule(key) for key in OPTIMIZERS}
    assert not any(math.isnan(line["initial"]) for rule in rules.values() for line in rule["lines"])
