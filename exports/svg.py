"""The picture of a walk as SVG, on the command line; in the browser the stage makes its own."""

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
    about = {"Date": None, "Title": heading.title(scenario), "Description": heading.link(scenario)}
    yield save(WalkFigure(scenario).figure, "svg", dpi=200, metadata=about)


FORMAT = Format(
    key="svg",
    label="Picture (SVG)",
    family="picture",
    order=20,
    says="The picture as vector graphics, with outlines for letters.",
    suffix=".svg",
    media_type="image/svg+xml",
    write=write,
    served=False,
)
