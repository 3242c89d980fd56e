"""Where many walks end: a cloud of ends around each minimum, described by its mean and its covariance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surfaces import Landscape
from trajectories.minima import minima_of
from trajectories.verdicts import DIVERGED, LEFT, NOWHERE

FEWEST = 3  # so many ends have a covariance of full rank
Pair = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Cloud:
    """The ends of walks that are nearest to one minimum.

    Parameters
    ----------
    minimum : int
        Index of the minimum, from 0; -1 on a landscape without minima, where all ends are one cloud.
    count : int
        The number of ends, at least ``FEWEST``.
    center : (float, float)
        Their mean.
    axes : ((float, float), (float, float))
        The main axes of their covariance, of length 1; the one with the larger deviation first.
    deviations : (float, float)
        The standard deviation along each axis: the root of the covariance's eigenvalue.
    """

    minimum: int
    count: int
    center: Pair
    axes: tuple[Pair, Pair]
    deviations: Pair


def clouds_of(landscape: Landscape, ends: NDArray[np.float64], kinds: NDArray[np.int8]) -> tuple[Cloud, ...]:
    """The clouds of the ends that lie on the map.

    Parameters
    ----------
    landscape : Landscape
        The landscape; distances from its minima are measured on the map scaled to a square of side 1.
    ends : ndarray, float64, (n, 2)
        The last position of each walk.
    kinds : ndarray, int8, (n,)
        The outcome of each, as an index into ``KINDS``; walks that left the map or diverged are left out.

    Returns
    -------
    tuple of Cloud
        One for each minimum to which at least ``FEWEST`` ends are nearest, in the minima's order.

    Examples
    --------
    >>> from surfaces import SURFACES
    >>> ends = np.array([[1.0, 0.0], [0.0, 0.5], [-1.0, 0.0], [0.0, -0.5]])
    >>> (cloud,) = clouds_of(SURFACES["matyas"].landscape, ends, np.zeros(4, dtype=np.int8))
    >>> cloud.center, [round(deviation, 3) for deviation in cloud.deviations]
    ((0.0, 0.0), [0.816, 0.408])
    """
    here = ends[(kinds != LEFT) & (kinds != DIVERGED)]
    minima = minima_of(landscape)
    if not minima:
        return (_cloud(NOWHERE, here),) if len(here) >= FEWEST else ()
    away = (here[:, None] - [(minimum.x, minimum.y) for minimum in minima]) / np.array(landscape.size)
    nearest = np.square(away).sum(axis=2).argmin(axis=1)
    near = [here[nearest == index] for index in range(len(minima))]
    return tuple(_cloud(index, some) for index, some in enumerate(near) if len(some) >= FEWEST)


def _cloud(minimum: int, ends: NDArray[np.float64]) -> Cloud:
    variances, axes = np.linalg.eigh(np.cov(ends.T))
    # Rounding may make the variance across a line of ends a little less than zero.
    deviations = np.sqrt(np.maximum(variances, 0.0))
    return Cloud(
        minimum=minimum,
        count=len(ends),
        center=_pair(ends.mean(axis=0)),
        axes=(_pair(axes[:, 1]), _pair(axes[:, 0])),
        deviations=_pair(deviations[::-1]),
    )


def _pair(numbers: NDArray[np.float64]) -> Pair:
    first, second = numbers.tolist()
    return first, second
