"""Eight trails that stay apart: a color, a dash and a head of its own for each run."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Trail:
    """How one run looks, everywhere on the screen.

    Parameters
    ----------
    color : str
        ``#rrggbb``.
    dash : tuple of int
        Lengths of stroke and gap in pixels, as a canvas's ``setLineDash`` takes them; empty is solid.
    head : str
        The shape at the trail's end, by Plotly's name.
    """

    color: str
    dash: tuple[int, ...]
    head: str


# The second cue, for eyes and printers without color. Neighbors in the list differ most.
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


def _dress(*colors: str) -> tuple[Trail, ...]:
    return tuple(Trail(color=color, dash=dash, head=head) for color, (dash, head) in zip(colors, _STYLES, strict=True))


# Chosen by search under conditions that tests/test_charts.py holds: at least 3:1 against every color of the
# theme's map (so the light theme's are dark, the dark theme's light), and any two at least 10 apart in CAM02-UCS
# (the first four 13) for normal vision and for none of one kind of cone (G. M. Machado, M. M. Oliveira and
# L. A. F. Fernandes, 2009, doi:10.1109/TVCG.2009.113). A difference of 1 can just be seen.
LIGHT_TRAILS = _dress("#b92f06", "#05694f", "#58217a", "#0b52f5", "#93497f", "#123300", "#0a00bd", "#570c34")
DARK_TRAILS = _dress("#feae80", "#5dfdc9", "#f2c1ff", "#90a5ff", "#b7ad1c", "#ff84a6", "#2bcabf", "#bcf840")

# The parts of a step, on the map, in numbers and in formulas. While one looks inside a step the trails recede, and so
# the same colors, which are known to stay apart, serve again; the update and what has no place of its own are in ink.
PARTS = ("gradient", "memory", "corrected", "size", "corrected_size", "denominator")


def _inks(trails: tuple[Trail, ...], ink: str, order: tuple[int, ...]) -> Mapping[str, str]:
    colors = {part: trails[place].color for part, place in zip(PARTS, order, strict=True)}
    return MappingProxyType(colors | {"update": ink, "other": ink})


LIGHT_INKS = _inks(LIGHT_TRAILS, "#1a2233", (0, 2, 3, 4, 1, 7))
DARK_INKS = _inks(DARK_TRAILS, "#f0f4fa", (0, 2, 3, 5, 1, 4))
