"""The elements that all figures under a stage have: layout, axes, legends, labels and numbers in labels."""

import math
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from PIL import ImageColor

from charts.palette import Trail
from charts.theme import Theme
from trajectories.spelling import MINUS, SPELLINGS, spell

TEXT = 12
LINE = 17
LEGEND_LINE = 19
TINT = 0.3

CONFIG: dict[str, Any] = {"displayModeBar": False, "displaylogo": False, "responsive": True, "showSendToCloud": False}
"""Plotly's settings for these figures: no toolbar, and no data sent to other servers."""


def empty_figure(
    theme: Theme, *, height: int, left: int = 52, right: int = 16, top: int = 12, bottom: int = 44
) -> go.Figure:
    """An empty figure in the page's colors. Its margins are fixed: the axes do not move when a label grows."""
    layout = go.Layout(
        template={},
        height=height,
        autosize=True,
        margin={"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
        font={"family": theme.font, "color": theme.ink, "size": TEXT},
        paper_bgcolor=theme.page,
        plot_bgcolor=theme.page,
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        hoverlabel={
            "bgcolor": theme.page,
            "bordercolor": theme.muted,
            "font": {"family": theme.font, "color": theme.ink, "size": TEXT},
            "align": "left",
        },
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "bottom",
            "bgcolor": "rgba(0, 0, 0, 0)",
            "font": {"color": theme.ink, "size": TEXT},
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
    )
    figure = go.Figure(layout=layout)
    figure.update_xaxes(**axis(theme))
    figure.update_yaxes(**axis(theme))
    return figure


def axis(theme: Theme, title: str = "", *, rules: bool = False) -> dict[str, Any]:
    """An axis; with ``rules``, a thin grid line at each tick. It has no zoom, so that a finger scrolls the page."""
    return {
        "title": {"text": title, "font": {"color": theme.muted, "size": TEXT}, "standoff": 6},
        "fixedrange": True,
        "showgrid": rules,
        "gridcolor": theme.line,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.line,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.line,
        "tickfont": {"color": theme.muted, "size": TEXT},
        "exponentformat": "power",
    }


def log_axis(theme: Theme, low: float, high: float, title: str = "", *, most: int = 6) -> dict[str, Any]:
    """A logarithmic axis from low to high with labels from ``decades``."""
    values = decades(low, high, most)
    return axis(theme, title) | {
        "type": "log",
        "range": [math.log10(low), math.log10(high)],
        "tickvals": values,
        "ticktext": [power(value) for value in values],
    }


def decades(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from low to high: powers of ten (not all if there are many), or also 2 and 5 times these powers.

    Examples
    --------
    >>> decades(0.001, 10), decades(0.02, 0.3), decades(1e-12, 1, most=4)
    ([0.001, 0.01, 0.1, 1.0, 10.0], [0.02, 0.05, 0.1, 0.2], [1e-12, 1e-08, 0.0001, 1.0])
    """
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    if last - first < 2:
        between = [float(f"{lead}e{exponent}") for exponent in range(first - 1, last + 1) for lead in (1, 2, 5)]
        return [value for value in between if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]
    stride = max(1, math.ceil((last - first + 1) / most))
    return [float(f"1e{exponent}") for exponent in range(first, last + 1) if (exponent - first) % stride == 0]


def power(value: float) -> str:
    """Write a round number for an axis: as a decimal number from 0.001 to 1000, otherwise with a power of ten.

    Examples
    --------
    >>> power(0.001), power(2e-7), power(1e4)
    ('0.001', '2 × 10<sup>−7</sup>', '10<sup>4</sup>')
    """
    if value == 0 or 1e-4 < abs(value) < 1e4:
        return f"{value:g}".replace("-", MINUS)
    lead, exponent = f"{value:e}".split("e")
    factor = f"{float(lead):g} × " if float(lead) != 1 else ""
    return f"{factor}10<sup>{int(exponent)}</sup>".replace("-", MINUS)


def brief(value: float) -> str:
    """Write a number with three digits, for a label; the hover text has the full precision.

    Examples
    --------
    >>> brief(0.316227766), brief(-1.9e-09), brief(100000.0)
    ('0.316', '−1.9e−9', '1e5')
    """
    return spell(value, SPELLINGS["short"])


def exact(value: float) -> str:
    """Write a number with all digits; NaN and infinity in words."""
    return spell(float(value), SPELLINGS["exact"])


def rounded(value: float) -> str:
    """Write a number that an ensemble computed, without its last digits, which depend on rounding."""
    return spell(float(value), SPELLINGS["rounded"])


def dashed(trail: Trail) -> str:
    """The dash pattern of a trail in Plotly's notation."""
    return ",".join(f"{length}px" for length in trail.dash) or "solid"


def name_axis(figure: go.Figure, theme: Theme, name: str, row: int = 0) -> None:
    """Write the name of the vertical axis horizontally above it: this is easy to read and needs no width on a phone."""
    figure.add_annotation(
        note(theme, name, x=0, xref="paper", xanchor="left", xshift=-6, y=1, yref="paper", yanchor="bottom",
             yshift=3 + LINE * row, font={"color": theme.muted, "size": TEXT}, name="axis")
    )  # fmt: skip


def legend_below(figure: go.Figure, rows: int) -> None:
    """Put a legend with this number of rows below the horizontal axis and its name; the figure becomes higher."""
    layout, room = figure.layout, LEGEND_LINE * rows + 10
    inner = layout.height - layout.margin.t - layout.margin.b
    figure.update_layout(
        height=layout.height + room,
        margin={"b": layout.margin.b + room},
        showlegend=True,
        legend={"y": -layout.margin.b / inner, "yanchor": "top"},
    )


def legend_rows(labels: Sequence[str]) -> int:
    """The number of rows that a legend needs on a phone: with two labels a row if all labels are short."""
    return -(-len(labels) // 2) if max(map(len, labels)) <= 16 else len(labels)


def note(theme: Theme, text: str, **where: Any) -> dict[str, Any]:
    """A label on a figure, with a background in the page's color so that it is legible on any line."""
    return {
        "text": text,
        "showarrow": False,
        "font": {"color": theme.ink, "size": TEXT},
        "bgcolor": theme.page,
        "borderpad": 1,
    } | where


def tinted(color: str, page: str) -> str:
    """A color mixed with the color of the page, as the cells of a map have it."""
    pairs = zip(ImageColor.getrgb(color)[:3], ImageColor.getrgb(page)[:3], strict=True)
    return "#" + "".join(f"{round(TINT * own + (1 - TINT) * background):02x}" for own, background in pairs)
