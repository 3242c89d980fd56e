"""The picture of a basin map by matplotlib, for papers: the minimum in which a run ends, for each start on the map."""

from typing import Any

import numpy as np

from charts.figures.basins import groups_of
from charts.figures.drawing import tinted
from charts.minimum_styles import style_of
from charts.surface_figure import axis_titles
from charts.theme import LIGHT
from charts.words import name_minimum
from exports import heading
from exports.figure import INCHES, draw_ground, make_figure, write_caption
from trajectories import BasinMap, Scenario
from trajectories.basin_map import ELSEWHERE
from trajectories.minima import minima_of
from trajectories.naming import distinct_names

MARKERS = {"star": "*", "square": "s", "circle": "o", "triangle-down": "v", "pentagon": "p", "cross": "P"}
MOST_NAMED = 8
UNLISTED = "a minimum without a mark"
NOWHERE = "no minimum"


def draw_basins(scenario: Scenario, found: BasinMap, run: int) -> Any:
    """A figure of matplotlib: cells in the colors of their minima, the minima, and each one's share of the starts.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    found : BasinMap
        What ``trajectories.basins`` gives for it.
    run : int
        The index of the run, from 0.

    Raises
    ------
    ExportError
        If matplotlib is not installed.
    """
    figure = make_figure((INCHES[0] * 0.75, INCHES[1]))
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    axes = figure.subplots(gridspec_kw={"left": 0.08, "right": 0.985, "top": 0.92, "bottom": 0.2})
    landscape = scenario.landscape
    groups = groups_of(landscape, found)
    styles = range(ELSEWHERE, int(groups.max()) + 1)
    colors = [LIGHT.line if n == ELSEWHERE else tinted(style_of(LIGHT, n)[0], LIGHT.page) for n in styles]
    edges = [_edges(numbers) for numbers in (found.x, found.y)]
    axes.pcolormesh(*edges, groups, cmap=ListedColormap(colors), vmin=ELSEWHERE - 0.5, vmax=styles[-1] + 0.5)
    draw_ground(axes, landscape, filled=False)
    for number, minimum in enumerate(minima_of(landscape)):
        if (found.minima == number).any():
            color, symbol = style_of(LIGHT, int(groups[found.minima == number][0]))
            axes.plot(minimum.x, minimum.y, marker=MARKERS[symbol], color=color, mec=LIGHT.halo, ms=11, ls="", zorder=5)
    limits = [(float(ends[0]), float(ends[-1])) for ends in edges]
    titles = [text.replace("<i>", "").replace("</i>", "") for text in axis_titles(landscape)]
    axes.set(xlim=limits[0], ylim=limits[1], xlabel=titles[0], ylabel=titles[1])
    figure.suptitle(
        f"Where {distinct_names(scenario)[run]} ends: {heading.title(scenario)}", fontsize=14, color=LIGHT.ink
    )
    rows = shares_of(scenario, found)
    tints = {style: colors[style - ELSEWHERE] for style in styles}
    patches = [Patch(facecolor=tints[style], edgecolor=LIGHT.muted) for style, _, _ in rows]
    labels = [f"{name}: {100 * share:.1f} % of the starts" for _, name, share in rows]
    figure.legend(patches, labels, loc="lower left", bbox_to_anchor=(0.07, 0.035), ncols=2, fontsize=9, frameon=False)
    write_caption(figure, scenario)
    return figure


def shares_of(scenario: Scenario, found: BasinMap) -> list[tuple[int, str, float]]:
    """The style, the name and the share of the starts of each end, the largest share first; at most 8 minima.

    Examples
    --------
    >>> from trajectories import basins, parse_link
    >>> scenario, _ = parse_link("surface=two_wells&steps=200&run=sgd:lr=0.05")
    >>> [round(share, 2) for _, _, share in shares_of(scenario, basins(scenario, shape=(2, 8)))]
    [0.5, 0.5]
    """
    landscape = scenario.landscape
    groups = groups_of(landscape, found)
    rows = []
    for number, minimum in enumerate(minima_of(landscape)):
        mine = found.minima == number
        if mine.any():
            place = f"{name_minimum(landscape, minimum)} at ({minimum.x:.3g}, {minimum.y:.3g})"
            rows.append((int(groups[mine][0]), place, float(mine.mean())))
    rows = sorted(rows, key=lambda row: -row[2])[:MOST_NAMED]
    unlisted = (groups != ELSEWHERE) & (found.minima == ELSEWHERE)
    if unlisted.any():
        rows.append((int(groups[unlisted][0]), UNLISTED, float(unlisted.mean())))
    nowhere = groups == ELSEWHERE
    if nowhere.any():
        rows.append((ELSEWHERE, NOWHERE, float(nowhere.mean())))
    return rows


def _edges(middles: Any) -> Any:
    """The borders of equal cells whose middles are given."""
    half = (middles[1] - middles[0]) / 2 if len(middles) > 1 else 0.5
    return np.append(middles - half, middles[-1] + half)
