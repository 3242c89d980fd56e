"""Run a notebook of some cells in a kernel of its own."""

from pathlib import Path
from typing import Any

import nbclient
import nbformat

ROOT = Path(__file__).parents[1]


def run_cells(*sources: str) -> list[list[dict[str, Any]]]:
    """Return what each cell has shown; the kernel has ended then."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    resources = {"metadata": {"path": str(ROOT)}}
    nbclient.NotebookClient(book, kernel_name="python3", timeout=280, resources=resources).execute()
    return [cell.outputs for cell in book.cells]
