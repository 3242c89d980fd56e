"""How far noise spreads a run around a minimum: predicted by a formula on a bowl, and measured on the walk."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from optimizers import OPTIMIZERS
from surfaces import Landscape, is_visitors
from trajectories.minima import minima_of
from trajectories.once import once
from trajectories.scenario import Run, Scenario
from trajectories.terrain import derivatives

# Hessians at two points of the map are equal if they differ by at most this share: then the landscape is a bowl.
ALIKE = 1e-9
# The spread is measured on this last part of a walk, which must lie around the minimum and not on the way to it.
LAST = 0.5
FEWEST_STEPS = 200


Pair = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The standard deviations of a run's positions around a minimum, along the main axes of the bowl.

    Parameters
    ----------
    center : (float, float)
        The minimum.
    axes : ((float, float), (float, float))
        The main axes of the Hessian, of length 1.
    predicted : (float, float)
        Along each axis, by ``variances``.
    measured : (float, float)
        Along each axis, over the last half of the steps: the root of the mean squared distance from the minimum.
    first : int
        The first step that is measured.
    """

    center: Pair
    axes: tuple[Pair, Pair]
    predicted: Pair
    measured: Pair
    first: int


def spread_of(scenario: Scenario, run: int, positions: NDArray[np.float64]) -> Spread | None:
    """The predicted and the measured spread of one run of a scenario.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    run : int
        The index of the run.
    positions : ndarray, float64, (steps + 1, 2)
        Its positions.

    Returns
    -------
    Spread or None
        None without noise; with batches, whose noise the formulas leave out; on a landscape that is not a quadratic
        bowl; for an optimizer without a formula; beyond the stability limit; with fewer than 200 steps; and if the run
        has not come to the minimum by the middle of the walk.
    """
    steps = len(positions) - 1
    # The bowl comes last: to find it, the minima of the landscape are searched for, which other walks do not need.
    if scenario.noise == 0 or scenario.batch > 0 or steps < FEWEST_STEPS or not np.isfinite(positions).all():
        return None
    bowl = quadratic_bowl(scenario.landscape)
    if bowl is None:
        return None
    center, curvatures, axes = bowl
    predicted = variances(scenario.runs[run], curvatures, scenario.noise)
    if predicted is None:
        return None
    first = round(LAST * steps)
    away = (positions - center) @ axes.T
    if (np.abs(away[first]) > 4 * np.sqrt(predicted)).any():
        return None
    measured = np.sqrt((away[first:] ** 2).mean(axis=0))
    return Spread(
        center=center,
        axes=(_pair(axes[0]), _pair(axes[1])),
        predicted=_pair(np.sqrt(predicted)),
        measured=_pair(measured),
        first=first,
    )


def _pair(numbers: NDArray[np.float64]) -> Pair:
    first, second = numbers.tolist()
    return first, second


@once(64, is_visitors)
def quadratic_bowl(landscape: Landscape) -> tuple[tuple[float, float], NDArray[np.float64], NDArray[np.float64]] | None:
    """The minimum, the curvatures (2,) and the main axes (2, 2) in rows, if the Hessian is the same everywhere.

    None if it is not, or if a curvature is not positive.
    """
    minima = minima_of(landscape)
    if len(minima) != 1:
        return None
    (x_low, x_high), (y_low, y_high) = landscape.bounds
    points = [(minima[0].x, minima[0].y), (x_low, y_low), (x_high, y_low), (0.3 * x_low + 0.7 * x_high, y_high)]
    hessians = derivatives(landscape, torch.tensor(points, dtype=torch.float64))[2].numpy()
    if np.abs(hessians - hessians[0]).max() > ALIKE * np.abs(hessians[0]).max():
        return None
    curvatures, axes = np.linalg.eigh(hessians[0])
    return ((minima[0].x, minima[0].y), curvatures, axes.T) if curvatures[0] > 0 else None


def variances(run: Run, curvatures: NDArray[np.float64], sigma: float) -> NDArray[np.float64] | None:
    """The stationary variances of a run along axes with these curvatures, for gradient noise of deviation ``sigma``.

    Returns
    -------
    ndarray, float64, same shape as ``curvatures``, or None
        By the formula in the optimizer's record; None without a formula, and beyond the stability limit.

    Examples
    --------
    >>> variances(Run(optimizer="sgd", values={"lr": 0.1}), np.array([1.0]), 1.0).round(4)
    array([0.0526])
    """
    formula = OPTIMIZERS[run.optimizer].stationary_variance
    if formula is None:
        return None
    with np.errstate(divide="ignore"):  # at the stability limit the variance is infinite
        found: NDArray[np.float64] = formula(run.values, curvatures, sigma)
    return found if (np.isfinite(found) & (found > 0)).all() else None
