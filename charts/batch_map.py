"""The loss of a batch on the map, in the tones of the map, for contour lines over it."""

import numpy as np
import torch
from numpy.typing import NDArray

from charts.ground import count_levels, tone_map
from charts.tone import Floats, Tone
from surfaces import Landscape
from surfaces.model import mean_loss
from trajectories.once import once

BATCH_RESOLUTION = (96, 60)


def batch_tones(
    landscape: Landscape, batch: NDArray[np.int64], resolution: tuple[int, int] = BATCH_RESOLUTION
) -> tuple[Floats, Floats]:
    """Compute the loss of a batch on an even grid over the map, as tones of the map.

    Parameters
    ----------
    landscape : Landscape
        The landscape whose map is shown; it has a model and examples.
    batch : ndarray of int64, shape (size,)
        The examples of the batch by their index.
    resolution : (int, int)
        Number of points along x and along y; the first and the last lie on the bounds.

    Returns
    -------
    tones : ndarray of float64, shape (rows, columns)
        y increases with the row. A loss beyond those on the map has a tone below 0 or above 1: there the tone function
        is continued as a straight line. NaN or infinite where the loss is.
    levels : ndarray of float64
        The tones of the map's contour lines; empty if the map is level.

    Raises
    ------
    ValueError
        If the landscape has no data.
    """
    if landscape.model is None or landscape.examples is None:
        raise ValueError(f"landscape {landscape.key!r} has no data.")
    tone, levels = _levels_of(landscape)
    axes = [
        torch.linspace(*bounds, count, dtype=torch.float64)
        for bounds, count in zip(landscape.bounds, resolution, strict=True)
    ]
    rows, columns = torch.meshgrid(axes[1], axes[0], indexing="ij")
    with torch.no_grad():
        losses = mean_loss(landscape.model, landscape.examples.only(torch.from_numpy(batch)), columns, rows)
    return extended(tone, losses.numpy()), levels


def extended(tone: Tone, losses: Floats) -> Floats:
    """The tones of losses; beyond the losses of the map the first and the last line of the tone function go on."""
    tones = tone.of(losses)
    if len(tone.losses) == 1:
        return tones
    for end, neighbor, beyond in ((0, 1, losses < tone.losses[0]), (-1, -2, losses > tone.losses[-1])):
        slope = (tone.tones[end] - tone.tones[neighbor]) / (tone.losses[end] - tone.losses[neighbor])
        tones = np.where(beyond, tone.tones[end] + slope * (losses - tone.losses[end]), tones)
    return tones


@once(32)
def _levels_of(landscape: Landscape) -> tuple[Tone, Floats]:
    """The tone function of a landscape's map, and the tones of its contour lines, as in ``ground_of``."""
    tone, tones = tone_map(landscape, landscape.resolution)
    if len(tone.losses) == 1:
        return tone, np.empty(0)
    levels = count_levels(tones)
    return tone, np.arange(1, levels) / levels
