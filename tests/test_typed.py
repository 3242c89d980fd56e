"""Typed formulas: what can be written and what it means, its value, its gradient, and errors that name the cure."""

import contextlib
import math
import os
import time
from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, assume, example, given, seed, settings

from components.rule_schema import MathElement
from formulas import FormulaError, evaluate
from formulas.functions import FUNCTIONS
from formulas.mathml import write_mathml
from formulas.nodes import meanings, measure
from formulas.typed import DEEPEST, MOST_LETTERS, MOST_NODES, letters_of, read_typed
from formulas.writing import write_latex, write_typed
from tests.typed_formulas import HOSTILE, LETTERS, TREES, reference

FULL = "MR_ADAM_FUZZ" in os.environ
TEXTS = 100_000 if FULL else 2_000
SLOWEST = 0.05  # seconds
CALM = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
pytestmark = pytest.mark.timeout(3600 if FULL else 300)


def known(x, y):
    """What the symbols of a formula stand for."""
    r, theta = torch.sqrt(x * x + y * y), torch.atan2(y, x)
    values = {("coordinate", "x"): x, ("coordinate", "y"): y, ("polar", "r"): r, ("polar", "theta"): theta}
    return values | {("value", name): value for name, value in LETTERS.items()}


def read_or_refuse(text):
    try:
        return read_typed(text), None
    except FormulaError as problem:
        return None, problem


def value_of(node, x, y):
    x, y = (torch.tensor(number, dtype=torch.float64) for number in (x, y))
    return float(evaluate(node, known(x, y)))


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("2x", "2*x"),
        ("3sin x", "3*sin(x)"),
        ("x y", "x*y"),
        ("xy", "x*y"),
        ("2(x+1)", "2*(x + 1)"),
        ("(x+1)(y-1)", "(x + 1)*(y - 1)"),
        ("-x^2", "-(x^2)"),
        ("x**2", "x^2"),
        ("x^2^3", "x^(2^3)"),
        ("x²y", "x^2*y"),
        ("x⁻¹", "x^-1"),
        ("2·x × y ÷ 3 − 1", "2*x*y/3 - 1"),
        ("√x y", "sqrt(x)*y"),
        ("√(x+1)y", "sqrt(x+1)*y"),
        ("√x^2", "sqrt(x^2)"),
        ("2π x", "2*pi*x"),
        ("sin 2x cos y", "sin(2*x)*cos(y)"),
        ("sin 2pi x y", "sin(2*pi*x*y)"),
        ("sin 2(x+1) y", "sin(2*(x+1))*y"),
        ("sin x^2 + 1", "sin(x^2) + 1"),
        ("sin x (y+1)", "sin(x)*(y+1)"),
        ("sin cos x", "sin(cos(x))"),
        ("sin^2 x", "sin(x)^2"),
        ("sin²(x) y", "sin(x)^2*y"),
        ("ln|x| y", "ln(abs(x))*y"),
        ("|x||y|", "abs(x)*abs(y)"),
        ("||x| - 1|", "abs(abs(x) - 1)"),
        ("2|x|", "2*abs(x)"),
        ("sinx", "sin(x)"),
        ("xcos y", "x*cos(y)"),
        ("log10 x + log2(y)", "log10(x) + log2(y)"),
        ("e^-x^2", "e^(-(x^2))"),
        ("2*-x", "2*(-x)"),
        ("X² + Sin(Y)", "x^2 + sin(y)"),
        ("f(x, y) = x + y", "x + y"),
        ("z = [x + {y}]", "x + y"),
        ("max(x, y, 1)", "max(max(x, y), 1)"),
        ("2theta r", "2*θ*r"),
        ("lambda x", "λ*x"),
        ("1/2x", "(1/2)*x"),
        ("2e3 + 1e-3x", "2000 + x/1000"),
    ],
)
def test_what_is_typed_means_what_it_means_in_mathematics(typed, same):
    for x, y in ((0.7, 1.3), (2.0, 0.4)):
        assert value_of(read_typed(typed), x, y) == pytest.approx(value_of(read_typed(same), x, y), rel=1e-15)


def test_a_minus_binds_less_than_a_power():
    assert value_of(read_typed("-x^2"), 3.0, 0.0) == -9.0
    assert value_of(read_typed("2^-1"), 0.0, 0.0) == 0.5


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_computes_floats_and_tensors_alike_and_can_be_written(name):
    arguments = "x, y" if FUNCTIONS[name].arguments == 2 else "x"
    node = read_typed(f"{name}({arguments})")
    for x, y in ((0.3, 0.2), (-0.7, 2.0), (5.0, -0.4)):
        floats = evaluate(node, {("coordinate", "x"): x, ("coordinate", "y"): y})
        assert isinstance(floats, float)
        expected = reference(write_typed(node), x, y)
        for found in (floats, value_of(node, x, y)):
            assert found == pytest.approx(expected, rel=1e-14, nan_ok=True)
    assert read_typed(write_typed(node)) == node
    assert "x" in write_latex(node)


@seed(1)
@settings(CALM, max_examples=500)
@given(TREES)
def test_a_formula_that_is_written_is_read_as_the_same_nodes(tree):
    count, depth = measure(tree)
    assume(count <= MOST_NODES and depth <= DEEPEST)
    read, problem = read_or_refuse(write_typed(tree))
    assume("exponent" not in str(problem))  # a constant one above 100
    assert read == tree
    assert set(letters_of(read)) == {of[1] for of in meanings(tree) if of[0] == "value"}
    assert write_latex(tree).count("{") == write_latex(tree).count("}")
    MathElement.model_validate(write_mathml(tree))


@seed(2)
@settings(CALM, max_examples=500)
@given(TREES)
def test_values_are_those_of_an_independent_reference(tree):
    text = write_typed(tree)
    for x, y in ((0.7, 1.3), (-1.1, 0.4), (2.5, -0.2)):
        expected = reference(text, x, y)
        moved = [reference(text, x * (1 + 1e-13), y), reference(text, x, y * (1 + 1e-13))]
        if not all(math.isclose(one, expected, rel_tol=1e-9, abs_tol=1e-12) for one in moved):
            continue  # rounding decides: sin(exp(exp(20))), or a step of a function
        for found in (value_of(tree, x, y), float(evaluate(tree, plain(x, y)))):
            assert found == pytest.approx(expected, rel=1e-7, abs=1e-9, nan_ok=True), (text, x, y)


def plain(x, y):
    values = {("coordinate", "x"): x, ("coordinate", "y"): y, ("polar", "r"): math.hypot(x, y)}
    return values | {("polar", "theta"): math.atan2(y, x)} | {("value", name): one for name, one in LETTERS.items()}


def test_the_gradient_is_that_of_central_differences():
    compared = Counter()

    @seed(3)
    @settings(CALM, max_examples=300)
    @given(TREES)
    def check(tree):
        compared.update(compare_gradient(tree))

    check()
    assert compared["equal"] > 200
    assert compared["not a number"] < 20


def compare_gradient(tree):
    """What became of the comparison along each axis."""
    at = torch.tensor([0.7, 1.3], dtype=torch.float64)

    def loss(x, y):
        return torch.as_tensor(evaluate(tree, known(x, y)), dtype=torch.float64)

    x, y = (one.clone().requires_grad_() for one in at)
    value = loss(x, y)
    if not value.isfinite() or abs(float(value.detach())) > 1e6:
        return
    gradient = torch.autograd.grad(value, (x, y), allow_unused=True) if value.requires_grad else (None, None)
    for axis, found in enumerate(gradient):
        slopes = []
        for step in (1e-5, -1e-5, 3e-6, -3e-6):
            moved = at.clone()
            moved[axis] += step
            slopes.append(float(loss(*moved) - value.detach()) / step)
        forward, backward, *_ = slopes
        largest = max(1.0, abs(forward))
        if not np.isfinite(slopes).all() or np.ptp(slopes) > 1e-2 * largest:
            yield "a kink, a step, or too steep for differences"
        elif found is not None and found.isnan():
            yield "not a number"  # the root of x - x: zero times infinity
        else:
            expected = (forward + backward) / 2
            assert (0.0 if found is None else float(found)) == pytest.approx(expected, rel=1e-3, abs=1e-3 * largest)
            yield "equal"


@seed(4)
@settings(CALM, max_examples=TEXTS)
@given(HOSTILE)
@example("__import__('os').system('true')")
@example("x^" * 249 + "x")
@example("(" * 500)
def test_any_text_is_read_or_refused_with_a_sentence_at_once(text):
    began = time.thread_time()
    node, problem = read_or_refuse(text)
    if problem is not None:
        assert str(problem).endswith((".", "?"))
        assert "\n" not in str(problem)
        assert len(str(problem)) < 200
        assert 0 <= problem.position <= len(text)
        assert 0 <= problem.length <= len(text)
    else:
        count, depth = measure(node)
        assert count <= MOST_NODES
        assert depth <= DEEPEST
        assert len(letters_of(node)) <= MOST_LETTERS
        assert "<" not in write_latex(node)
        value_of_any(node)
    if time.thread_time() - began > SLOWEST:  # once is not enough: a first call may fill caches
        assert min(_seconds(text) for _ in range(5)) <= SLOWEST, text


def value_of_any(node):
    x, y = torch.tensor([0.7, -1.0], dtype=torch.float64), torch.tensor([1.3, 0.0], dtype=torch.float64)
    values = known(x, y) | {("value", name): 1.0 for name in letters_of(node)}
    return evaluate(node, values)


def _seconds(text):
    began = time.thread_time()
    with contextlib.suppress(FormulaError):
        read_typed(text)
    return time.thread_time() - began


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("", 0, "The formula is empty"),
        ("x +", 3, 'ends after "\\+"'),
        ("2 + (x", 4, "never closed"),
        ("x)", 1, "closes nothing"),
        ("|x", 0, "never closed"),
        ("x + * y", 4, 'Between "\\+" and "\\*"'),
        ("x + ()", 5, "a formula is missing"),
        ("x2", 1, r"\*2 for a product, \^2 for a power"),
        ("0,5x", 1, r"write decimals with a point, 0\.5"),
        ("sine(x)", 0, "Did you mean sin"),
        ("wbcd x", 0, "A letter is one character"),
        ("sin", 0, r"write sin\(x\)"),
        ("max(x)", 0, r"max takes two arguments: write max\(x, y\)"),
        ("sin(x, y)", 0, "sin takes one argument"),
        ("sin^-1 x", 4, "exponent of sin"),
        ("x = y", 2, r"Write only what f\(x, y\) is equal to"),
        ("x ! y", 2, "has no meaning"),
        ("x^1000", 1, "from -100 to 100"),
        ("1e999 x", 0, "too large"),
        ("1.2.3", 3, "one decimal point"),
        ("a b c d f g h i j", 0, "at most 8 letters"),
        ("x" * 501, 500, "at most 500 characters"),
        ("x y" * 150, 0, "at most 200 parts"),
        ("sin " * 60 + "x", 0, "nested 30 deep"),
    ],
)
def test_an_error_names_the_place_and_the_cure(text, place, sentence):
    with pytest.raises(FormulaError, match=sentence) as refused:
        read_typed(text)
    assert refused.value.position == place
