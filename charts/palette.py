"""The colors of runs, of outcomes and of the parts of a step. Each run also has its own dash pattern and head."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trajectories.verdicts import Kind


@dataclass(frozen=True, kw_only=True)
class Trail:
    """The style in which a run is drawn, the same everywhere on the screen.

    Parameters
    ----------
    color : str
        ``#rrggbb``.
    dash : tuple of int
        Lengths of strokes and gaps in pixels, as for ``setLineDash`` of a canvas; empty for a solid line.
    head : str
        Plotly's name of the shape at the end of the trail.
    """

    color: str
    dash: tuple[int, ...]
    head: str


# Dash and head distinguish runs without color, for color-blind readers and for print; neighbors in the list most.
_STYLES: tuple[tuple[tuple[int, ...], str], ...] = (
    ((), "circle"),
    ((8, 5), "square"),
    ((3, 4), "diamond"),
    ((11, 4, 3, 4), "triangle-up"),
    ((20, 6), "pentagon"),
    ((3, 4, 3, 10), "triangle-down"),
    ((12, 4, 3, 4, 3, 4), "hexagon"),
    ((20, 5, 7, 5), "octagon"),
)


def _trails(*colors: str) -> tuple[Trail, ...]:
    return tuple(Trail(color=color, dash=dash, head=head) for color, (dash, head) in zip(colors, _STYLES, strict=True))


# Found by a search under conditions that tests/test_charts.py checks: contrast of at least 3:1 to every color of the
# theme's map (so the light theme's are dark, the dark theme's light), and any two at least 10 apart in CAM02-UCS
# (the first four 13) for normal vision and for vision without one kind of cone (G. M. Machado, M. M. Oliveira and
# L. A. F. Fernandes, 2009, doi:10.1109/TVCG.2009.113). A difference of 1 is just visible.
LIGHT_TRAILS = _trails("#b92f06", "#05694f", "#58217a", "#0b52f5", "#93497f", "#123300", "#0a00bd", "#570c34")
DARK_TRAILS = _trails("#feae80", "#5dfdc9", "#f2c1ff", "#90a5ff", "#b7ad1c", "#ff84a6", "#2bcabf", "#bcf840")

# The colors of the parts of a step, in arrows, numbers and formulas. They are colors of trails: while the inside of a
# step is shown, the trails are drawn faint. The update and all other parts have the color of the text.
PARTS = ("gradient", "memory", "corrected", "size", "corrected_size", "denominator")


def _inks(trails: tuple[Trail, ...], ink: str, order: tuple[int, ...]) -> Mapping[str, str]:
    colors = {part: trails[place].color for part, place in zip(PARTS, order, strict=True)}
    return MappingProxyType(colors | {"update": ink, "other": ink})


LIGHT_INKS = _inks(LIGHT_TRAILS, "#1a2233", (0, 2, 3, 4, 1, 7))
DARK_INKS = _inks(DARK_TRAILS, "#f0f4fa", (0, 2, 3, 5, 1, 4))

# The colors of outcomes, the same in every figure and on the map: global and local minima have different colors.
# OTHER_MINIMA are the indices of trail colors that no outcome has: those for further minima of a map.
OTHER_MINIMA = (2, 3, 4, 6)


def _outcomes(trails: tuple[Trail, ...], ink: str, muted: str) -> Mapping[Kind, str]:
    colors: dict[Kind, str] = {
        "global_minimum": trails[1].color,
        "local_minimum": trails[0].color,
        "saddle": trails[7].color,
        "flat": trails[5].color,
        "circling": ink,
        "still_moving": muted,
        "left_the_map": ink,
        "diverged": ink,
    }
    return MappingProxyType(colors)


LIGHT_OUTCOMES = _outcomes(LIGHT_TRAILS, "#1a2233", "#5b6475")
DARK_OUTCOMES = _outcomes(DARK_TRAILS, "#f0f4fa", "#9aa4b5")

# Plotly's name of the shape of each outcome. The shapes distinguish the outcomes without color.
OUTCOME_SYMBOLS: Mapping[Kind, str] = MappingProxyType(
    {
        "global_minimum": "star",
        "local_minimum": "square",
        "saddle": "diamond",
        "flat": "hexagon",
        "circling": "diamond-open",
        "still_moving": "circle-open",
        "left_the_map": "triangle-up",
        "diverged": "x-thin-open",
    }
)
