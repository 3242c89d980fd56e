"""The record of a format: what a scenario can be taken home as."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from trajectories import Scenario

FAMILIES = ("code", "numbers", "picture", "film")


class ExportError(ValueError):
    """A scenario cannot be written in a format; the message is a sentence for people."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format as data, with the function that writes it.

    Parameters
    ----------
    key : str
        The file's name in this folder, which is the format's name on the command line and in the route.
    label : str
        Its name on the screen.
    family : {"code", "numbers", "picture", "film"}
        What it is for.
    order : int
        Its position within the family.
    says : str
        One sentence for people: what the file contains.
    suffix : str
        The ending of its files, with the dot.
    media_type : str
        As in the header ``Content-Type``.
    write : callable
        ``write(scenario)``: the content of the file in pieces, each of which is computed in about 30 ms where that is
        possible. It raises ``ExportError`` if the format cannot contain the scenario.
    served : bool
        Whether the server writes it too; otherwise only the command line does, since it needs a library that the app
        does not install.
    """

    key: str
    label: str
    family: Literal["code", "numbers", "picture", "film"]
    order: int = 0
    says: str
    suffix: str
    media_type: str
    write: Callable[[Scenario], Iterator[bytes]]
    served: bool = True

    def __post_init__(self) -> None:
        if self.family not in FAMILIES:
            raise ValueError(f"format {self.key!r}: family must be one of {FAMILIES}: got {self.family!r}.")
        if not self.suffix.startswith("."):
            raise ValueError(f"format {self.key!r}: suffix must begin with a dot: got {self.suffix!r}.")
