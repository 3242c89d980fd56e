"""The picture of a walk as PDF, on the command line; in the browser the stage makes its own."""

from collections.abc import Iterator

from exports import heading
from exports.base import Format
from exports.figure import WalkFigure, save
from trajectories import Scenario


def write(scenario: Scenario) -> Iterator[bytes]:
    """The picture at the end of the walk.

    Raises
    ------
    ExportError
        If matplotlib is not installed.
    """
    about = {"CreationDate": None, "Title": heading.title(scenario), "Subject": heading.link(scenario)}
    yield save(WalkFigure(scenario).figure, "pdf", dpi=200, metadata=about)


FORMAT = Format(
    key="pdf",
    label="Picture (PDF)",
    family="picture",
    order=30,
    says="The picture as vector graphics for papers, with its fonts.",
    suffix=".pdf",
    media_type="application/pdf",
    write=write,
    served=False,
)
