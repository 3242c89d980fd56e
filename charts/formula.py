"""The optimizers' rules as the browser gets them: it draws the formulas, inserts numbers, and computes steps.

A rule's trees are those of ``formulas.nodes``, as nested lists; each symbol has, instead of its LaTeX, the parts that
are drawn: ``{"text", "accent", "sup", "sub"}``, each a text or null.
"""

import json
from functools import lru_cache
from typing import Any

from formulas import FormulaError, Node
from formulas.nodes import GREEK
from optimizers import OPTIMIZERS
from optimizers.rule import SYMBOL

DIGITS = "0123456789"
SUBSCRIPTS = str.maketrans(DIGITS, "₀₁₂₃₄₅₆₇₈₉")


def letter(symbol: str) -> dict[str, str | None]:
    r"""The parts of a symbol that are drawn: its letter, its accent, its superscript and its subscript.

    Raises
    ------
    FormulaError
        If the text is no symbol, or its letter is a command that is not in ``GREEK``.

    Examples
    --------
    >>> letter(r"\hat v_t")
    {'text': 'v', 'accent': '^', 'sup': None, 'sub': 't'}
    """
    match = SYMBOL.fullmatch(symbol)
    if match is None:
        raise FormulaError(f"{symbol} is no symbol.")
    base, sub = match["base"], match["sub"]
    if base.startswith("\\") and base not in GREEK:
        raise FormulaError(f"{base} cannot be drawn: add it to GREEK.")
    sub = sub and GREEK.get(sub, sub.strip("{}").replace("-", "−"))
    return {
        "text": GREEK.get(base, base),
        "accent": "^" if match["hat"] else None,
        "sup": "max" if match["sup"] else None,
        "sub": sub,
    }


def plain(symbol: str) -> str:
    r"""A symbol with its index as plain text, for labels: ``\beta_1`` is "β₁".

    Raises
    ------
    FormulaError
        If it cannot be written so: it has an accent or a superscript, or its index is no whole number.

    Examples
    --------
    >>> plain(r"\alpha"), plain(r"\beta_1")
    ('α', 'β₁')
    """
    parts = letter(symbol)
    sub = parts["sub"] or ""
    if parts["accent"] or parts["sup"] or not all(digit in DIGITS for digit in sub):
        raise FormulaError(f"{symbol} cannot be written as plain text: it may have a whole number as its index only.")
    return f"{parts['text']}{sub.translate(SUBSCRIPTS)}"


@lru_cache(maxsize=64)  # more than there are optimizers
def read_rule(key: str) -> dict[str, Any]:
    """An optimizer's rule with everything that the browser needs to draw it.

    Parameters
    ----------
    key : str
        A key of ``OPTIMIZERS``.

    Returns
    -------
    dict
        ``{"lines": [...], "rate": node}``. A line has its ``key``, the ``letter`` of what it computes, its ``formula``
        (a node), the ``initial`` value of its result, and its part's ``label``, ``help``, ``drawn`` and ``ink``.

    Raises
    ------
    FormulaError
        If a symbol cannot be drawn.

    Examples
    --------
    >>> read_rule("sgd")["rate"]
    ['symbol', {'text': 'α', 'accent': None, 'sup': None, 'sub': None}, ['value', 'lr']]
    """
    spec = OPTIMIZERS[key]
    lines = []
    for line in spec.rule.lines:
        about = spec.parts[line.key]
        shown = {"label": about.label, "help": about.help, "drawn": about.drawn, "ink": about.ink}
        drawn = {"letter": letter(line.symbol), "formula": _drawn(line.formula), "initial": line.initial}
        lines.append({"key": line.key, **drawn, **shown})
    return {"lines": lines, "rate": _drawn(spec.rule.rate)}


def _drawn(node: Node) -> list[Any]:
    """A tree as nested lists, with symbols as ``letter`` returns them."""
    if node[0] == "symbol":
        return ["symbol", letter(node[1]), list(node[2])]
    return [_drawn(part) if isinstance(part, tuple) else part for part in node]


def rules_payload() -> bytes:
    """Every optimizer's rule, by key, as one JSON document for the browser."""
    rules = {key: read_rule(key) for key in OPTIMIZERS}
    return json.dumps(rules, allow_nan=False, separators=(",", ":"), ensure_ascii=False).encode()
