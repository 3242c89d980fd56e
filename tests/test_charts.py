"""Maps and colors: the data that is drawn, never pixels of a screen."""

import itertools
import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import plotly.graph_objects as go
import pytest
import torch
from colorspacious import cspace_convert
from hypothesis import given
from hypothesis import strategies as st

from charts.ground import sample_losses, tone_map
from charts.minimum_styles import minimum_styles
from charts.surface_figure import surface_config, surface_figure, surface_payload
from charts.theme import THEMES
from charts.tone import choose_ticks, fit_tone, format_loss
from charts.words import name_minimum
from optimizers.part import Ink
from surfaces import SURFACES
from trajectories.minima import find_minima, minima_of
from trajectories.minimum_levels import is_global

CONFIG = tomllib.loads((Path(__file__).parent.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
torch.set_num_threads(1)  # as in the app: on small tensors more threads are slower
VISIONS = (None, "deuteranomaly", "protanomaly", "tritanomaly")

each_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=lambda surface: surface.key)
each_landscape = pytest.mark.parametrize(
    "landscape", [surface.landscape for surface in SURFACES.values()], ids=SURFACES
)
each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


def rgb(color):
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def luminance(color):
    """WCAG 2.2's relative luminance, of #rrggbb or of a triple from 0 to 1."""
    channels = rgb(color) if isinstance(color, str) else color
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(colors, vision):
    """The colors in CAM02-UCS as seen with all three kinds of cones, or with two."""
    if vision is not None:
        dichromat = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
        colors = np.minimum(np.maximum(cspace_convert(colors, dichromat, "sRGB1"), 0), 1)
    return cspace_convert(colors, "sRGB1", "CAM02-UCS")


# Themes and trails


@each_theme
def test_theme_agrees_with_streamlits(theme):
    page = CONFIG["theme"][theme.name]
    assert (theme.page, theme.ink, theme.accent, theme.line) == (
        page["backgroundColor"],
        page["textColor"],
        page["primaryColor"],
        page["borderColor"],
    )
    assert theme.font == CONFIG["theme"]["font"]
    assert theme.halo == theme.page


@each_theme
def test_text_has_enough_contrast_on_the_page(theme):
    assert contrast(theme.ink, theme.page) >= 7
    assert contrast(theme.muted, theme.page) >= 4.5
    assert contrast(theme.accent, theme.page) >= 4.5


@each_theme
def test_trails_have_enough_contrast_on_map_and_halo(theme):
    # Plotly and the thumbnails go straight from stop to stop, so between two stops are all the colors there are.
    between = [rgb(a) * (1 - t) + rgb(b) * t for a, b in itertools.pairwise(theme.ground) for t in np.linspace(0, 1, 9)]
    for trail in theme.trails:
        assert min(contrast(trail.color, ground) for ground in between) >= 3, trail
        assert contrast(trail.color, theme.halo) >= 4.5, trail


@each_theme
@pytest.mark.parametrize("vision", VISIONS)
def test_trails_differ_for_every_kind_of_color_vision(theme, vision):
    places = seen(np.array([rgb(trail.color) for trail in theme.trails]), vision)
    apart = {pair: np.linalg.norm(places[pair[0]] - places[pair[1]]) for pair in itertools.combinations(range(8), 2)}
    assert min(apart.values()) >= 10
    assert min(distance for (_, second), distance in apart.items() if second < 4) >= 13


@each_theme
def test_inks_are_different_colors_of_the_trails(theme):
    assert set(theme.inks) == set(get_args(Ink))
    parts = [color for part, color in theme.inks.items() if part not in ("update", "other")]
    assert len(set(parts)) == len(parts)
    assert set(parts) <= {trail.color for trail in theme.trails}
    assert theme.inks["update"] == theme.inks["other"] == theme.ink


@each_theme
def test_trails_differ_without_color(theme):
    assert len({trail.dash for trail in theme.trails}) == len({trail.head for trail in theme.trails}) == 8
    for trail in theme.trails:
        assert len(trail.dash) % 2 == 0, "a canvas doubles an odd list: Plotly does not"
        go.Scatter(marker={"symbol": trail.head})  # Plotly accepts it: the downloaded picture has the same


@each_theme
def test_the_colors_of_the_map_increase_in_lightness(theme):
    lightness = [luminance(color) for color in theme.ground]
    assert lightness == sorted(lightness)


# Tone


@each_landscape
def test_tone_rises_from_0_to_1_and_has_an_inverse(landscape):
    tone, tones = tone_map(landscape, (60, 40))
    assert (np.diff(tone.losses) > 0).all()
    assert (np.diff(tone.tones) > 0).all()
    assert (tone.tones[0], tone.tones[-1]) == (0, 1)
    losses = sample_losses(landscape, (60, 40))
    span = losses.max() - losses.min()
    np.testing.assert_allclose(tone.loss(tones), losses, rtol=1e-9, atol=1e-9 * span)


@each_landscape
def test_every_minimum_on_the_map_is_darker_than_the_ground_around_it(landscape):
    tone, _ = tone_map(landscape, (240, 150))
    (x_low, x_high), (y_low, y_high) = landscape.bounds
    for point in minima_of(landscape):
        angles = torch.linspace(0, 2 * torch.pi, 13, dtype=torch.float64)[:-1]
        around = landscape.loss(
            point.x + 0.02 * (x_high - x_low) * angles.cos(), point.y + 0.02 * (y_high - y_low) * angles.sin()
        )
        assert tone.of(float(around.max())) > tone.of(point.value)


def test_the_tones_of_a_shallow_valley_follow_its_share_of_the_map():
    """A dip of a hundredth of the height has a third of the tones if it covers much of the map."""
    losses = np.concatenate([np.linspace(0, 1, 50), np.linspace(99, 100, 100)])
    tone = fit_tone(losses, 0.0, "linear")
    assert tone.of(100.0) - tone.of(99.0) > 0.3


def test_rounding_errors_on_a_plain_get_one_tone():
    losses = np.concatenate([np.linspace(-1, 0, 20), np.linspace(-1e-9, 1e-9, 1000)])
    tone = fit_tone(losses, -1.0, "linear")
    assert tone.of(1e-9) - tone.of(-1e-9) < 0.01


@given(
    low=st.floats(-1e9, 1e9),
    span=st.floats(1e-6, 1e9),
    bend=st.floats(0.2, 8),
    scale=st.sampled_from(["linear", "log"]),
)
def test_ticks_are_few_round_distinct_and_on_the_map(low, span, bend, scale):
    losses = low + span * np.linspace(0, 1, 400) ** bend
    if len(np.unique(losses)) < 300:
        return  # span is beyond the digits of low
    tone = fit_tone(losses, losses.min(), scale)
    ticks = choose_ticks(tone)
    assert 1 <= len(ticks) <= 6
    assert ticks == sorted(set(ticks))
    assert losses.min() <= ticks[0] <= ticks[-1] <= losses.max()


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (0, "0"),
        (-1.5, "−1.5"),
        (0.25, "0.25"),
        (2000, "2000"),
        (1e4, "10k"),
        (1e6, "1M"),
        (-3e9, "−3B"),
        (1e-7, "1e−7"),
    ],
)
def test_losses_are_written_short(loss, text):
    assert format_loss(loss) == text


# Map


@each_landscape
@each_theme
def test_map_holds_the_true_losses(landscape, theme):
    figure = surface_figure(landscape, theme)
    contour = figure.data[0]
    width, height = landscape.resolution
    assert (width, height) == ((240, 150) if landscape.embedding is None else (60, 60))
    tone, _ = tone_map(landscape, landscape.resolution)
    assert contour.z.shape == (height, width)
    assert contour.z.dtype == np.float32
    right, top = width - 1, height - 1
    for row, column in [(0, 0), (0, right), (top, 0), (top, right), (height // 4, 4 * width // 5), (top - 9, 9)]:
        x, y = contour.x0 + column * contour.dx, contour.y0 + row * contour.dy
        loss = float(landscape.loss(*torch.tensor([[x], [y]], dtype=torch.float64)))
        assert contour.z[row, column] == pytest.approx(float(tone.of(loss)), abs=1e-5)
    assert (contour.x0 + right * contour.dx, contour.y0 + top * contour.dy) == pytest.approx(
        (landscape.bounds[0][1], landscape.bounds[1][1])
    )
    assert tuple(figure.layout.xaxis.range) == landscape.bounds[0]
    assert tuple(figure.layout.yaxis.range) == landscape.bounds[1]


@each_landscape
def test_colorbar_shows_true_losses_in_their_places(landscape):
    contour = surface_figure(landscape, THEMES["light"]).data[0]
    tone, tones = tone_map(landscape, landscape.resolution)
    bar = contour.colorbar
    assert 4 <= len(bar.tickvals) == len(bar.ticktext) == len(set(bar.ticktext)) <= 6
    assert list(bar.tickvals) == sorted(bar.tickvals)
    assert np.diff(bar.tickvals).min() >= 0.08, "labels would touch"
    assert 0 <= bar.tickvals[0] < bar.tickvals[-1] <= 1
    factors = {"k": 1e3, "M": 1e6, "B": 1e9}
    for place, text in zip(bar.tickvals, bar.ticktext, strict=True):
        digits = text.replace("−", "-")
        loss = float(digits[:-1]) * factors[digits[-1]] if digits[-1] in factors else float(digits)
        assert float(tone.of(loss)) == pytest.approx(place, abs=1e-9)
        assert len(text) <= 6
    assert tones.min() >= 0


@each_landscape
def test_the_map_has_between_12_and_28_levels(landscape):
    levels = surface_figure(landscape, THEMES["light"]).data[0].contours
    assert 1 / 28 - 1e-9 <= levels.size <= 1 / 12 + 1e-9
    assert (levels.start, levels.end) == pytest.approx((levels.size, 1 - levels.size))


def test_margins_do_not_depend_on_the_surface():
    figures = [surface_figure(surface.landscape, THEMES["dark"], (24, 15)) for surface in SURFACES.values()]
    assert len({str(figure.layout.margin) for figure in figures}) == 1
    assert not any(figure.layout.margin.autoexpand for figure in figures), "a wide label on the colorbar moves the map"


def test_loss_that_is_not_finite_is_refused():
    whole = next(iter(SURFACES.values())).landscape
    broken = replace(whole, bounds=((0.0, 1.0), (0.0, 1.0)), start=(1.0, 1.0), loss=lambda x, y: 1 / (x + y))
    with pytest.raises(ValueError, match=r"finite everywhere on the map: got inf at \(0, 0\)"):
        sample_losses(broken, (3, 3))


# Payload


@each_surface
@each_theme
def test_payload_is_plain_json_of_modest_size(surface, theme):
    payload = surface_payload(surface, theme)
    assert len(payload) < 300_000
    document = json.loads(payload, parse_constant=lambda constant: pytest.fail(f"{constant} is not JSON"))
    assert document["figure"]["data"][0]["z"].keys() == {"dtype", "bdata", "shape"}, "numbers go as bytes, not as text"
    facts = document["surface"]
    assert facts["key"] == surface.key
    assert facts["bounds"] == [list(pair) for pair in surface.landscape.bounds]
    assert facts["start"] == list(surface.landscape.start)
    assert [{name: value for name, value in fact.items() if name != "level"} for fact in facts["minima"]] == [
        {"x": p.x, "y": p.y, "value": p.value, "global": is_global(surface.landscape, p.value)}
        | {"origin": p.origin, "name": name_minimum(surface.landscape, p), "style": style}
        for p, style in zip(minima_of(surface.landscape), minimum_styles(surface.landscape), strict=True)
    ]
    assert {"label", "family", "latex", "teaches"} < facts.keys()


def test_minima_that_a_search_found_are_labeled_so(monkeypatch):
    monkeypatch.setattr("charts.ground.minima_of", find_minima)
    minima = json.loads(surface_payload(SURFACES["two_wells"], THEMES["light"]))["surface"]["minima"]
    assert [point["origin"] for point in minima] == ["found", "found"]
    assert [point["name"] for point in minima] == ["global minimum (found)", "local minimum (found)"]


def test_the_chart_has_no_button_that_sends_data_to_a_cloud():
    config = surface_config()
    assert config["showSendToCloud"] is False
    assert config["displaylogo"] is False
