"""Compute a formula's tree (see charts/formula.py) in Python, as the browser does in JavaScript."""

import math
from collections.abc import Callable
from typing import Any

Look = Callable[[list[Any]], Any]


def compute(node: list[Any], look: Look) -> float:
    """The number that a tree comes to; ``look(of)`` says what a symbol stands for."""
    kind, *rest = node

    def value(child: list[Any]) -> float:
        return compute(child, look)

    kinds: dict[str, Callable[[], float]] = {
        "number": lambda: float(rest[0]),
        "symbol": lambda: float(look(rest[1])),
        "gradient": lambda: float(look(node)),
        "group": lambda: value(rest[0]),
        "root": lambda: math.sqrt(value(rest[0])),
        "abs": lambda: abs(value(rest[0])),
        "max": lambda: max(map(value, rest)),
        "power": lambda: float(value(rest[0]) ** value(rest[1])),
        "fraction": lambda: value(rest[0]) / value(rest[1]),
        "sum": lambda: sum(value(term) if sign == "+" else -value(term) for sign, term in rest),
        "product": lambda: math.prod(value(factor) if op == "*" else 1 / value(factor) for op, factor in rest),
        "cases": lambda: value(settle(node, look)),
    }
    return kinds[kind]()


def settle(node: Any, look: Look) -> Any:
    """The tree with every case replaced by the one that holds."""
    if not isinstance(node, list) or node[0] == "symbol":
        return node
    if node[0] == "cases":
        for value, condition in node[1:]:
            if condition is None or compute(condition[0], look) > compute(condition[1], look):
                return settle(value, look)
    return [settle(part, look) for part in node]


def symbols(node: Any) -> list[list[Any]]:
    """Every symbol and gradient of a tree, in the order in which it is drawn."""
    if not isinstance(node, list):
        return []
    if node[0] in ("symbol", "gradient"):
        return [node]
    return [found for part in node for found in symbols(part)]
