"""The nodes of formulas, of the rules of optimizers as well as of what a visitor types.

A node is a tuple; its first entry is its type:

====================================  ==================================================================
``("number", "0.96")``                the number as it is written
``("constant", "pi")``                and ``("constant", "e")``
``("symbol", latex, of)``             ``latex``: its normal spelling; ``of``: its meaning
``("sum", (sign, node), ...)``        signs are ``"+"`` and ``"-"``
``("product", (op, node), ...)``      ops are ``"*"`` and ``"/"``
``("power", base, exponent)``         and ``("root", node)``, ``("fraction", above, below)``,
``("group", node)``                   ``("abs", node)``, ``("max", one, other)``
``("call", name, node, ...)``         another function: see ``formulas.functions``
``("cases", (node, condition), ...)`` a condition ``(left, right)`` means left > right; the last is None: otherwise
``("gradient",)``                     the gradient of the surface before the step
====================================  ==================================================================

``of`` is, in a rule, ``("part", key, back)`` (the result of a line, ``back`` = 0 or 1 steps ago), ``("value", name)``
(a hyperparameter), ``("step",)`` (t, from 1), or ``("position",)`` (the position before the step). In a typed formula
it is ``("coordinate", "x")`` or ``"y"``, ``("polar", "r")`` or ``"theta"``, or ``("value", name)`` (a letter that has a
slider).
"""

from collections.abc import Iterator
from typing import Any

Node = tuple[Any, ...]

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
    """A formula that cannot be used; the message is one sentence.

    Parameters
    ----------
    message : str
        What is wrong, where, and what to write instead.
    position, length : int
        The part of the text that is wrong: its first character, from 0, and its number of characters. 0 characters
        at the end of the text mean that something is missing there.
    """

    def __init__(self, message: str, position: int = 0, length: int = 0) -> None:
        super().__init__(message)
        self.position = position
        self.length = length


def meanings(node: Node) -> Iterator[Node]:
    """The meanings of the symbols and gradients in a formula, in the order in which they are displayed."""
    if node[0] == "symbol":
        yield node[2]
    elif node[0] == "gradient":
        yield node
    else:
        for part in node:
            if isinstance(part, tuple):
                yield from meanings(part)


def inner(node: Node) -> Iterator[Node]:
    """The nodes directly inside a node, without signs, operators and conditions."""
    if node[0] in {"sum", "product"}:
        yield from (part for _, part in node[1:])
    elif node[0] != "symbol":
        yield from (part for part in node[1:] if isinstance(part, tuple))


def measure(node: Node) -> tuple[int, int]:
    """The number of nodes of a typed formula, and its depth: the most nodes inside each other."""
    count, deepest, stack = 0, 0, [(node, 1)]
    while stack:
        part, depth = stack.pop()
        count, deepest = count + 1, max(deepest, depth)
        stack += [(one, depth + 1) for one in inner(part)]
    return count, deepest
