"""Turn a rule's tree (see formulas/nodes.py) into one of numbers alone, for ``formulas.evaluate``."""

from collections.abc import Iterator, Mapping
from typing import Any

from formulas import evaluate


def settle(node: Any, known: Mapping[Any, Any]) -> Any:
    """The tree with every case replaced by the one that holds."""
    if not isinstance(node, tuple) or node[0] == "symbol":
        return node
    if node[0] == "cases":
        holding = (
            result
            for result, condition in node[1:]
            if condition is None or evaluate(condition[0], known) > evaluate(condition[1], known)
        )
        return settle(next(holding), known)
    return tuple(settle(part, known) for part in node)


def fill(node: Any, numbers: Iterator[float]) -> Any:
    """The tree with every symbol and gradient replaced by the next number, in the order in which they are drawn."""
    if not isinstance(node, tuple):
        return node
    if node[0] in {"symbol", "gradient"}:
        return ("number", repr(next(numbers)))
    return tuple(fill(part, numbers) for part in node)
