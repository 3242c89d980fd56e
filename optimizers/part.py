"""The record of a part, the result of one line of an algorithm, and the parts that several optimizers share."""

from dataclasses import dataclass
from typing import Literal, get_args

Drawn = Literal["arrow", "move", "square", "box", "vector", "number"]
Ink = Literal["gradient", "memory", "corrected", "size", "corrected_size", "denominator", "update", "other"]


@dataclass(frozen=True, kw_only=True)
class Part:
    """The result of one line of the algorithm: its description, and how it is drawn on the map.

    Parameters
    ----------
    label : str
        A short name.
    help : str
        One sentence for a beginner: what the line computes and why.
    drawn : {"arrow", "move", "square", "box", "vector", "number"}
        ``arrow``: a vector in the unit of the gradient. ``move``: a vector in the unit of the position. ``box``: two
        sizes in the unit of the gradient, drawn as a rectangle with these sides. ``square``: two squared sizes, drawn
        as a rectangle whose sides are the square roots. Not drawn: ``vector``, two numbers; ``number``, one number
        for both coordinates.
    ink : str
        Its color in the drawing, the numbers and the formula: one of ``Ink``, named after its meaning.
    """

    label: str
    help: str
    drawn: Drawn
    ink: Ink

    def __post_init__(self) -> None:
        for field, value, allowed in (("drawn", self.drawn, get_args(Drawn)), ("ink", self.ink, get_args(Ink))):
            if value not in allowed:
                raise ValueError(f"part {self.label!r}: {field} must be one of {allowed}: got {value!r}.")


GRADIENT = Part(
    label="gradient",
    help="The direction in which the loss rises fastest; its length is larger where the surface is steeper.",
    drawn="arrow",
    ink="gradient",
)
FIRST_MOMENT = Part(
    label="first moment",
    help="Running average of the gradients: their common direction remains, and opposite signs cancel out.",
    drawn="arrow",
    ink="memory",
)
SECOND_MOMENT = Part(
    label="second moment",
    help="Running average of the squared gradient in each coordinate: how large gradients were, whatever their sign.",
    drawn="square",
    ink="size",
)
FIRST_CORRECTED = Part(
    label="first moment, corrected",
    help="The running average starts at zero and is too small at first; this division corrects it.",
    drawn="arrow",
    ink="corrected",
)
SECOND_CORRECTED = Part(
    label="second moment, corrected",
    help="The average of squares also starts at zero and grows more slowly; this division corrects it.",
    drawn="square",
    ink="corrected_size",
)
DENOMINATOR = Part(
    label="denominator",
    help="Square root of the average squared gradient, plus eps so it is never zero.",
    drawn="box",
    ink="denominator",
)
UPDATE = Part(
    label="update",
    help="The step: the learning rate times the direction computed above is subtracted from the position.",
    drawn="move",
    ink="update",
)
