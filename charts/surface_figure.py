"""The map: a landscape as a filled contour plot, drawn once. The browser draws the trails over it."""

import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import torch

from charts.prediction import model_facts
from charts.theme import Theme
from charts.tone import Floats, Tone, choose_ticks, fit_tone, format_loss
from charts.words import name_minimum
from surfaces import Landscape, Surface
from trajectories.basins import is_global
from trajectories.minima import minima_of

RESOLUTION = (240, 150)
FEWEST_LEVELS, MOST_LEVELS = 12, 28
LINES_ACROSS = 130
# Wide enough for most labels; the browser widens the margins where the labels of the current zoom need it.
MARGIN = {"l": 58, "r": 64, "t": 8, "b": 44, "pad": 0, "autoexpand": False}
WEIGHTS, LOSS = ("x (weight 1)", "y (weight 2)"), "loss"


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
        The losses; y increases with the row, x with the column.

    Raises
    ------
    ValueError
        If a loss on the map is not finite.
    """
    x, y = (
        torch.linspace(*bounds, count, dtype=torch.float64)
        for bounds, count in zip(landscape.bounds, resolution, strict=True)
    )
    with torch.no_grad():
        rows, columns = torch.meshgrid(y, x, indexing="ij")
        losses = landscape.loss(columns, rows).numpy()
    if not np.isfinite(losses).all():
        row, column = np.argwhere(~np.isfinite(losses))[0]
        raise ValueError(
            f"landscape {landscape.key!r}: the loss must be finite everywhere on the map: "
            f"got {losses[row, column]} at ({x[column]:g}, {y[row]:g}). Choose other bounds."
        )
    return np.asarray(losses)


def tone_map(landscape: Landscape, resolution: tuple[int, int]) -> tuple[Tone, Floats]:
    """Compute the tone function of a landscape, and the grid of tones that is its map.

    Parameters
    ----------
    landscape : Landscape
        What to draw.
    resolution : (int, int)
        Number of points along x and along y.

    Returns
    -------
    tone : Tone
        Converts losses to tones and back.
    tones : ndarray of float64, shape (rows, columns)
        0 to 1; y increases with the row, x with the column.
    """
    losses = sample_losses(landscape, resolution)
    bottom = min([float(losses.min()), *(point.value for point in minima_of(landscape))])
    tone = fit_tone(losses, bottom, landscape.contour_scale)
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
    climbs = np.hypot(*np.gradient(tones)).mean() * tones.shape[1]
    return int(max(FEWEST_LEVELS, min(MOST_LEVELS, LINES_ACROSS / climbs if climbs else MOST_LEVELS)))


def surface_figure(landscape: Landscape, theme: Theme, resolution: tuple[int, int] = RESOLUTION) -> go.Figure:
    """Draw a landscape as a filled contour plot.

    The trace contains tones, not losses (see ``charts.tone``), because Plotly spaces levels evenly; the color bar is
    labeled with the losses that belong to these tones. A line of equal tone is a line of equal loss. Hover is off:
    between grid points Plotly's number would be interpolated, not computed.

    Parameters
    ----------
    landscape : Landscape
        What to draw.
    theme : Theme
        ``LIGHT`` or ``DARK``.
    resolution : (int, int)
        Number of grid points along x and along y.

    Returns
    -------
    plotly.graph_objects.Figure
        One contour trace; with fixed margins, so that nothing moves when the surface changes.
    """
    tone, tones = tone_map(landscape, resolution)
    (x_low, x_high), (y_low, y_high) = landscape.bounds
    x_title, y_title = WEIGHTS if landscape.model is None else landscape.model.weights
    ticks = choose_ticks(tone)
    levels = count_levels(tones)
    letters = {"color": theme.muted, "size": 12}
    contour = go.Contour(
        z=tones.astype(np.float32),
        x0=x_low,
        dx=(x_high - x_low) / (resolution[0] - 1),
        y0=y_low,
        dy=(y_high - y_low) / (resolution[1] - 1),
        zmin=0,
        zmax=1,
        contours={"start": 1 / levels, "end": 1 - 1 / levels, "size": 1 / levels},
        colorscale=[[i / (len(theme.ground) - 1), color] for i, color in enumerate(theme.ground)],
        line={"color": theme.contour, "width": 1},
        colorbar={
            "thickness": 8,
            "len": 1,
            "lenmode": "fraction",
            "x": 1,
            "xpad": 12,
            "ypad": 0,
            "outlinewidth": 0,
            "tickvals": [float(tone.of(loss)) for loss in ticks],
            "ticktext": [format_loss(loss) for loss in ticks],
            "tickfont": letters,
        },
        hoverinfo="skip",
        name=landscape.key,
    )
    axis = {
        "autorange": False,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 5,
        "tickcolor": theme.line,
        "tickfont": letters,
    }
    name_bar = {"text": LOSS, "font": letters, "showarrow": False}
    name_bar |= {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8}  # below the color bar, beside the ticks of x
    name_bar |= {"yref": "paper", "y": 0, "yanchor": "top", "yshift": -4}
    layout = go.Layout(
        template={},
        xaxis=axis | {"range": [x_low, x_high], "nticks": 12, "title": _name_axis(x_title, letters)},
        yaxis=axis | {"range": [y_low, y_high], "nticks": 8, "title": _name_axis(y_title, letters)},
        annotations=[name_bar],
        margin=MARGIN,
        font={"family": theme.font, "color": theme.ink},
        paper_bgcolor=theme.page,
        plot_bgcolor=theme.page,
        showlegend=False,
        dragmode="pan",
        hovermode=False,
        modebar={"bgcolor": "rgba(0, 0, 0, 0)", "color": theme.muted, "activecolor": theme.accent},
    )
    return go.Figure(contour, layout)


def _name_axis(text: str, letters: dict[str, Any]) -> dict[str, Any]:
    return {"text": text, "font": letters, "standoff": 1}


def surface_config() -> dict[str, Any]:
    """Plotly's settings for the map: the wheel zooms, a double click resets, four buttons, no data sent to servers."""
    return {
        "scrollZoom": True,
        "doubleClick": "reset",
        "displaylogo": False,
        "showSendToCloud": False,
        "responsive": True,
        "modeBarButtons": [["zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": "mr-adam", "scale": 2},
    }


def surface_payload(surface: Surface, theme: Theme) -> bytes:
    """Write the map and the texts of a surface as one JSON document for the browser.

    Parameters
    ----------
    surface : Surface
        What to draw.
    theme : Theme
        ``LIGHT`` or ``DARK``.

    Returns
    -------
    bytes
        ``{"figure": {"data": [...], "layout": {...}}, "config": {...}, "surface": {...}}``. ``surface`` has the fields
        ``key label family latex teaches bounds start minima model``; each minimum is
        ``{"x", "y", "value", "global", "origin", "name"}``, the lowest first; ``name`` is a text for the screen.
        ``model`` is the data and the model behind the loss, or null.
    """
    landscape = surface.landscape
    facts = {name: getattr(surface, name) for name in ("key", "label", "family", "latex", "teaches")}
    facts |= {"bounds": landscape.bounds, "start": landscape.start}
    facts["minima"] = [
        {"x": point.x, "y": point.y, "value": point.value, "global": is_global(landscape, point.value)}
        | {"origin": point.origin, "name": name_minimum(landscape, point)}
        for point in minima_of(landscape)
    ]
    facts["model"] = model_facts(landscape)
    document = {"figure": surface_figure(landscape, theme).to_dict(), "config": surface_config(), "surface": facts}
    return json.dumps(document, allow_nan=False, separators=(",", ":"), ensure_ascii=False).encode()
