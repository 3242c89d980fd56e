"""The map of a landscape as numbers: a grid of tones, the levels of its bands, and the labels of the color bar."""

from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from charts.minimum_styles import minimum_styles
from charts.tone import Floats, Tone, choose_ticks, fit_tone, format_loss
from charts.words import name_minimum, say
from surfaces import Landscape
from trajectories.message import Message
from trajectories.minima import minima_of
from trajectories.minimum_levels import is_global
from trajectories.saddles import saddles_and_maxima_of

# While an example is dragged: a quarter of the numbers, so that a map takes a few milliseconds.
LIVE_RESOLUTION = (120, 75)
FEWEST_LEVELS, MOST_LEVELS = 12, 28
LINES_ACROSS = 130


class MinimumFact(BaseModel):
    """A minimum of a surface, listed or found by a search.

    ``style``: see ``charts.minimum_styles``; ``level``: it stands for a curve of minima.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    x: float
    y: float
    value: float
    is_global: bool = Field(alias="global")
    origin: str
    name: str
    style: int
    level: bool


class StationaryFact(BaseModel):
    """A saddle or a maximum that a search has found on the map of a typed formula; ``name`` is for the screen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    x: float
    y: float
    value: float
    kind: Literal["saddle", "maximum"]
    name: str


class GroundFacts(BaseModel):
    """What belongs to a grid of tones.

    Parameters
    ----------
    bounds : ((float, float), (float, float))
        The map: ``((x_low, x_high), (y_low, y_high))``.
    minima : tuple of MinimumFact or None
        The minima; None: they were not searched for.
    stationary : tuple of StationaryFact
        The saddles and maxima of a typed formula, if they were searched for.
    undefined : bool
        Whether there are places without a value: their tones are NaN.
    levels : (float, float, float)
        The tones between the bands: the first, the last, and their distance.
    ticks, tick_texts : tuple of float, tuple of str
        The tones that have a label at the color bar, and the labels: losses.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bounds: tuple[tuple[float, float], tuple[float, float]]
    minima: tuple[MinimumFact, ...] | None
    stationary: tuple[StationaryFact, ...] = ()
    undefined: bool = False
    levels: tuple[float, float, float]
    ticks: tuple[float, ...]
    tick_texts: tuple[str, ...]


def ground_of(
    landscape: Landscape, resolution: tuple[int, int] | None = None, *, minima: bool = True
) -> tuple[GroundFacts, NDArray[np.float32]]:
    """Compute the map of a landscape.

    Parameters
    ----------
    landscape : Landscape
        What to draw.
    resolution : (int, int), optional
        Number of points along x and along y; by default the landscape's own.
    minima : bool
        Whether its minima are searched for; without them the tones begin at the lowest loss of the grid.

    Returns
    -------
    GroundFacts
        What belongs to the tones.
    ndarray of float32, shape (rows, columns)
        The tones, 0 to 1; y increases with the row, x with the column.
    """
    tone, tones = tone_map(landscape, resolution or landscape.resolution, minima=minima)
    ticks, levels = choose_ticks(tone), count_levels(tones)
    facts = GroundFacts(
        bounds=landscape.bounds,
        minima=tuple(minima_facts(landscape)) if minima else None,
        stationary=tuple(stationary_facts(landscape)) if minima else (),
        undefined=bool(np.isnan(tones).any()),
        levels=(1 / levels, 1 - 1 / levels, 1 / levels),
        ticks=tuple(float(tone.of(loss)) for loss in ticks),
        tick_texts=tuple(format_loss(loss) for loss in ticks),
    )
    return facts, tones.astype(np.float32)


def minima_facts(landscape: Landscape) -> list[MinimumFact]:
    """The minima of a landscape for the browser, the lowest first."""
    return [
        MinimumFact(
            x=point.x,
            y=point.y,
            value=point.value,
            is_global=is_global(landscape, point.value),
            origin=point.origin,
            name=name_minimum(landscape, point),
            style=style,
            level=point.level,
        )
        for point, style in zip(minima_of(landscape), minimum_styles(landscape), strict=True)
    ]


def stationary_facts(landscape: Landscape) -> list[StationaryFact]:
    """The saddles and maxima of a typed formula, from the lowest to the highest."""
    points = () if landscape.formula is None else saddles_and_maxima_of(landscape)
    return [
        StationaryFact(x=point.x, y=point.y, value=point.value, kind=kind, name=say(Message(f"{kind}.found")))
        for point in points
        if (kind := point.kind) != "minimum"
    ]


def sample_losses(landscape: Landscape, resolution: tuple[int, int]) -> Floats:
    """Compute the loss on an even grid over the map.

    Parameters
    ----------
    landscape : Landscape
        What to sample.
    resolution : (int, int)
        Number of points along x and along y; the first and the last lie on the bounds.

    Returns
    -------
    ndarray of float64, shape (rows, columns)
        The losses; y increases with the row, x with the column. Where a typed formula has no finite value: NaN.

    Raises
    ------
    ValueError
        If a loss on the map is not finite, except that of a typed formula.
    """
    x, y = (
        torch.linspace(*bounds, count, dtype=torch.float64)
        for bounds, count in zip(landscape.bounds, resolution, strict=True)
    )
    with torch.no_grad():
        rows, columns = torch.meshgrid(y, x, indexing="ij")
        losses = landscape.loss(columns, rows).numpy()
    if landscape.formula is not None:
        losses = np.where(np.isfinite(losses), losses, np.nan)
    elif not np.isfinite(losses).all():
        row, column = np.argwhere(~np.isfinite(losses))[0]
        raise ValueError(
            f"landscape {landscape.key!r}: the loss must be finite everywhere on the map: "
            f"got {losses[row, column]} at ({x[column]:g}, {y[row]:g}). Choose other bounds."
        )
    return np.asarray(losses)


def tone_map(landscape: Landscape, resolution: tuple[int, int], *, minima: bool = True) -> tuple[Tone, Floats]:
    """Compute the tone function of a landscape, and the grid of tones that is its map.

    Parameters
    ----------
    landscape : Landscape
        What to draw.
    resolution : (int, int)
        Number of points along x and along y.
    minima : bool
        Whether the tones begin at the lowest minimum, if that is lower than the lowest loss of the grid.

    Returns
    -------
    tone : Tone
        Converts losses to tones and back.
    tones : ndarray of float64, shape (rows, columns)
        0 to 1; y increases with the row, x with the column. NaN where a typed formula has no value.
    """
    losses = sample_losses(landscape, resolution)
    bottom = min([float(np.nanmin(losses)), *(point.value for point in (minima_of(landscape) if minima else ()))])
    tone = fit_tone(losses[np.isfinite(losses)], bottom, landscape.contour_scale)
    return tone, tone.of(losses)


def count_levels(tones: Floats) -> int:
    """Choose the number of contour levels of a map: fewer if it has many valleys, so that its lines stay apart.

    Parameters
    ----------
    tones : ndarray of float64, shape (rows, columns)
        The map.

    Returns
    -------
    int
        12 to 28, such that a path across the map along the gradient crosses about 130 contour lines at most.
    """
    slopes = np.hypot(*np.gradient(tones))
    climbs = slopes[np.isfinite(slopes)].mean() * tones.shape[1] if np.isfinite(slopes).any() else 0.0
    return int(max(FEWEST_LEVELS, min(MOST_LEVELS, LINES_ACROSS / climbs if climbs else MOST_LEVELS)))
