"""Typed formulas as MathML: nested lists of element names and texts, from which the browser makes elements."""

from collections.abc import Callable, Mapping
from typing import Any

from formulas.nodes import GREEK, Node

Element = list[Any]
"""``["mi", "x"]``, or ``["msup", element, element]``: a name, then one text or elements."""

_CONSTANTS = {"pi": "π", "e": "e"}
_NAMES = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}
_BASES = {"log10": "10", "log2": "2"}


def write_mathml(node: Node) -> Element:
    """Write a typed formula as MathML. Quotients are fractions.

    Examples
    --------
    >>> from formulas.typed import read_typed
    >>> write_mathml(read_typed("x²/2"))
    ['mfrac', ['msup', ['mi', 'x'], ['mn', '2']], ['mn', '2']]
    """
    return _WRITERS[node[0]](node)


def _row(*parts: Element) -> Element:
    return parts[0] if len(parts) == 1 else ["mrow", *parts]


def _sign(text: str) -> Element:
    return ["mo", text]


def _fenced(*inner: Element, left: str = "(", right: str = ")") -> Element:
    return ["mrow", _sign(left), *inner, _sign(right)]


def _number(node: Node) -> Element:
    digits, _, exponent = str(node[1]).lower().partition("e")
    if not exponent:
        return ["mn", digits]
    power = ["mn", exponent.lstrip("+")] if not exponent.startswith("-") else ["mn", f"−{exponent[1:]}"]
    return ["mrow", ["mn", digits], _sign("·"), ["msup", ["mn", "10"], power]]


def _call(node: Node) -> Element:
    _, name, *arguments = node
    letter: Element = ["mi", "log"] if name in _BASES else ["mi", _NAMES.get(name, name)]
    if name in _BASES:
        letter = ["msub", letter, ["mn", _BASES[name]]]
    return ["mrow", letter, _fenced(*_separated(arguments))]


def _separated(arguments: list[Node]) -> list[Element]:
    first, *rest = map(write_mathml, arguments)
    return [first, *(part for one in rest for part in (_sign(","), one))]


def _power(node: Node) -> Element:
    _, base, exponent = node
    alone = base[0] in {"constant", "symbol", "group", "abs"} or (base[0] == "number" and "e" not in base[1].lower())
    written = write_mathml(base)
    return ["msup", written if alone else _fenced(written), write_mathml(exponent)]


def _product(node: Node) -> Element:
    (_, first), *others = node[1:]
    parts = [write_mathml(first)]
    for op, one in others:
        if op == "/":
            parts = [["mfrac", _row(*parts), write_mathml(one[1] if one[0] == "group" else one)]]
        elif one[0] == "sum":
            parts += [_sign("·"), _fenced(write_mathml(one))]
        else:
            numeral = (one[1] if one[0] == "power" else one)[0] == "number"
            parts += [_sign("·"), write_mathml(one)] if numeral else [_sign("\u2062"), write_mathml(one)]
    return _row(*parts)


def _sum(node: Node) -> Element:
    (sign, first), *others = node[1:]
    begin = [_sign("−")] if sign == "-" else []
    rest = (part for plus, one in others for part in (_sign("−" if plus == "-" else "+"), write_mathml(one)))
    return ["mrow", *begin, write_mathml(first), *rest]


_WRITERS: Mapping[str, Callable[[Node], Element]] = {
    "number": _number,
    "constant": lambda node: ["mi", _CONSTANTS[node[1]]],
    "symbol": lambda node: ["mi", GREEK.get(node[1], node[1])],
    "group": lambda node: _fenced(write_mathml(node[1])),
    "abs": lambda node: _fenced(write_mathml(node[1]), left="|", right="|"),
    "root": lambda node: ["msqrt", write_mathml(node[1])],
    "max": lambda node: ["mrow", ["mi", "max"], _fenced(*_separated(list(node[1:])))],
    "call": _call,
    "power": _power,
    "product": _product,
    "sum": _sum,
}
