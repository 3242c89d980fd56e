"""A film of the walk as an animated GIF, on the command line: it begins with the title and ends with the outcomes."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

from exports import heading
from exports.base import Format
from exports.figure import SETTINGS, WalkFigure
from trajectories import Scenario

FRAMES = 90
FRAME_MS, FIRST_MS, LAST_MS = 60, 1200, 2500  # with 90 frames about 9 seconds


def steps_of(steps: int) -> list[int]:
    """The steps that the film shows: all of them, or 90 at even distances, the first and the last included.

    Examples
    --------
    >>> steps_of(3), len(steps_of(10_000)), steps_of(10_000)[-1]
    ([0, 1, 2, 3], 90, 10000)
    """
    return sorted({round(step) for step in np.linspace(0, steps, min(FRAMES, steps + 1))})


def write(scenario: Scenario) -> Iterator[bytes]:
    """The film, 1280 x 720 pixels, in an endless loop.

    Raises
    ------
    ExportError
        If matplotlib is not installed.
    """
    drawn = WalkFigure(scenario)
    import matplotlib as mpl

    with mpl.rc_context(SETTINGS):
        film = _film(drawn)
    yield film


def _film(drawn: WalkFigure) -> bytes:
    """Draw the frames."""
    scenario = drawn.scenario
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = FigureCanvasAgg(drawn.figure)
    steps = steps_of(scenario.steps)
    for artist in drawn.artists():
        artist.set_animated(True)
    canvas.draw()
    still = canvas.copy_from_bbox(drawn.figure.bbox)  # what no step changes is drawn once
    frames = []
    for step in steps:
        canvas.restore_region(still)
        drawn.show(step)
        for artist in drawn.artists():
            artist.axes.draw_artist(artist)
        frames.append(_image(canvas))
    for artist in drawn.artists():
        artist.set_animated(False)
    drawn.tell_outcomes()
    canvas.draw()
    frames.append(_image(canvas))
    palette = frames[-2].quantize(255, dither=Image.Dither.NONE)
    first, *others = (frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames)
    film = io.BytesIO()
    durations = [FIRST_MS, *[FRAME_MS] * (len(frames) - 2), LAST_MS]
    comment = heading.link(scenario).encode()[:255]
    first.save(film, "GIF", save_all=True, append_images=others, duration=durations, loop=0, comment=comment)
    return film.getvalue()


def _image(canvas: Any) -> Image.Image:
    return Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())


FORMAT = Format(
    key="gif",
    label="Film (GIF)",
    family="film",
    order=10,
    says="The walk as a film of about nine seconds, which begins with the title and ends with the outcomes.",
    suffix=".gif",
    media_type="image/gif",
    write=write,
    served=False,
)
