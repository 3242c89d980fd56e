"""Pictures and films on the command line, and what is said where matplotlib is not installed."""

import io
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from exports import FORMATS, ExportError
from exports.__main__ import main
from exports.figure import NEEDS, WalkFigure
from exports.gif import FIRST_MS, FRAME_MS, LAST_MS, steps_of
from trajectories import parse_link

SCENARIO = parse_link("surface=banana&steps=12&run=sgd:lr=0.1&run=adam:lr=0.1")[0]


def written(key: str) -> bytes:
    return b"".join(FORMATS[key].write(SCENARIO))


@pytest.fixture(scope="module")
def film() -> Image.Image:
    return Image.open(io.BytesIO(written("gif")))


def test_a_film_has_a_frame_for_each_step_and_one_for_the_outcomes(film):
    assert film.size == (1280, 720)
    assert film.info["loop"] == 0
    durations, frames = [], []
    for number in range(film.n_frames):
        film.seek(number)
        durations.append(film.info["duration"])
        frames.append(np.asarray(film.convert("RGB")))
    assert film.n_frames == len(steps_of(12)) + 1
    assert durations == [FIRST_MS, *[FRAME_MS] * 12, LAST_MS]
    assert all((one != other).any() for one, other in pairwise(frames)), "Adam walks on"


def test_pictures_have_the_size_and_the_texts_of_the_walk():
    with Image.open(io.BytesIO(written("png"))) as picture:
        assert picture.size == (2560, 1440)
        assert "surface=banana" in picture.info["Description"]
    drawing = written("svg")
    assert ET.fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"
    assert b"surface=banana&amp;start=" in drawing
    document = written("pdf")
    assert document.startswith(b"%PDF-")
    assert b"/FontFile2" in document, "its fonts are in it"


def test_a_path_is_drawn_as_it_was_walked():
    drawn = WalkFigure(SCENARIO)
    for (path, head, curve), walk in zip(drawn.moving, drawn.walks, strict=True):
        finite = np.isfinite(walk.positions).all(1)
        assert np.array_equal(path.get_xydata(), walk.positions[finite])
        assert np.array_equal(head.get_xydata()[0], walk.positions[finite][-1])
        assert np.array_equal(curve.get_ydata(), walk.losses[finite])
    drawn.show(3)
    assert len(drawn.moving[1][0].get_xydata()) == 4


def test_without_matplotlib_pictures_are_refused_with_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr("exports.figure.find_spec", lambda _: None)
    with pytest.raises(ExportError):
        written("png")
    assert main(["gif", "surface=booth&steps=1&run=sgd", str(tmp_path / "x.gif")]) == NEEDS
    assert not (tmp_path / "x.gif").exists()


def test_places_without_a_value_are_hatched():
    link = "f=sqrt(x)&box=-1,4,-2,2&start=3,1.5&steps=5&run=sgd"
    hatches = [WalkFigure(parse_link(one)[0]).figure.axes[0].patch.get_hatch() for one in (link, "f=x&steps=5&run=sgd")]
    assert hatches == ["///", None]
