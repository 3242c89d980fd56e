"""The outcome of a network's walk. A minimum of the map is no minimum of the loss, so no outcome names a minimum."""

import numpy as np
import torch
from numpy.typing import NDArray

from surfaces import Landscape
from trajectories.border import Border
from trajectories.stretch import extent_of
from trajectories.verdicts import Kind

# A walk rests if position and loss changed by at most this share of themselves during the last tenth of its steps.
UNCHANGED = 1e-12
LAST = 0.1


def judge_network(landscape: Landscape, record: NDArray[np.float64]) -> list[tuple[Kind, int, int]]:
    """Determine how the walks of a network ended.

    Parameters
    ----------
    landscape : Landscape
        The landscape of a network.
    record : ndarray, float64, (steps + 1, runs, 5 or more)
        x, y, loss and gradient: see ``network_walk.NetworkWalk``.

    Returns
    -------
    list of (str, int, int)
        For each run the kind, its step, and the first step from a position on the map to one off the map; -1 for none.
        ``diverged``: a number was not finite. ``left_the_map``: at the end the nearest position on the plane is off the
        map. ``flat``: position and loss no longer changed. Else ``still_moving``.
    """
    steps, runs = len(record) - 1, record.shape[1]
    border = Border(landscape, runs)
    positions = torch.from_numpy(record[:, :, :2]).transpose(1, 2)
    border.add_steps(0, positions, extent_of(positions))
    verdicts: list[tuple[Kind, int, int]] = []
    for run in range(runs):
        numbers, exit_step = record[:, run, :3], int(border.exits[run])
        broken = np.flatnonzero(~np.isfinite(record[:, run, :5]).all(axis=1))
        changed = np.flatnonzero((np.abs(numbers - numbers[-1]) > UNCHANGED * np.abs(numbers[-1])).any(axis=1))
        since = int(changed[-1]) + 1 if changed.size else 0
        if broken.size:
            verdicts.append(("diverged", int(broken[0]), exit_step))
        elif border.outside[run]:
            verdicts.append(("left_the_map", int(border.since[run]), exit_step))
        elif since < steps and since <= (1 - LAST) * steps:
            verdicts.append(("flat", since, exit_step))
        else:
            verdicts.append(("still_moving", steps, exit_step))
    return verdicts
