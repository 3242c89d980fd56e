"""The small pictures of the landscapes: the same every time, upright, with the star in its place."""

import io

import numpy as np
import pytest
import torch
from PIL import Image, ImageColor

from charts.ground import tone_map
from charts.theme import THEMES
from charts.thumbnail import SIZE, draw_thumbnail
from surfaces import SURFACES
from trajectories.minima import minima_of

torch.set_num_threads(1)  # as in the app: on small tensors more threads are slower

each_landscape = pytest.mark.parametrize(
    "landscape", [surface.landscape for surface in SURFACES.values()], ids=SURFACES
)
# A minimum of a network's plane is no minimum of its loss: there is no star.
WITH_MINIMA = [surface.landscape for surface in SURFACES.values() if surface.landscape.embedding is None]
each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


def test_the_picture_of_a_network_has_no_star():
    for surface in SURFACES.values():
        if surface.family != "network":
            continue
        picture = Image.open(io.BytesIO(draw_thumbnail(surface.landscape, THEMES["light"]))).convert("RGB")
        colors = {color for _, color in picture.getcolors()}
        assert ImageColor.getrgb(THEMES["light"].ink) not in colors


def rgb(color):
    return np.array(ImageColor.getrgb(color)) / 255


@each_landscape
@each_theme
def test_thumbnail_is_small_and_always_the_same(landscape, theme):
    data = draw_thumbnail(landscape, theme)
    assert len(data) < 8192
    assert data == draw_thumbnail(landscape, theme)
    assert Image.open(io.BytesIO(data)).size == SIZE


@each_landscape
def test_thumbnail_stands_upright(landscape):
    picture = Image.open(io.BytesIO(draw_thumbnail(landscape, THEMES["light"])))
    _, tones = tone_map(landscape, SIZE)
    brightness = np.asarray(picture.convert("L"), dtype=float)[::-1]  # a picture's first row is its top
    darkest, palest = (
        255 * rgb(color) @ [0.299, 0.587, 0.114] for color in THEMES["light"].ground[:: len(THEMES["light"].ground) - 1]
    )
    ground = (brightness > darkest - 2) & (brightness < palest + 2)  # the rest is star
    assert ground.mean() > 0.95
    assert np.corrcoef(brightness[ground], tones[ground])[0, 1] > 0.95


@pytest.mark.parametrize("landscape", WITH_MINIMA, ids=lambda landscape: landscape.key)
def test_thumbnail_has_the_star_where_the_lowest_loss_is(landscape):
    theme = THEMES["light"]
    picture = Image.open(io.BytesIO(draw_thumbnail(landscape, theme))).convert("RGB")
    (x_low, x_high), (y_low, y_high) = landscape.bounds
    lowest = minima_of(landscape)[0]
    column = (lowest.x - x_low) / (x_high - x_low) * SIZE[0]
    row = (y_high - lowest.y) / (y_high - y_low) * SIZE[1]
    pixel = picture.getpixel((min(SIZE[0] - 1, int(column)), min(SIZE[1] - 1, int(row))))
    assert np.abs(np.array(pixel) / 255 - rgb(theme.ink)).max() < 0.02
