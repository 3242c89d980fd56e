"""The notebook: valid, and run from top to bottom by nbclient it leaves the walk's positions."""

import json
import os
import subprocess
import sys

import nbformat
import pytest

from exports import FORMATS
from trajectories import parse_link, simulate

LINK = "surface=phones_robust&steps=15&batch=5&noise=0.01&run=adam:lr=0.3&run=momentum:lr=0.1"
RUN = """
import sys, nbformat, nbclient
book = nbformat.read(sys.argv[1], 4)
book.cells.append(nbformat.v4.new_code_cell("import json; print(json.dumps(positions))"))
nbclient.NotebookClient(book, kernel_name="python3", timeout=240, iopub_timeout=240).execute()
nbformat.write(book, sys.argv[2])
"""


def written(link: str) -> str:
    return b"".join(FORMATS["notebook"].write(parse_link(link)[0])).decode()


@pytest.mark.parametrize("link", [LINK, "surface=hump&run=dissected", "surface=network_moons_random&run=adam"])
def test_a_notebook_is_valid(link):
    book = nbformat.reads(written(link), 4)
    nbformat.validate(book)
    assert [cell.cell_type for cell in book.cells][:2] == ["markdown", "markdown"]


@pytest.mark.slow
def test_a_notebook_runs_and_leaves_the_positions(tmp_path):
    (tmp_path / "walk.ipynb").write_text(written(LINK), encoding="utf-8")
    command = [sys.executable, "-c", RUN, "walk.ipynb", "done.ipynb"]
    # Streamlit, which other tests import, sets a backend without pictures for all child processes.
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    book = nbformat.read(tmp_path / "done.ipynb", 4)
    found = json.loads(book.cells[-1].outputs[0].text)
    assert found == [walk.positions.tolist() for walk in simulate(parse_link(LINK)[0])]
    pictures = [output for output in book.cells[-2].outputs if "image/png" in output.get("data", {})]
    assert len(pictures) == 1
