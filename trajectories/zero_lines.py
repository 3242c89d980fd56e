"""The lines on which a function of two numbers is zero."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Function = Callable[[Floats, Floats], Floats]
Crossing = tuple[int, int, int]  # a side between two nodes: its row and column, and 0 if it lies along x, 1 along y
HALVINGS = 60
STRAIGHT = 1e-12  # of the range: a point nearer to the line through its neighbors is left out


def zero_lines(function: Function, x: Floats, y: Floats) -> tuple[Floats, ...]:
    """Find the lines on which a function is zero, by marching squares.

    Parameters
    ----------
    function : callable
        ``function(x, y)``, computed element by element; NaN where it has no value.
    x, y : ndarray, float64, (columns,) and (rows,)
        The nodes of the grid on which its sign is compared; rising. A line that passes between nodes may be missed.

    Returns
    -------
    tuple of ndarray, float64, (n, 2)
        The points of each line in order; of a closed line the first point is repeated as the last. Each point lies on
        a side of a cell of the grid, where bisection finds it to the last digits.

    Examples
    --------
    >>> nodes = np.linspace(-2, 2, 5)
    >>> [line.round(9).tolist() for line in zero_lines(lambda x, y: x - 0.25, nodes, nodes)]
    [[[0.25, -2.0], [0.25, 2.0]]]
    """
    with np.errstate(all="ignore"):
        values = function(*np.meshgrid(x, y))
        above, known = values > 0, ~np.isnan(values)
        across = (above[:, 1:] != above[:, :-1]) & known[:, 1:] & known[:, :-1]
        up = (above[1:] != above[:-1]) & known[1:] & known[:-1]
        points = _bisected(function, x, y, across, up)
        middles = function(*np.meshgrid((x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2)) > 0
    size = np.array([x[-1] - x[0], y[-1] - y[0]])
    chains = _chains(_beside(across, up, above, middles))
    return tuple(_without_straight(np.array([points[crossing] for crossing in chain]), size) for chain in chains)


def _bisected(
    function: Function, x: Floats, y: Floats, across: NDArray[np.bool_], up: NDArray[np.bool_]
) -> dict[Crossing, Floats]:
    """The zero on each side of a cell whose ends have different signs."""
    sides = [(row, column, 0) for row, column in np.argwhere(across).tolist()]
    sides += [(row, column, 1) for row, column in np.argwhere(up).tolist()]
    if not sides:
        return {}
    row, column, way = np.array(sides).T
    begin = np.stack((x[column], y[row]))
    way_to_end = np.stack((x[column + (way == 0)], y[row + (way == 1)])) - begin
    low, high = np.zeros(len(sides)), np.ones(len(sides))
    sign = function(*begin) > 0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = (function(*(begin + middle * way_to_end)) > 0) == sign
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    found = begin + high * way_to_end
    return dict(zip(sides, found.T, strict=True))


def _beside(
    across: NDArray[np.bool_], up: NDArray[np.bool_], above: NDArray[np.bool_], middles: NDArray[np.bool_]
) -> dict[Crossing, list[Crossing]]:
    """For each crossing the one or two that the line connects it with."""
    beside: dict[Crossing, list[Crossing]] = {}
    crossed = across[:-1].astype(int) + across[1:] + up[:, :-1] + up[:, 1:]
    for row, column in np.argwhere(crossed >= 2).tolist():
        bottom, left, top, right = (row, column, 0), (row, column, 1), (row + 1, column, 0), (row, column + 1, 1)
        present = (across[row, column], up[row, column], across[row + 1, column], up[row, column + 1])
        sides = [side for side, there in zip((bottom, left, top, right), present, strict=True) if there]
        if len(sides) == 4 and above[row, column] == middles[row, column]:
            pairs = [(bottom, right), (left, top)]  # the lower left corner and the middle are on the same side
        elif len(sides) == 4:
            pairs = [(bottom, left), (top, right)]
        else:
            pairs = [(sides[0], sides[1])] if len(sides) == 2 else []
        for one, other in pairs:
            beside.setdefault(one, []).append(other)
            beside.setdefault(other, []).append(one)
    return beside


def _chains(beside: dict[Crossing, list[Crossing]]) -> list[list[Crossing]]:
    """The crossings of each line in order: first the lines with two ends, then the closed ones."""
    left = set(beside)
    chains = []
    for begin in sorted(beside, key=lambda crossing: (len(beside[crossing]), crossing)):
        if begin not in left:
            continue
        chain, here = [], begin
        while here in left:
            left.remove(here)
            chain.append(here)
            here = next((other for other in beside[here] if other in left), begin)
        chains.append(chain + [begin] * (len(chain) > 2 and begin in beside[chain[-1]]))
    return chains


def _without_straight(line: Floats, size: Floats) -> Floats:
    """The line without points between which it is straight."""
    if len(line) < 3:
        return line
    one, other = (line[1:-1] - line[:-2]) / size, (line[2:] - line[1:-1]) / size
    bends = np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]) > STRAIGHT
    return line[np.concatenate(([True], bends, [True]))]
