"""The script as a notebook: a cell for each of its sections, and the picture at the end."""

import json
from collections.abc import Iterator

from exports import heading
from exports.base import Format
from exports.sections import plot_section, report_section, sections_of
from trajectories import Scenario


def write(scenario: Scenario) -> Iterator[bytes]:
    """The notebook, in version 4.5 of the format.

    It is JSON that no library needs to write; a test checks it with nbformat and runs it with nbclient.

    Raises
    ------
    ExportError
        If the scenario cannot be written as code that stands alone.
    """
    about = [
        f"# {_plain(heading.title(scenario))}",
        f"Link: `{heading.link(scenario)}`",
        f"The cells compute the positions of {heading.APP} to the last bit; they need torch, and matplotlib for the "
        "picture. `positions` contains one list of pairs for each run, the start first.",
        *(f"- {_plain(settings)}" for settings in heading.run_settings(scenario)),
    ]
    cells = [_text("\n\n".join(about))]
    picture = plot_section(scenario)
    for section in (*sections_of(scenario), report_section()):
        cells += [_text("\n\n".join((f"## {section.title}", *map(_plain, section.says)))), _code(section.code)]
    cells += [_text(f"## {picture.title}"), _code(f"{picture.code}\n\n\nplot()")]
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "title": heading.title(scenario),
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    yield (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def _text(source: str) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def _code(source: str) -> dict[str, object]:
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": lines}


def _plain(text: str) -> str:
    """Text in which nothing is markup."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>()#+-!|$~&" else sign for sign in text)


FORMAT = Format(
    key="notebook",
    label="Notebook",
    family="code",
    order=20,
    says="The same script in cells, with the picture, for Jupyter.",
    suffix=".ipynb",
    media_type="application/x-ipynb+json",
    write=write,
)
