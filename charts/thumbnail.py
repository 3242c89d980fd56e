"""A surface as a picture small enough for a button."""

import io
import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw

from charts.surface_figure import tone_map
from charts.theme import Theme
from surfaces.base import Surface

SIZE = (320, 200)
BANDS = 20
STAR_RADIUS = 18.0
SUPERSAMPLED = 4


def draw_thumbnail(surface: Surface, theme: Theme) -> bytes:
    """Draw a surface's map in little, with a star at its deepest point.

    Parameters
    ----------
    surface : Surface
        What to draw.
    theme : Theme
        ``LIGHT`` or ``DARK``.

    Returns
    -------
    bytes
        A PNG of 320 x 200 pixels, crisp at 160 x 100 on a screen of double density; the same bytes
        for the same surface. The tones are those of the large map.
    """
    _, tones = tone_map(surface, SIZE)
    bands = np.minimum((tones * BANDS).astype(np.uint8), BANDS - 1)
    picture = Image.fromarray(_band_colors(theme)[bands[::-1]])  # a picture's first row is its top
    center = _pixel(surface, surface.minima[0].x, surface.minima[0].y)
    for radius, color in ((STAR_RADIUS, theme.halo), (STAR_RADIUS * 0.6, theme.ink)):
        picture.paste(ImageColor.getrgb(color), mask=_star_mask(center, radius))
    # Few colors and no dither: the file is a fifth of what full color takes.
    few = picture.quantize(palette=_palette(theme), dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def _band_colors(theme: Theme) -> NDArray[np.uint8]:
    stops = np.array([ImageColor.getrgb(color) for color in theme.ground], dtype=np.float64)
    at = np.linspace(0.0, 1.0, BANDS)
    where = np.linspace(0.0, 1.0, len(stops))
    return np.stack([np.interp(at, where, channel) for channel in stops.T], axis=-1).round().astype(np.uint8)


def _palette(theme: Theme) -> Image.Image:
    """The bands, and what lies between halo and ink at the star's smooth edge."""
    halo, ink = (np.array(ImageColor.getrgb(color), dtype=np.float64) for color in (theme.halo, theme.ink))
    edge = [(halo + (ink - halo) * share).round().astype(np.uint8) for share in np.linspace(0.0, 1.0, 8)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.concatenate([_band_colors(theme), edge]).tobytes())
    return palette


def _pixel(surface: Surface, x: float, y: float) -> tuple[float, float]:
    (x_low, x_high), (y_low, y_high) = surface.bounds
    return (x - x_low) / (x_high - x_low) * SIZE[0], (y_high - y) / (y_high - y_low) * SIZE[1]


def _star_mask(center: tuple[float, float], radius: float) -> Image.Image:
    """Five points around a center, smooth at the edges: drawn large, then reduced."""
    mask = Image.new("L", (SIZE[0] * SUPERSAMPLED, SIZE[1] * SUPERSAMPLED))
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.45
        angle = math.pi * (corner / 5 - 0.5)
        corners.append(
            (
                (center[0] + reach * math.cos(angle)) * SUPERSAMPLED,
                (center[1] + reach * math.sin(angle)) * SUPERSAMPLED,
            )
        )
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    return mask.resize(SIZE, Image.Resampling.LANCZOS)
