"""The package in Python and notebooks: walks and maps with their pictures, and the stage below a cell."""

import io
import re
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

import mr_adam
from charts.figures.basins import groups_of
from exports import figure as exported
from exports.basin_figure import shares_of
from mr_adam import showing
from tests.notebook import run_cells
from trajectories import parse_link, simulate

ROOT = Path(__file__).parents[1]
LINK = "surface=two_wells&steps=60&run=sgd:lr=0.05&run=adam:lr=0.1"


def test_a_walk_has_the_numbers_of_the_engine_and_its_picture_can_be_saved(tmp_path):
    scenario, _ = parse_link(LINK)
    before = dict(mpl.rcParams)
    walk = mr_adam.walk(LINK)
    assert walk.scenario == scenario
    for mine, run in zip(walk, simulate(scenario), strict=True):
        assert np.array_equal(mine.positions, run.positions)
    picture = walk.plot()
    with Image.open(io.BytesIO(picture._repr_png_())) as drawn:
        assert drawn.size == (1280, 720)
    picture.save(tmp_path / "walk.pdf")
    assert (tmp_path / "walk.pdf").read_bytes().startswith(b"%PDF-")
    assert dict(mpl.rcParams) == before, "the settings of the notebook's own figures stay"
    with pytest.raises(ValueError, match=r"\.pdf, \.svg or \.png"):
        picture.save(tmp_path / "walk.doc")


def test_a_map_of_starts_is_drawn_with_its_cells_and_shares():
    found = mr_adam.basins(LINK, run=1, shape=(12, 20))
    figure = found.plot().figure
    (axes,) = figure.axes
    groups = groups_of(found.scenario.landscape, found.found)
    assert np.array_equal(np.asarray(axes.collections[0].get_array()).reshape(12, 20), groups)
    shares = [share for _, _, share in shares_of(found.scenario, found.found)]
    assert sum(shares) == pytest.approx(1)
    texts = [text.get_text() for text in figure.legends[0].get_texts()]
    assert [re.findall(r"[\d.]+ %", text)[-1] for text in texts] == [f"{100 * share:.1f} %" for share in shares]
    assert axes.get_xlim() == pytest.approx(found.scenario.landscape.bounds[0])


def test_without_matplotlib_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(exported, "find_spec", lambda _: None)
    with pytest.raises(mr_adam.ExportError, match=re.escape(exported.NEEDS)):
        mr_adam.walk(LINK).plot()
    with pytest.raises(mr_adam.ExportError, match=re.escape(exported.NEEDS)):
        mr_adam.basins(LINK, shape=(2, 3)).plot()


@pytest.mark.parametrize("link", ["surface=hum&run=adam", "/settings?surface=hump", "/?run=adam:lr=-1"])
def test_a_link_that_cannot_be_shown_starts_no_server(link):
    with pytest.raises(ValueError, match=r"got|Did you mean"):
        mr_adam.show(link)
    assert showing._server.process is None


def test_outside_of_a_notebook_the_browser_opens(monkeypatch, capsys):
    opened = []
    monkeypatch.setattr(showing, "_server", SimpleNamespace(address=lambda: "http://127.0.0.1:1"))
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    mr_adam.show(LINK, wait=False)
    assert opened == [f"http://127.0.0.1:1/?{LINK}&embed=true"]
    assert opened[0] in capsys.readouterr().out


@pytest.mark.slow
def test_in_a_notebook_the_stage_is_below_the_cell_and_the_server_ends_with_the_kernel():
    shown, again, number = run_cells(
        f"import mr_adam\nmr_adam.show({LINK!r})",
        'mr_adam.show("/lessons?lesson=hump", height=500)',
        "from mr_adam import showing\nprint(showing._server.process)",
    )
    frame = re.search(r'src="(http://127\.0\.0\.1:\d+)/\?([^"]*)"', shown[0]["data"]["text/html"])
    assert frame is not None
    assert frame[2].replace("&amp;", "&") == f"{LINK}&embed=true"
    assert f"{frame[1]}/lessons?lesson=hump" in again[0]["data"]["text/html"], "one server for all"
    server = Path("/proc") / number[0]["text"].strip()
    deadline = time.monotonic() + 60
    while server.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not server.exists()
