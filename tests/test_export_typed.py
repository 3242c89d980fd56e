"""The code of typed formulas: it has the bits of the evaluator, values and gradients, and contains nothing else."""

import ast
import math

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings

from exports import FORMATS
from exports.code import Code
from exports.typed import typed_code
from formulas import FormulaError
from formulas.typed import letters_of, read_typed
from formulas.writing import write_typed
from surfaces.typed import TypedFormula
from tests.typed_formulas import HOSTILE, LETTERS, TREES
from trajectories import Run, Scenario
from trajectories.derivatives import derivatives_of

CALM = settings(deadline=None, database=None, max_examples=300, suppress_health_check=list(HealthCheck))
PLACES = torch.tensor([[0.3, -1.2], [-2.0, 0.7], [0.0, 0.0], [12.5, -3.25]] * 4, dtype=torch.float64)


def defined_by(formula):
    """What the code of a formula defines, executed with torch and math alone."""
    code = Code()
    lines = typed_code(formula, code)
    names = {"torch": torch, "math": math, "Tensor": torch.Tensor}
    exec("\n\n".join((*code.definitions, *lines)), names)
    return names["loss"]


def assert_same_bits(formula):
    expected, found = (derivatives_of(loss, PLACES, hessians=False)[:2] for loss in (formula.loss, defined_by(formula)))
    for ours, theirs in zip(expected, found, strict=True):
        assert np.array_equal(ours, theirs, equal_nan=True), write_typed(formula.node)


def typed(text, **letters):
    node = read_typed(text)
    return TypedFormula(text, node, tuple((name, letters.get(name, 1.0)) for name in letters_of(node)))


@CALM
@given(TREES)
def test_the_code_of_a_formula_has_its_bits(tree):
    try:
        node = read_typed(write_typed(tree))
    except FormulaError:
        return
    assert_same_bits(TypedFormula(write_typed(tree), node, tuple((name, LETTERS[name]) for name in letters_of(node))))


@pytest.mark.parametrize(
    "text",
    [
        "1000*1000*1000*1000*1000*1000*1001 x",
        "x - (y - (x - 1))",
        "-(x+1)^2 - (-x)^-2",
        "2^x^y",
        "(x^2)^3 y",
        "max(1, 2) x + min(x, 2, y) + softplus(x) + relu 2",
        "r^2 + r^4 + r + theta",
        "1/0 x",
        "(1e12*1e12)^40 x",
        "7",
        "mod(x, 2) + floor y + sign x",
        "a^3 x + sin(a) y + 1/a + sqrt(a) + |a| + max(a, 2)",
        " + ".join(f"sin({k}x) cos({k}y)/{k}" for k in range(1, 12)),
        "sin " * 25 + "x",
    ],
)
def test_the_code_of_special_formulas_has_their_bits(text):
    assert_same_bits(typed(text, a=0.75))
    assert_same_bits(typed(text, a=-0.5))
    assert_same_bits(typed(text, a=0.0))


def test_letters_are_arguments_with_their_values():
    lines = typed_code(typed("a x^2 + b sin y", a=1.5, b=-2.0), Code())
    assert lines[-1].splitlines()[0] == "def loss(x, y, a=1.5, b=-2.0):"


@CALM
@given(HOSTILE)
def test_code_contains_only_what_formulas_may_use(text):
    try:
        formula = typed(text)
    except FormulaError:
        return
    tree = ast.parse("\n".join(typed_code(formula, Code())))
    roots = {ast.unparse(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert roots <= {"torch", "math"}
    assert called <= {"square", "softplus", "abs"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom | ast.Lambda)]


@pytest.mark.parametrize("key", ["script", "notebook", "csv", "json"])
def test_every_format_contains_the_formula(key):
    scenario = Scenario(formula="a x² + √(y+3)", steps=3, runs=[Run(optimizer="adam")])
    assert "a*x^2 + sqrt(y + 3)" in b"".join(FORMATS[key].write(scenario)).decode()
