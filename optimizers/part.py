"""The record of what one line of an algorithm computes, and those that several optimizers have."""

from dataclasses import dataclass
from typing import Literal, get_args

Drawn = Literal["arrow", "move", "square", "box", "vector", "number"]
Ink = Literal["gradient", "memory", "corrected", "size", "corrected_size", "denominator", "update", "other"]


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one line of the algorithm computes, in words, and how it is shown on the map.

    Parameters
    ----------
    label : str
        A short name.
    help : str
        One sentence for somebody who meets it for the first time: what the line does and why.
    drawn : {"arrow", "move", "square", "box", "vector", "number"}
        ``arrow``: a vector in the gradient's unit. ``move``: one in the position's. ``box``: sizes in the
        gradient's unit, a rectangle with these sides. ``square``: their squares, a rectangle whose sides are
        the roots. Not drawn: a ``vector``, two numbers; a ``number``, which both coordinates share.
    ink : str
        Its color in drawing, numbers and formula, by what it is: one of ``Ink``.
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
    help="The slope where it stands: it points uphill, the steeper the longer, so the way down is against it.",
    drawn="arrow",
    ink="gradient",
)
FIRST_MOMENT = Part(
    label="first moment",
    help="A running average of the gradient, uphill as it is: what slopes agree on stays, what changes sign cancels.",
    drawn="arrow",
    ink="memory",
)
SECOND_MOMENT = Part(
    label="second moment",
    help="A running average of the squared gradient in each coordinate: how large slopes were, whatever their sign.",
    drawn="square",
    ink="size",
)
FIRST_CORRECTED = Part(
    label="first moment, corrected",
    help="The average began at zero and is too small at first; dividing by the weight it has gathered mends that.",
    drawn="arrow",
    ink="corrected",
)
SECOND_CORRECTED = Part(
    label="second moment, corrected",
    help="The average of squares began at zero too and fills more slowly; the same correction makes up for it.",
    drawn="square",
    ink="corrected_size",
)
DENOMINATOR = Part(
    label="denominator",
    help="How large slopes have been, and eps lest it be zero: divided by it, steep and gentle ways step alike.",
    drawn="box",
    ink="denominator",
)
UPDATE = Part(
    label="update",
    help="The step: what the lines above worked out, times the learning rate, is subtracted from the position.",
    drawn="move",
    ink="update",
)
