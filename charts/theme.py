"""The two themes of the app, light and dark: colors of page, text and map. Streamlit's settings have the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from charts.palette import DARK_INKS, DARK_OUTCOMES, DARK_TRAILS, LIGHT_INKS, LIGHT_OUTCOMES, LIGHT_TRAILS, Trail
from trajectories.verdicts import Kind

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"


@dataclass(frozen=True, kw_only=True)
class Theme:
    """The colors of one theme.

    Parameters
    ----------
    name : {"light", "dark"}
        Streamlit's name of the theme.
    page, ink, muted, line, accent : str
        The colors of the page's background, its text, its secondary text, its thin lines, and its links and buttons;
        ``#rrggbb``, as all other colors.
    halo : str
        The color around trails, heads and labels, which makes them legible on any background; that of the page.
    ground : tuple of str
        The colors of the map, from the lowest loss to the highest.
    contour : str
        The color of the contour lines with their opacity: ``rgba(r, g, b, a)``.
    font : str
        The font families of the page's text, for Plotly.
    trails : tuple of Trail
        The styles of the runs, in order.
    inks : mapping of str to str
        The color of each part of a step, by the ``ink`` of ``optimizers.part.Part``: in arrows, numbers and formulas.
    outcomes : mapping of str to str
        The color of each kind of outcome, and of global and local minima.
    """

    name: Literal["light", "dark"]
    page: str
    ink: str
    muted: str
    line: str
    accent: str
    halo: str
    ground: tuple[str, ...]
    contour: str
    font: str
    trails: tuple[Trail, ...]
    inks: Mapping[str, str]
    outcomes: Mapping[Kind, str]


LIGHT = Theme(
    name="light",
    page="#ffffff",
    ink="#1a2233",
    muted="#5b6475",
    line="#e1e6ed",
    accent="#0b63ce",
    halo="#ffffff",
    ground=("#9ebce4", "#b0c8e8", "#c1d4ec", "#d2dff1", "#e3ebf6", "#f4f7fb"),
    contour="rgba(38, 70, 120, 0.20)",
    font=FONT,
    trails=LIGHT_TRAILS,
    inks=LIGHT_INKS,
    outcomes=LIGHT_OUTCOMES,
)

DARK = Theme(
    name="dark",
    page="#0e1117",
    ink="#f0f4fa",
    muted="#9aa4b5",
    line="#262d39",
    accent="#6cb2ff",
    halo="#0e1117",
    ground=("#07131d", "#0e202e", "#182d3f", "#223c51", "#2d4b64", "#385a77"),
    contour="rgba(170, 205, 240, 0.16)",
    font=FONT,
    trails=DARK_TRAILS,
    inks=DARK_INKS,
    outcomes=DARK_OUTCOMES,
)

THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in (LIGHT, DARK)})
