"""The picture of a walk as PNG, on the command line; in the browser the stage makes its own."""

import io
from collections.abc import Iterator

from exports import heading
from exports.base import Format
from exports.figure import WalkFigure
from trajectories import Scenario


def write(scenario: Scenario) -> Iterator[bytes]:
    """The picture at the end of the walk.

    Raises
    ------
    ExportError
        If matplotlib is not installed.
    """
    drawn = io.BytesIO()
    about = {"Software": None, "Title": heading.title(scenario), "Description": heading.link(scenario)}
    WalkFigure(scenario).figure.savefig(drawn, format="png", dpi=200, metadata=about)
    yield drawn.getvalue()


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
