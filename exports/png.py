"""The picture of a walk as PNG, on the command line; in the browser the stage makes its own."""

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
    about = {"Software": None, "Title": heading.title(scenario), "Description": heading.link(scenario)}
    yield save(WalkFigure(scenario).figure, "png", dpi=200, metadata=about)


FORMAT = Format(
    key="png",
    label="Picture (PNG)",
    family="picture",
    order=10,
    says="The picture of the walk for slides, 2560 x 1440 pixels.",
    suffix=".png",
    media_type="image/png",
    write=write,
    served=False,
)
