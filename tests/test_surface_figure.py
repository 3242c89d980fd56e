"""The map labels its axes and its color bar."""

import pytest

from charts.surface_figure import LOSS, WEIGHTS, surface_figure
from charts.theme import THEMES, Theme
from surfaces import SURFACES


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_axes_and_color_bar_have_names(theme: Theme) -> None:
    layout = surface_figure(next(iter(SURFACES.values())).landscape, theme, (24, 15)).layout
    assert (layout.xaxis.title.text, layout.yaxis.title.text) == WEIGHTS
    [name] = layout.annotations
    assert (name.text, name.xref, name.yref) == (LOSS, "paper", "paper")
    letters = {font.color for font in (layout.xaxis.title.font, layout.yaxis.tickfont, name.font)}
    assert letters == {theme.muted}
