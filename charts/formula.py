"""An optimizer's displayed rule as a tree that the browser draws, fills with numbers, and computes.

The LaTeX of ``update_latex`` is read once, here, by a grammar; nothing is ever evaluated as code. A node is a list
whose first entry names it:

==================================  ====================================================================
``["number", "0.96"]``              as it is spelled
``["symbol", letter, of]``          ``letter``: how it looks; ``of``: what it stands for
``["sum", [sign, node], ...]``      signs are ``"+"`` and ``"-"``
``["product", [op, node], ...]``    ops are ``"*"`` and ``"/"``
``["power", base, exponent]``       and ``["root", node]``, ``["fraction", above, below]``,
``["group", node]``                 ``["abs", node]``, ``["max", one, other]``
``["cases", [node, condition]...]`` a condition is ``[left, right]`` (left above right), or null: otherwise
``["gradient"]``                    the slope of the surface before the step
==================================  ====================================================================

``letter`` is ``{"text", "accent", "sup", "sub"}``, each a text or null. ``of`` is ``["part", key, back]`` (a line's
result, ``back`` steps ago), ``["value", name]`` (a hyperparameter), ``["step"]`` (t), or ``["position"]`` (the one
before the step).
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.exceptions import VisitError

from optimizers import OPTIMIZERS, OptimizerSpec

Node = list[Any]

# A hat or none, a letter that is no command, the index of a maximum, an index: \\hat v_{t-1}, v^{\\max}_t, \\beta_1.
_COMMANDS = "leftarrow|sqrt|t?frac|max|nabla|begin|end|text|quad"
_HAT, _BASE, _SUP, _SUB = (
    r"\\hat\s*",
    rf"\\(?!{_COMMANDS})[a-zA-Z]+|[a-zA-Z]",
    r"\^\{\\max\}",
    r"\{[^}]*\}|\\[a-z]+|\w",
)
_SYMBOL = re.compile(rf"(?P<hat>{_HAT})?(?P<base>{_BASE})(?P<sup>{_SUP})?(_(?P<sub>{_SUB}))?")

GRAMMAR = rf"""
    line: SYMBOL "\\leftarrow" sum ("," SYMBOL "=" NUMBER)?
    expression: sum
    sum: [MINUS] product ((PLUS | MINUS) product)*
    product: (power | abs) (power | SLASH (power | abs))*
    abs: "|" sum "|"
    power: atom ["^" ("{{" sum "}}" | atom)]
    ?atom: SYMBOL -> symbol
        | NUMBER -> number
        | NABLA -> gradient
        | "(" sum ")" -> group
        | "\\sqrt" "{{" sum "}}" -> root
        | FRACTION "{{" sum "}}" "{{" sum "}}" -> fraction
        | "\\max" "(" sum "," sum ")" -> max
        | "\\begin{{cases}}" case ("\\\\" case)* "\\end{{cases}}" -> cases
    case: sum "&" (sum ">" sum | "\\text{{otherwise}}")

    PLUS: "+"
    MINUS: "-"
    SLASH: "/"
    FRACTION.3: /\\t?frac/
    NABLA.3: /\\nabla\s*f\(\\theta_\{{t-1\}}\)/
    NUMBER: /\d+(\.\d+)?/
    SYMBOL: /({_HAT})?({_BASE})({_SUP})?(_({_SUB}))?/
    SPACING: /\\quad|\\,|\s+/
    %ignore SPACING
"""
_PARSER = Lark(GRAMMAR, parser="lalr", start=["line", "expression"])
GREEK = {
    r"\alpha": "α",
    r"\beta": "β",
    r"\epsilon": "ϵ",
    r"\gamma": "γ",
    r"\eta": "η",
    r"\lambda": "λ",
    r"\mu": "μ",
    r"\pi": "π",
    r"\psi": "ψ",
    r"\rho": "ρ",
    r"\tau": "τ",
    r"\theta": "θ",
    r"\Delta": "Δ",
    r"\infty": "∞",
}


class FormulaError(ValueError):
    """A line of LaTeX that cannot be read: its text is one sentence."""


@dataclass
class _Reader(Transformer[Token, Node]):
    """Turns what the grammar has found into nodes; ``names`` says what each symbol stands for."""

    names: Mapping[str, Node] = field(default_factory=dict)

    def symbol(self, found: list[Token]) -> Node:
        text = normal(found[0])
        if text not in self.names:
            raise FormulaError(f"{text} stands for nothing: known are {', '.join(self.names)}.")
        return ["symbol", letter(text), self.names[text]]

    def number(self, found: list[Token]) -> Node:
        return ["number", str(found[0])]

    def gradient(self, _: list[Token]) -> Node:
        return ["gradient"]

    def group(self, found: list[Node]) -> Node:
        return ["group", *found]

    def root(self, found: list[Node]) -> Node:
        return ["root", *found]

    def abs(self, found: list[Node]) -> Node:
        return ["abs", *found]

    def max(self, found: list[Node]) -> Node:
        return ["max", *found]

    def fraction(self, found: list[Node]) -> Node:
        return ["fraction", *found[1:]]

    def power(self, found: list[Node]) -> Node:
        base, exponent = found  # None where there is none
        return ["power", base, exponent] if exponent else base

    def product(self, found: list[Node | Token]) -> Node:
        factors: list[Node] = []
        op = "*"
        for part in found:
            if isinstance(part, Token):
                op = "/"
            else:
                factors.append([op, part])
                op = "*"
        return factors[0][1] if len(factors) == 1 else ["product", *factors]

    def sum(self, found: list[Node | Token | None]) -> Node:
        terms: list[Node] = [[str(sign or "+"), term] for sign, term in zip(found[::2], found[1::2], strict=True)]
        lone: Node | None = terms[0][1] if len(terms) == 1 and terms[0][0] == "+" else None
        return ["sum", *terms] if lone is None else lone

    def case(self, found: list[Node]) -> Node:
        return [found[0], found[1:] or None]

    def cases(self, found: list[Node]) -> Node:
        return ["cases", *found]

    def expression(self, found: list[Node]) -> Node:
        return found[0]

    def line(self, found: list[Any]) -> Node:
        initial = float(found[3]) if len(found) > 2 and found[3] is not None else 0.0
        return [normal(found[0]), found[1], initial]


def normal(symbol: str) -> str:
    r"""One spelling for a symbol: no spaces but the one after ``\hat``."""
    return re.sub(r"\\hat\s*", r"\\hat ", re.sub(r"\s+", "", str(symbol)))


def letter(symbol: str) -> dict[str, str | None]:
    """How a symbol looks: its letter, and what stands above, beside and below it."""
    match = _SYMBOL.fullmatch(symbol)
    if match is None:
        raise FormulaError(f"{symbol} is no symbol.")
    base, sub = match["base"], match["sub"]
    if base.startswith("\\") and base not in GREEK:
        raise FormulaError(f"{base} is no letter that can be drawn: add it to GREEK.")
    sub = sub and GREEK.get(sub, sub.strip("{}").replace("-", "−"))
    return {
        "text": GREEK.get(base, base),
        "accent": "^" if match["hat"] else None,
        "sup": "max" if match["sup"] else None,
        "sub": sub,
    }


@cache
def read_rule(key: str) -> dict[str, Any]:
    """Read an optimizer's rule.

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
        If a line cannot be read, or a symbol stands for nothing; the message names the optimizer and the line.

    Examples
    --------
    >>> read_rule("sgd")["rate"]
    ['symbol', {'text': 'α', 'accent': None, 'sup': None, 'sub': None}, ['value', 'lr']]
    """
    spec = OPTIMIZERS[key]
    names = _names(spec)
    lines = []
    for part, latex in spec.update_latex.items():
        symbol, formula, initial = _of(key, read_line, latex, names)
        about = spec.parts[part]
        shown = {"label": about.label, "help": about.help, "drawn": about.drawn, "ink": about.ink}
        lines.append({"key": part, "letter": letter(symbol), "formula": formula, "initial": initial, **shown})
    return {"lines": lines, "rate": _of(key, read_expression, spec.rate_latex, names)}


def _names(spec: OptimizerSpec) -> dict[str, Node]:
    """What each symbol of an optimizer's rule stands for."""
    names: dict[str, Node] = {normal(h.symbol): ["value", h.name] for h in spec.hyperparameters}
    names |= {"t": ["step"], r"\theta_{t-1}": ["position"]}
    for part, latex in spec.update_latex.items():
        symbol = normal(latex.split(r"\leftarrow", maxsplit=1)[0])
        names[symbol] = ["part", part, 0]
        names.setdefault(re.sub(r"_t$", r"_{t-1}", symbol), ["part", part, 1])
    return names


def read_line(latex: str, names: Mapping[str, Node]) -> tuple[str, Node, float]:
    r"""Read one line of a rule.

    Parameters
    ----------
    latex : str
        ``symbol \leftarrow formula``, and for a result that does not begin at zero ``, \quad symbol_0 = value``.
    names : mapping of str to node
        What each symbol stands for, by its LaTeX.

    Returns
    -------
    (str, node, float)
        The symbol that it computes, the formula, and the value before the first step.

    Raises
    ------
    FormulaError
        One sentence.
    """
    symbol, formula, initial = _read("line", latex, names)
    letter(symbol)  # one that cannot be drawn is refused here
    return symbol, formula, initial


def read_expression(latex: str, names: Mapping[str, Node]) -> Node:
    """Read a formula without a result: see ``read_line``."""
    expression: Node = _read("expression", latex, names)
    return expression


def _read(start: str, latex: str, names: Mapping[str, Node]) -> Any:
    try:
        return _Reader(names).transform(_PARSER.parse(latex, start=start))
    except UnexpectedInput as problem:
        rest = latex[problem.pos_in_stream :][:20]
        raise FormulaError(f"{latex!r} cannot be read on at {rest!r}.") from None
    except VisitError as problem:
        raise FormulaError(f"{latex!r}: {problem.orig_exc}") from None


def _of(key: str, read: Callable[[str, Mapping[str, Node]], Any], latex: str, names: Mapping[str, Node]) -> Any:
    try:
        return read(latex, names)
    except FormulaError as problem:
        raise FormulaError(f"optimizer {key!r}: {problem}") from None


def rules_payload() -> bytes:
    """Every optimizer's rule, by key, as one JSON document for the browser."""
    rules = {key: read_rule(key) for key in OPTIMIZERS}
    return json.dumps(rules, allow_nan=False, separators=(",", ":"), ensure_ascii=False).encode()
