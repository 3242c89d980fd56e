"""Evaluate an optimizer's rule with floats or with tensors of any shape: the only evaluator of its trees.

Floats follow IEEE 754 where Python's operators would raise: a division by zero gives infinity or NaN, as in a tensor.
If the condition of a case is a float, only the selected branch is computed. If it is a tensor, both branches are
computed, and one is selected for each element; a NaN in the other branch has no effect.
"""

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from optimizers.rule import Node, Rule

Value = float | Tensor


def evaluate(node: Node, known: Mapping[Node, Value]) -> Value:
    r"""Compute a formula.

    Parameters
    ----------
    node : node
        A formula: see ``optimizers.rule``.
    known : mapping of node to float or Tensor
        The value of each symbol, by its ``of``, and the value of ``("gradient",)``. Tensors broadcast.

    Returns
    -------
    float or Tensor
        A float if all its values are floats.

    Examples
    --------
    >>> from optimizers.rule import read_expression
    >>> halved = read_expression(r"\eta / 2^t", {r"\eta": ("value", "lr"), "t": ("step",)})
    >>> evaluate(halved, {("value", "lr"): 0.1, ("step",): 3})
    0.0125
    >>> evaluate(halved, {("value", "lr"): torch.tensor([0.5, 1.0]), ("step",): 1})
    tensor([0.2500, 0.5000])
    """
    return _COMPUTE[node[0]](node, known)


def take_step(
    rule: Rule,
    values: Mapping[str, Value],
    gradient: Value,
    position: Value,
    t: Value,
    memory: Mapping[str, Value],
    kept: Mapping[str, Value] | None = None,
) -> dict[str, Value]:
    """Compute one step of a rule, line by line.

    Parameters
    ----------
    rule : Rule
        An optimizer's ``rule``.
    values : mapping of str to float or Tensor
        Every hyperparameter, by name. A tensor broadcasts with the position, for example with one value per column.
    gradient, position : float or Tensor
        The gradient given to the optimizer, and the position before the step.
    t : float or Tensor
        The number of the step, from 1; a tensor must be float64 and have no dimensions.
    memory : mapping of str to float or Tensor
        The result of the step before. A missing line has its initial value: pass ``{}`` for the first step.
    kept : mapping of str to float or Tensor, optional
        Results of this step that are already known, by key: they are used instead of being computed.

    Returns
    -------
    dict of str to float or Tensor
        The result of every line except ``g``, by key and in order. ``update`` is the change of the position, computed
        from its terms without the position; ``position``, the last entry, is the new position.

    Notes
    -----
    Works inside ``torch.jit.trace`` and ``make_fx``: no Python branch depends on the value of a tensor.

    Examples
    --------
    >>> from optimizers import OPTIMIZERS
    >>> adam = OPTIMIZERS["adam"]
    >>> first = take_step(adam.rule, adam.defaults | {"lr": 0.1}, 100.0, 1.0, 1, {})
    >>> {key: round(value, 6) for key, value in first.items()}
    {'m': 10.0, 'v': 10.0, 'm_hat': 100.0, 'v_hat': 10000.0, 'denominator': 100.0, 'update': -0.1, 'position': 0.9}
    """
    known: dict[Node, Value] = {("value", name): value for name, value in values.items()}
    known |= {("part", line.key, 1): memory.get(line.key, line.initial) for line in rule.lines}
    known |= {("step",): t, ("position",): position, ("gradient",): gradient, ("part", "g", 0): gradient}
    results: dict[str, Value] = {}
    for line in rule.lines[1:-1]:
        result = evaluate(line.formula, known) if kept is None or line.key not in kept else kept[line.key]
        known["part", line.key, 0] = results[line.key] = result
    _, _, *terms = rule.lines[-1].formula  # the position before the step, and the terms added to it
    change: Value | None = None
    for sign, term in terms:
        value = evaluate(term, known)
        position = position + value if sign == "+" else position - value
        change = _signed(sign, value) if change is None else change + value if sign == "+" else change - value
    if change is not None:
        results["update"] = change
    return results | {"position": position}


def _signed(sign: str, value: Value) -> Value:
    return value if sign == "+" else -value


def _symbol(node: Node, known: Mapping[Node, Value]) -> Value:
    return known[node[2]]


def _gradient(node: Node, known: Mapping[Node, Value]) -> Value:
    return known[node]


def _number(node: Node, _: Mapping[Node, Value]) -> Value:
    return float(node[1])


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
}
