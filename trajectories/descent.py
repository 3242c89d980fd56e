"""In which basin of attraction a position lies."""

import torch
from torch import Tensor

from surfaces import Landscape
from trajectories.gradient import columns_evaluator
from trajectories.minimum_levels import RADIUS, MinimumLevels, minimum_levels
from trajectories.once import once

STEP = 1 / 250  # of the map: the longest step, shorter than any basin that a map can show
SHORTEST = 1e-9  # of the map: where no step of this length lowers the loss, the descent has ended
MOST = 2_000  # steps


@once(256)
def attracting_minimum(landscape: Landscape, x: float, y: float) -> int | None:
    """The minimum that gradient descent in short steps reaches from a position: this defines the basin of attraction.

    Parameters
    ----------
    landscape : Landscape
        Its minima are those of ``minima_of``, which lists or finds them.
    x, y : float
        The position.

    Returns
    -------
    int or None
        The minimum's index among ``minima_of(landscape)``; None if none of them is reached.

    Notes
    -----
    Each step goes against the gradient and is at most a 250th of the map long. A step that does not lower the loss is
    not taken, and the next one is four times shorter. So the descent follows the valley and jumps over no ridge. The
    result does not depend on a learning rate.

    Examples
    --------
    >>> from surfaces import SURFACES
    >>> hump = SURFACES["hump"].landscape
    >>> attracting_minimum(hump, 1.0, 0.5), attracting_minimum(hump, -2.0, 0.0)
    (0, 1)
    """
    known, evaluate = minimum_levels(landscape), columns_evaluator(landscape)
    size = torch.tensor(landscape.size, dtype=torch.float64)[:, None]
    position = torch.tensor([[x], [y]], dtype=torch.float64)
    found = evaluate(position).clone()
    length = STEP
    for _ in range(MOST):
        reached = _reached(known, position / size, found[0])
        if reached is not None or length < SHORTEST:
            return reached
        ahead = position - length * found[1:] / (found[1:] / size).norm()
        found_ahead = evaluate(ahead).clone()
        if bool(found_ahead[0] < found[0]):
            position, found = ahead, found_ahead
            length = min(STEP, 2 * length)
        else:
            length /= 4
    return None


def _reached(known: MinimumLevels, place: Tensor, loss: Tensor) -> int | None:
    """The minimum that a place, (2, 1) in maps, is near to and low at, so that a descent cannot leave it."""
    if not len(known.levels):
        return None
    nearest = int(known.nearest(place))
    near = bool((place[:, 0] - known.places[:, nearest]).norm() <= RADIUS)
    return nearest if near and bool(loss <= known.levels[nearest]) else None
