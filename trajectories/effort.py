"""The time budget of searches on the map of a typed formula: the longer the formula, the fewer rounds they have."""

import torch

from surfaces import Landscape
from surfaces.typed import TypedFormula
from trajectories.derivatives import derivatives_by
from trajectories.once import once

OPERATIONS = 12_000  # of autograd in the rounds of one search: at most about a second on one core
FEWEST = 10


def rounds_of(formula: TypedFormula | None, most: int) -> int:
    """How many rounds a search has, each of which computes all derivatives once.

    Parameters
    ----------
    formula : TypedFormula, optional
        What is searched; None: a landscape of the catalogue, whose searches have all rounds.
    most : int
        The rounds of a search without a budget.

    Returns
    -------
    int
        It depends on the formula alone, not on a clock: the same link has the same minima on every machine. Points that
        have not settled after these rounds are left out; none is marked that is no minimum.

    Examples
    --------
    >>> from formulas.typed import read_typed
    >>> long = "*".join(["x^y"] * 40)
    >>> [rounds_of(TypedFormula(text, read_typed(text)), 80) for text in ("x^2 + y^2", long)]
    [80, 20]
    """
    return most if formula is None else max(min(FEWEST, most), min(most, OPERATIONS // _operations(formula)))


def rounds_on(landscape: Landscape, most: int) -> int:
    """How many rounds a search on a map has: see ``rounds_of``."""
    return rounds_of(landscape.formula, most)


@once(256)
def _operations(formula: TypedFormula) -> int:
    """The number of operations that autograd records for the gradient of a formula."""
    with torch.inference_mode(mode=False), torch.enable_grad():
        by = [torch.full((1,), 0.5, dtype=torch.float64, requires_grad=True) for _ in "xy"]
        gradients = derivatives_by(formula.loss(*by), by, create_graph=True)
    seen = set()
    stack = [gradient.grad_fn for gradient in gradients if gradient.grad_fn is not None]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            stack += [before for before, _ in node.next_functions if before is not None]
    return max(1, len(seen))
