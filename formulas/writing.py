"""Write a formula as the text from which it can be read again, or as LaTeX."""

from collections.abc import Callable, Mapping

from formulas.functions import FUNCTIONS
from formulas.nodes import Node

Writer = Callable[[Node], str]

_LATEX_CONSTANTS = {"pi": r"\pi", "e": "e"}


def write_typed(node: Node) -> str:
    """Write a typed formula as a text that ``formulas.typed.read_typed`` reads as the same nodes.

    Examples
    --------
    >>> from formulas.typed import read_typed
    >>> write_typed(read_typed("3sin 2x · y²"))
    '3*sin(2*x)*y^2'
    """
    return _TYPED[node[0]](node)


def write_latex(node: Node) -> str:
    r"""Write a typed formula as LaTeX, without delimiters. Quotients are fractions.

    Examples
    --------
    >>> from formulas.typed import read_typed
    >>> write_latex(read_typed("x^2/(a+1) - |y|"))
    '\\frac{x^{2}}{a + 1} - \\left|y\\right|'
    """
    return _LATEX[node[0]](node)


def _applied(name: str, arguments: tuple[Node, ...]) -> str:
    return f"{name}({', '.join(map(write_typed, arguments))})"


def _typed_power(node: Node) -> str:
    _, base, exponent = node
    written = write_typed(exponent)
    inside = exponent[0] in {"sum", "product", "group"}
    return f"{write_typed(base)}^{f'({written})' if inside else written}"


def _typed_product(node: Node) -> str:
    (_, first), *others = node[1:]
    return write_typed(first) + "".join(f"{op}{write_typed(one)}" for op, one in others)


def _sum(node: Node, write: Writer) -> str:
    (sign, first), *others = node[1:]
    return ("-" if sign == "-" else "") + write(first) + "".join(f" {plus} {write(one)}" for plus, one in others)


_TYPED: Mapping[str, Writer] = {
    "number": lambda node: str(node[1]),
    "constant": lambda node: str(node[1]),
    "symbol": lambda node: str(node[2][1]),
    "group": lambda node: f"({write_typed(node[1])})",
    "abs": lambda node: _applied("abs", node[1:]),
    "root": lambda node: _applied("sqrt", node[1:]),
    "max": lambda node: _applied("max", node[1:]),
    "call": lambda node: _applied(node[1], node[2:]),
    "power": _typed_power,
    "product": _typed_product,
    "sum": lambda node: _sum(node, write_typed),
}


def _fenced(text: str) -> str:
    return rf"\left({text}\right)"


def _latex_number(node: Node) -> str:
    digits, _, exponent = str(node[1]).lower().partition("e")
    return rf"{digits} \cdot 10^{{{int(exponent)}}}" if exponent else digits


def _latex_call(name: str, arguments: tuple[Node, ...]) -> str:
    latex = (name in FUNCTIONS and FUNCTIONS[name].latex) or rf"\operatorname{{{name}}}"
    return latex + _fenced(", ".join(map(write_latex, arguments)))


def _latex_power(node: Node) -> str:
    _, base, exponent = node
    alone = base[0] in {"constant", "symbol", "group", "abs"} or (base[0] == "number" and "e" not in base[1].lower())
    return f"{write_latex(base) if alone else _fenced(write_latex(base))}^{{{write_latex(exponent)}}}"


def _latex_product(node: Node) -> str:
    (_, first), *others = node[1:]
    written = write_latex(first)
    for op, one in others:
        if op == "/":
            written = rf"\frac{{{written}}}{{{write_latex(one[1] if one[0] == 'group' else one)}}}"
        elif one[0] == "sum":
            written += r" \cdot " + _fenced(write_latex(one))
        else:
            begins_with_number = (one[1] if one[0] == "power" else one)[0] == "number"
            written += (r" \cdot " if begins_with_number else " ") + write_latex(one)
    return written


_LATEX: Mapping[str, Writer] = {
    "number": _latex_number,
    "constant": lambda node: _LATEX_CONSTANTS[node[1]],
    "symbol": lambda node: str(node[1]),
    "group": lambda node: _fenced(write_latex(node[1])),
    "abs": lambda node: rf"\left|{write_latex(node[1])}\right|",
    "root": lambda node: rf"\sqrt{{{write_latex(node[1])}}}",
    "max": lambda node: r"\max" + _fenced(", ".join(map(write_latex, node[1:]))),
    "call": lambda node: _latex_call(node[1], node[2:]),
    "power": _latex_power,
    "product": _latex_product,
    "sum": lambda node: _sum(node, write_latex),
}
