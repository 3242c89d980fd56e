"""The map: a landscape as a filled contour plot, drawn once. The browser draws the trails over it."""

import json
from typing import Any

import plotly.graph_objects as go

from charts.ground import ground_of, minima_facts
from charts.network_data import plane_facts
from charts.prediction import model_facts
from charts.theme import Theme
from surfaces import Landscape, Surface

# Wide enough for most labels; the browser widens the margins where the labels of the current zoom need it.
MARGIN = {"l": 58, "r": 64, "t": 8, "b": 44, "pad": 0, "autoexpand": False}
WEIGHTS, LOSS = ("x (weight 1)", "y (weight 2)"), "loss"


def surface_figure(landscape: Landscape, theme: Theme, resolution: tuple[int, int] | None = None) -> go.Figure:
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
    resolution : (int, int), optional
        Number of grid points along x and along y; by default the landscape's own.

    Returns
    -------
    plotly.graph_objects.Figure
        One contour trace; with fixed margins, so that nothing moves when the surface changes.
    """
    facts, tones = ground_of(landscape, resolution)
    rows, columns = tones.shape
    (x_low, x_high), (y_low, y_high) = landscape.bounds
    x_title, y_title = axis_titles(landscape)
    letters = {"color": theme.muted, "size": 12}
    contour = go.Contour(
        z=tones,
        x0=x_low,
        dx=(x_high - x_low) / (columns - 1),
        y0=y_low,
        dy=(y_high - y_low) / (rows - 1),
        zmin=0,
        zmax=1,
        contours={"start": facts.levels[0], "end": facts.levels[1], "size": facts.levels[2]},
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
            "tickvals": list(facts.ticks),
            "ticktext": list(facts.tick_texts),
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


def axis_titles(landscape: Landscape) -> tuple[str, str]:
    """What x and y of a landscape are: weights of a model, or directions of a network's plane."""
    if landscape.embedding is not None:
        return landscape.embedding.directions
    return WEIGHTS if landscape.model is None else landscape.model.weights


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
        ``key label family latex teaches bounds start minima model plane``; each minimum is
        ``{"x", "y", "value", "global", "origin", "name"}``, the lowest first; ``name`` is a text for the screen.
        ``model`` is the data and the model behind the loss, or null; ``plane`` is a network's plane, or null.
    """
    landscape = surface.landscape
    facts = {name: getattr(surface, name) for name in ("key", "label", "family", "latex", "teaches")}
    facts |= {"bounds": landscape.bounds, "start": landscape.start}
    facts["minima"] = [fact.model_dump(by_alias=True) for fact in minima_facts(landscape)]
    facts["model"] = model_facts(landscape)
    facts["plane"] = None if landscape.embedding is None else plane_facts(landscape.embedding)
    document = {"figure": surface_figure(landscape, theme).to_dict(), "config": surface_config(), "surface": facts}
    return json.dumps(document, allow_nan=False, separators=(",", ":"), ensure_ascii=False).encode()
