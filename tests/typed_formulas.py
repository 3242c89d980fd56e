"""Typed formulas for tests: trees as the grammar makes them, hostile texts, and a reference that shares no code."""

import math
import warnings
from typing import Any

import numpy as np
from hypothesis import strategies as st

from formulas.functions import FUNCTIONS

LETTERS = {"a": 1.25, "b": -0.5, "λ": 2.0}
SMOOTH = sorted({name for name, of in FUNCTIONS.items() if of.arguments == 1} - {"floor", "sign"})
SYMBOLS = [("symbol", name, ("coordinate", name)) for name in "xy"]
SYMBOLS += [("symbol", "r", ("polar", "r")), ("symbol", r"\theta", ("polar", "theta"))]
SYMBOLS += [("symbol", {"λ": r"\lambda"}.get(name, name), ("value", name)) for name in LETTERS]
NUMBERS = [("number", text) for text in ("0", "1", "2", "3", "0.5", ".25", "12.", "1e-3", "1.5e1")]
LEAVES = st.sampled_from([*SYMBOLS, *NUMBERS, ("constant", "pi"), ("constant", "e")])


def _compound(any_node: Any) -> Any:
    """One level of nodes above others, as the grammar makes them: sums and products stand in parentheses."""
    top = {"sum", "product"}
    factor = any_node.map(lambda node: ("group", node) if node[0] in top else node)
    atom = factor.map(lambda node: ("group", node) if node[0] == "power" else node)
    signed = factor | factor.map(lambda node: ("sum", ("-", node)))
    product = st.builds(
        lambda first, others: ("product", ("*", first), *others),
        factor,
        st.lists(st.tuples(st.sampled_from("*/"), signed), min_size=1, max_size=3),
    )
    term = any_node.map(lambda node: ("group", node) if node[0] == "sum" else node)
    return st.one_of(
        product,
        st.builds(
            lambda first, others: ("sum", first, *others),
            st.tuples(st.sampled_from("+-"), term),
            st.lists(st.tuples(st.sampled_from("+-"), term), min_size=1, max_size=3),
        ),
        term.map(lambda node: ("sum", ("-", node))),
        st.builds(lambda base, exponent: ("power", base, exponent), atom, LEAVES.filter(lambda n: n[0] == "number")),
        st.builds(lambda base, exponent: ("power", base, exponent), atom, any_node.filter(lambda n: n[0] != "group")),
        st.builds(lambda name, node: ("call", name, node), st.sampled_from(SMOOTH), any_node),
        any_node.map(lambda node: ("group", node)),
        any_node.map(lambda node: ("abs", node)),
        any_node.map(lambda node: ("root", node)),
        st.tuples(any_node, any_node).map(lambda both: ("max", *both)),
        st.tuples(any_node, any_node).map(lambda both: ("call", "min", *both)),
    )


TREES = st.recursive(LEAVES, _compound, max_leaves=12)

WORDS = [
    *FUNCTIONS,
    "max",
    "abs",
    "sqrt",
    "x",
    "y",
    "r",
    "theta",
    "pi",
    "e",
    "a",
    "b",
    "2",
    "3.5",
    "1e3",
    ".",
    "x2",
    "0,5",
]
SIGNS = [*"+-*/^(),|[]{}=!%;:'\"\\<>&#_$@~`?", "**", "²", "⁻¹", "√", "·", "×", "÷", "−", "π", "θ", "α", " ", "  "]
CODE = ["__import__('os').system('true')", "().__class__", "x.__class__", "exec(x)", "lambda: x", "f'{x}'", "${7*7}"]
CODE += ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "](javascript:alert(1))", "**x**", "# x", "{{x}}"]
ODD = [
    "\x00",
    "\ud800",
    "\u202e",
    "\u200b",
    "\n",
    "\t",
    "ﬁ",
    "𝑥",
    "ⅷ",
    "٣",
    "x" * 501,
    "(" * 200,
    "-" * 300,
    "x^" * 200,
]
HOSTILE = st.one_of(
    st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=40).map("".join),
    st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=80).map(" ".join),
    st.lists(st.sampled_from([*CODE, *ODD, *WORDS, *SIGNS]), max_size=8).map("".join),
    st.text(max_size=60),
    st.builds(lambda part, times: part * times, st.sampled_from([*WORDS, *SIGNS]), st.integers(1, 500)),
)


def reference(text: str, x: float, y: float) -> float:
    """The value of a text that ``write_typed`` has written, by Python's own parser and NumPy."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        names: dict[str, Any] = {
            "x": np.float64(x),
            "y": np.float64(y),
            "r": np.hypot(x, y),
            "theta": np.arctan2(y, x),
            "pi": np.float64(math.pi),
            "e": np.float64(math.e),
            **{name: np.float64(value) for name, value in LETTERS.items()},
            **{name: getattr(np, name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "log")},
            **{name: getattr(np, name) for name in ("log2", "log10", "sqrt", "sign", "floor")},
            "asin": np.arcsin,
            "acos": np.arccos,
            "atan": np.arctan,
            "ln": np.log,
            "abs": np.abs,
            "mod": np.mod,
            "max": np.maximum,
            "min": np.minimum,
            "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
            "relu": lambda z: np.maximum(z, 0.0),
            "softplus": lambda z: np.logaddexp(z, 0.0),
            "number": np.float64,
        }
        code = compile(_with_numpy_numbers(text.replace("^", "**")), "formula", "eval")
        return float(eval(code, {"__builtins__": {}}, names))


def _with_numpy_numbers(text: str) -> str:
    """Python's own floats raise errors where NumPy's give infinity."""
    import re

    return re.sub(r"(?<![a-z\d.])(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", r"number(\g<0>)", text)
