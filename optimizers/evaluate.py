"""Take a step of an optimizer's rule, with floats or with tensors of any shape."""

from collections.abc import Mapping

from formulas import Node, Value, evaluate
from optimizers.rule import Rule


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
        if change is None:
            change = value if sign == "+" else -value
        else:
            change = change + value if sign == "+" else change - value
    if change is not None:
        results["update"] = change
    return results | {"position": position}
