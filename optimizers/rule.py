r"""Parse an optimizer's rule once from its LaTeX lines into trees; no text is ever evaluated as code.

The nodes are those of ``formulas.nodes``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.exceptions import VisitError

from formulas import FormulaError, Node, meanings

# An optional hat, a letter or a Greek one (\\beta), an optional \\max, an optional index: \\hat v_{t-1}, v^{\\max}_t.
_COMMANDS = "leftarrow|sqrt|t?frac|max|nabla|begin|end|text|quad"
_HAT, _BASE, _SUP, _SUB = (
    r"\\hat\s*",
    rf"\\(?!{_COMMANDS})[a-zA-Z]+|[a-zA-Z]",
    r"\^\{\\max\}",
    r"\{[^}]*\}|\\[a-z]+|\w",
)
SYMBOL = re.compile(rf"(?P<hat>{_HAT})?(?P<base>{_BASE})(?P<sup>{_SUP})?(_(?P<sub>{_SUB}))?")

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
        | "\\begin{{cases}}" (case "\\\\")* otherwise "\\end{{cases}}" -> cases
    case: sum "&" sum ">" sum
    otherwise: sum "&" "\\text{{otherwise}}"

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
_POSITION: Node = ("position",)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a rule.

    Parameters
    ----------
    key : str
        The key of the quantity that it computes, as in ``update_latex``.
    symbol : str
        Its symbol, LaTeX in normal spelling.
    formula : node
        The formula of the quantity.
    initial : float
        The value of the quantity before the first step.
    """

    key: str
    symbol: str
    formula: Node
    initial: float


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The computation of one step of an optimizer.

    Parameters
    ----------
    lines : tuple of Line
        In order; the first is ``g``, the gradient, the last is ``update``, the next position. A line uses results of
        the lines above it and results of the step before.
    rate : node
        The effective step in each coordinate.
    """

    lines: tuple[Line, ...]
    rate: Node

    @property
    def remembered(self) -> frozenset[str]:
        """The keys of the lines whose results the next step uses."""
        return frozenset(of[1] for line in self.lines for of in meanings(line.formula) if of[0] == "part" and of[2])


@dataclass
class _Reader(Transformer[Token, Node]):
    """Turns the parse tree into nodes; ``names`` maps each symbol to its meaning."""

    names: Mapping[str, Node] = field(default_factory=dict)

    def symbol(self, found: list[Token]) -> Node:
        text = normal(found[0])
        if text not in self.names:
            raise FormulaError(f"{text} has no meaning: known symbols are {', '.join(self.names)}.")
        return ("symbol", text, self.names[text])

    def number(self, found: list[Token]) -> Node:
        return ("number", str(found[0]))

    def gradient(self, _: list[Token]) -> Node:
        return ("gradient",)

    def group(self, found: list[Node]) -> Node:
        return ("group", *found)

    def root(self, found: list[Node]) -> Node:
        return ("root", *found)

    def abs(self, found: list[Node]) -> Node:
        return ("abs", *found)

    def max(self, found: list[Node]) -> Node:
        return ("max", *found)

    def fraction(self, found: list[Node]) -> Node:
        return ("fraction", *found[1:])

    def power(self, found: list[Node]) -> Node:
        base, exponent = found  # exponent: None if there is none
        return ("power", base, exponent) if exponent else base

    def product(self, found: list[Node | Token]) -> Node:
        factors: list[Node] = []
        op = "*"
        for part in found:
            if isinstance(part, Token):
                op = "/"
            else:
                factors.append((op, part))
                op = "*"
        lone: Node | None = factors[0][1] if len(factors) == 1 else None
        return ("product", *factors) if lone is None else lone

    def sum(self, found: list[Node | Token | None]) -> Node:
        terms: list[Node] = [(str(sign or "+"), term) for sign, term in zip(found[::2], found[1::2], strict=True)]
        lone: Node | None = terms[0][1] if len(terms) == 1 and terms[0][0] == "+" else None
        return ("sum", *terms) if lone is None else lone

    def case(self, found: list[Node]) -> Node:
        return (found[0], tuple(found[1:]))

    def otherwise(self, found: list[Node]) -> Node:
        return (found[0], None)

    def cases(self, found: list[Node]) -> Node:
        return ("cases", *found)

    def expression(self, found: list[Node]) -> Node:
        return found[0]

    def line(self, found: list[Any]) -> Node:
        symbol, formula = normal(found[0]), found[1]
        if len(found) == 2:
            return (symbol, formula, 0.0)
        first = re.sub("_t$", "_0", symbol)
        if normal(found[2]) != first:
            raise FormulaError(f"the value before the first step must be that of {first}: got {normal(found[2])}.")
        return (symbol, formula, float(found[3]))


def normal(symbol: str) -> str:
    r"""The normal spelling of a symbol: no spaces except the one after ``\hat``."""
    return re.sub(r"\\hat\s*", r"\\hat ", re.sub(r"\s+", "", str(symbol)))


def read_rule(update_latex: Mapping[str, str], rate_latex: str, symbols: Mapping[str, str]) -> Rule:
    r"""Parse a rule.

    Parameters
    ----------
    update_latex : mapping of str to str
        The lines by key, in order: see ``Rule``.
    rate_latex : str
        The effective step, in the same symbols.
    symbols : mapping of str to str
        The name of each hyperparameter, by its symbol.

    Raises
    ------
    FormulaError
        If a line cannot be parsed, a symbol has no meaning or two meanings, a line uses a line below it, the first
        line is not the gradient, or the last does not begin with the position before the step; the message names the
        line.

    Examples
    --------
    >>> gradient, step = r"g_t \leftarrow \nabla f(\theta_{t-1})", r"\theta_t \leftarrow \theta_{t-1} - \eta g_t"
    >>> read_rule({"g": gradient, "update": step}, r"\eta", {r"\eta": "lr"}).rate
    ('symbol', '\\eta', ('value', 'lr'))
    """
    names: dict[str, Node] = {normal(symbol): ("value", name) for symbol, name in symbols.items()}
    names |= {"t": ("step",), r"\theta_{t-1}": _POSITION}
    for key, latex in update_latex.items():
        symbol = normal(latex.split(r"\leftarrow", maxsplit=1)[0])
        if key not in {"g", "update"} and symbol.endswith("_t"):
            names[re.sub("_t$", "_{t-1}", symbol)] = ("part", key, 1)
    lines = []
    for key, latex in update_latex.items():
        try:
            symbol, formula, initial = read_line(latex, names)
            _check_place(key, formula, [*update_latex])
            if symbol in names:
                raise FormulaError(f"{symbol} would have two meanings.")
        except FormulaError as problem:
            raise FormulaError(f"line {key!r}: {problem}") from None
        names[symbol] = ("part", key, 0)
        lines.append(Line(key=key, symbol=symbol, formula=formula, initial=initial))
    try:
        rate = read_expression(rate_latex, names)
    except FormulaError as problem:
        raise FormulaError(f"the effective step: {problem}") from None
    return Rule(lines=tuple(lines), rate=rate)


def _check_place(key: str, formula: Node, keys: list[str]) -> None:
    if key == "position":
        raise FormulaError("no line may have this name: it is the result of update.")
    if (key == "g") != (formula == ("gradient",)) or (key == "g") != (key == keys[0]):
        raise FormulaError(r"the first line, and no other, must be g, with the formula \nabla f(\theta_{t-1}).")
    if (key == "update") != (key == keys[-1]):
        raise FormulaError("the last line, and no other, must be update.")
    if key == "update" and not (formula[0] == "sum" and formula[1] == ("+", ("symbol", r"\theta_{t-1}", _POSITION))):
        raise FormulaError(
            r"it must begin with the position before the step: \theta_{t-1} + ... or \theta_{t-1} - ...."
        )


def read_line(latex: str, names: Mapping[str, Node]) -> tuple[str, Node, float]:
    r"""Parse ``symbol \leftarrow formula``, followed by ``, \quad symbol_0 = value`` if its initial value is not zero.

    Returns the symbol, the formula and the value before the first step. Raises FormulaError with one sentence.
    """
    symbol, formula, initial = _read("line", latex, names)
    return symbol, formula, initial


def read_expression(latex: str, names: Mapping[str, Node]) -> Node:
    """Parse a formula without a result symbol: see ``read_line``."""
    expression: Node = _read("expression", latex, names)
    return expression


def _read(start: str, latex: str, names: Mapping[str, Node]) -> Any:
    try:
        return _Reader(names).transform(_PARSER.parse(latex, start=start))
    except UnexpectedInput as problem:
        rest = latex[problem.pos_in_stream :][:20]
        raise FormulaError(f"{latex!r} cannot be parsed from {rest!r} on.") from None
    except VisitError as problem:
        raise FormulaError(f"{latex!r}: {problem.orig_exc}") from None
