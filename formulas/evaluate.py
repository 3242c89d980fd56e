"""Evaluate formulas with floats or with tensors of any shape: the only evaluator of their trees.

Floats follow IEEE 754 where Python's operators would raise: a division by zero gives infinity or NaN, as in a tensor.
If the condition of a case is a float, only the selected branch is computed. If it is a tensor, both branches are
computed, and one is selected for each element; a NaN in the other branch has no effect.
"""

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from formulas.functions import FUNCTIONS
from formulas.nodes import Node

Value = float | Tensor

CONSTANTS = {"pi": math.pi, "e": math.e}


def evaluate(node: Node, known: Mapping[Node, Value]) -> Value:
    r"""Compute a formula.

    Parameters
    ----------
    node : node
        A formula: see ``formulas.nodes``.
    known : mapping of node to float or Tensor
        The value of each symbol, by its ``of``, and the value of ``("gradient",)``. Tensors broadcast.

    Returns
    -------
    float or Tensor
        A float if all its values are floats.

    Examples
    --------
    >>> halved = ("product", ("*", ("symbol", "a", ("value", "a"))), ("/", ("number", "8")))
    >>> evaluate(halved, {("value", "a"): 0.1})
    0.0125
    >>> evaluate(halved, {("value", "a"): torch.tensor([4.0, 8.0])})
    tensor([0.5000, 1.0000])
    """
    return _COMPUTE[node[0]](node, known)


def _signed(sign: str, value: Value) -> Value:
    return value if sign == "+" else -value


def _symbol(node: Node, known: Mapping[Node, Value]) -> Value:
    return known[node[2]]


def _gradient(node: Node, known: Mapping[Node, Value]) -> Value:
    return known[node]


def _number(node: Node, _: Mapping[Node, Value]) -> Value:
    return float(node[1])


def _constant(node: Node, _: Mapping[Node, Value]) -> Value:
    return CONSTANTS[node[1]]


def _call(node: Node, known: Mapping[Node, Value]) -> Value:
    function = FUNCTIONS[node[1]]
    values = [evaluate(part, known) for part in node[2:]]
    result = function.compute(*map(_tensor, values))
    return result if any(isinstance(value, Tensor) for value in values) else result.item()


def _group(node: Node, known: Mapping[Node, Value]) -> Value:
    return evaluate(node[1], known)


def _abs(node: Node, known: Mapping[Node, Value]) -> Value:
    value = evaluate(node[1], known)
    return value.abs() if isinstance(value, Tensor) else abs(value)


def _sum(node: Node, known: Mapping[Node, Value]) -> Value:
    (sign, first), *rest = node[1:]
    total = _signed(sign, evaluate(first, known))
    for sign, term in rest:
        value = evaluate(term, known)
        total = total + value if sign == "+" else total - value
    return total


def _product(node: Node, known: Mapping[Node, Value]) -> Value:
    (_, first), *rest = node[1:]
    total = evaluate(first, known)
    for op, factor in rest:
        value = evaluate(factor, known)
        total = total * value if op == "*" else _divide(total, value)
    return total


def _fraction(node: Node, known: Mapping[Node, Value]) -> Value:
    return _divide(evaluate(node[1], known), evaluate(node[2], known))


def _divide(above: Value, below: Value) -> Value:
    if isinstance(above, Tensor) or isinstance(below, Tensor) or below:
        return above / below
    return above * math.copysign(math.inf, below)


def _root(node: Node, known: Mapping[Node, Value]) -> Value:
    square = evaluate(node[1], known)
    if isinstance(square, Tensor):
        return square.sqrt()
    return math.sqrt(square) if square >= 0 else math.nan


def _power(node: Node, known: Mapping[Node, Value]) -> Value:
    base = evaluate(node[1], known)
    if node[2] == ("number", "2"):  # one multiplication, rounded once, as in torch's optimizers
        return base * base
    exponent = evaluate(node[2], known)
    if isinstance(base, Tensor) or isinstance(exponent, Tensor):
        powers: Tensor = base**exponent
        return powers
    try:
        return math.pow(base, exponent)
    except (OverflowError, ValueError):  # the result is infinite or NaN
        return torch.pow(_tensor(base), _tensor(exponent)).item()


def _max(node: Node, known: Mapping[Node, Value]) -> Value:
    one, other = evaluate(node[1], known), evaluate(node[2], known)
    if isinstance(one, Tensor) or isinstance(other, Tensor):
        return torch.maximum(_tensor(one), _tensor(other))
    return one if one > other or math.isnan(one) else other


def _cases(node: Node, known: Mapping[Node, Value]) -> Value:
    (result, condition), *others = node[1:]
    if condition is None:
        return evaluate(result, known)
    holds = evaluate(condition[0], known) > evaluate(condition[1], known)
    if isinstance(holds, Tensor):
        return torch.where(holds, _tensor(evaluate(result, known)), _tensor(_cases(("cases", *others), known)))
    return evaluate(result if holds else ("cases", *others), known)


def _tensor(value: Value) -> Tensor:
    return value if isinstance(value, Tensor) else torch.full((), value, dtype=torch.float64)


_COMPUTE: dict[str, Callable[[Node, Mapping[Node, Value]], Value]] = {
    "number": _number,
    "constant": _constant,
    "symbol": _symbol,
    "gradient": _gradient,
    "group": _group,
    "abs": _abs,
    "sum": _sum,
    "product": _product,
    "fraction": _fraction,
    "root": _root,
    "power": _power,
    "max": _max,
    "cases": _cases,
    "call": _call,
}
