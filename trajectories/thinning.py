"""Select the positions of long walks through which their paths are drawn, so that no excursion is lost."""

import numpy as np
from numpy.typing import NDArray

LEAST_POINTS = 8


def thin_paths(positions: NDArray[np.float64], most: int) -> list[NDArray[np.float32]]:
    """The points of each walk's path: all of a short walk, of a longer one those with the extremes of each part.

    Parameters
    ----------
    positions : ndarray, float64, (n, steps + 1, 2)
        The walks, from their starts.
    most : int
        The largest number of points of a path, at least ``LEAST_POINTS``.

    Returns
    -------
    list of ndarray, float32, (at most ``most``, 2)
        For each walk its first point, its last, and of each of equally long parts the points with the least and the
        greatest x and y, in order. A path ends before the first number that is not finite in float32.

    Examples
    --------
    >>> walk = np.zeros((1, 1001, 2))
    >>> walk[0, :, 0], walk[0, 500, 1] = np.arange(1001), 7
    >>> (path,) = thin_paths(walk, 30)
    >>> len(path) <= 30, path[0].tolist(), path[-1].tolist(), [500, 7] in path.tolist()
    (True, [0.0, 0.0], [1000.0, 0.0], True)
    """
    if most < LEAST_POINTS:
        raise ValueError(f"A path needs at least {LEAST_POINTS} points: got {most}.")
    with np.errstate(over="ignore"):
        points = positions.astype(np.float32)
    finite = np.isfinite(points[..., 0]) & np.isfinite(points[..., 1])
    counts = np.where(finite.all(axis=1), points.shape[1], finite.argmin(axis=1))
    return [_thin(path[:count], most) for path, count in zip(points, counts.tolist(), strict=True)]


def _thin(path: NDArray[np.float32], most: int) -> NDArray[np.float32]:
    count = len(path)
    if count <= most:
        return path
    length = -(-count // ((most - 2) // 4))
    # The last part is filled up with copies of the last point.
    steps = np.minimum(np.arange(length * -(-count // length)).reshape(-1, length), count - 1)
    parts = path[steps]
    found = np.concatenate([parts.argmin(axis=1), parts.argmax(axis=1)], axis=1)
    kept = np.take_along_axis(steps, found, axis=1)
    chosen: NDArray[np.float32] = path[np.unique(np.concatenate([[0], kept.ravel(), [count - 1]]))]
    return chosen
