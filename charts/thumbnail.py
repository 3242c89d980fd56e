"""A small picture of a landscape, for the picker of surfaces."""

import io
import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw

from charts.ground import tone_map
from charts.theme import Theme
from surfaces import Landscape
from trajectories.minima import minima_of
from trajectories.minimum_levels import is_global

SIZE = (320, 200)
BANDS = 28
EDGE = 12
STAR_RADIUS = 18.0
SUPERSAMPLED = 4


def draw_thumbnail(landscape: Landscape, theme: Theme) -> bytes:
    """Draw a landscape's map at a small size, with a star at each global minimum.

    Parameters
    ----------
    landscape : Landscape
        What to draw.
    theme : Theme
        ``LIGHT`` or ``DARK``.

    Returns
    -------
    bytes
        A PNG of 320 x 200 pixels, shown as 160 x 100 CSS pixels; the same bytes for the same landscape. The tones are
        those of the large map.
    """
    tones = _tones(landscape)
    bands = np.minimum((tones * BANDS).astype(np.uint8), BANDS - 1)
    pixels = bands[::-1].copy()  # in a picture the first row is at the top
    for point in minima_of(landscape):
        if is_global(landscape, point.value):
            center = _pixel(landscape, point.x, point.y)
            inside, ink = (_star_mask(center, radius) for radius in (STAR_RADIUS, STAR_RADIUS * 0.6))
            pixels[inside >= 128] = BANDS + (ink[inside >= 128] / 255 * (EDGE - 1)).round().astype(np.uint8)
    picture = Image.fromarray(pixels)
    picture.putpalette(_palette(theme))
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _tones(landscape: Landscape) -> NDArray[np.float64]:
    """The tone of each pixel; of a network, whose map has fewer points, linear between these."""
    if landscape.embedding is None:
        return tone_map(landscape, SIZE)[1]
    columns, rows = landscape.resolution
    _, tones = tone_map(landscape, landscape.resolution)
    across, up = np.linspace(0, columns - 1, SIZE[0]), np.linspace(0, rows - 1, SIZE[1])
    wide = np.stack([np.interp(across, np.arange(columns), row) for row in tones])
    return np.stack([np.interp(up, np.arange(rows), column) for column in wide.T], axis=1)


def _palette(theme: Theme) -> bytes:
    """The colors of the bands from low to high, then the colors between halo and ink for the smooth edge of a star."""
    return np.concatenate([_blend(theme.ground, BANDS), _blend((theme.halo, theme.ink), EDGE)]).tobytes()


def _blend(colors: tuple[str, ...], count: int) -> NDArray[np.uint8]:
    stops = np.array([ImageColor.getrgb(color) for color in colors], dtype=np.float64)
    at, where = np.linspace(0.0, 1.0, count), np.linspace(0.0, 1.0, len(stops))
    return np.stack([np.interp(at, where, channel) for channel in stops.T], axis=-1).round().astype(np.uint8)


def _pixel(landscape: Landscape, x: float, y: float) -> tuple[float, float]:
    (x_low, x_high), (y_low, y_high) = landscape.bounds
    return (x - x_low) / (x_high - x_low) * SIZE[0], (y_high - y) / (y_high - y_low) * SIZE[1]


def _star_mask(center: tuple[float, float], radius: float) -> NDArray[np.uint8]:
    """A star as a mask from 0 to 255, drawn large and then reduced, which makes its edges smooth."""
    left, top = math.floor(center[0] - radius) - 1, math.floor(center[1] - radius) - 1
    side = math.ceil(2 * radius) + 3
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.45
        angle = math.pi * (corner / 5 - 0.5)
        x, y = center[0] - left + reach * math.cos(angle), center[1] - top + reach * math.sin(angle)
        corners.append((x * SUPERSAMPLED, y * SUPERSAMPLED))
    star = Image.new("L", (side * SUPERSAMPLED, side * SUPERSAMPLED))
    ImageDraw.Draw(star).polygon(corners, fill=255)
    mask = Image.new("L", SIZE)
    mask.paste(star.resize((side, side), Image.Resampling.BOX), (left, top))  # parts outside the picture are cut off
    return np.asarray(mask)
