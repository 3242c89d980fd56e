"""The typed formula of a scenario: its text, the map on which it is shown, and the values of its letters."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from formulas import FormulaError, Node
from formulas.typed import letters_of, read_typed
from surfaces.typed import Bounds
from trajectories.checked import Checked
from trajectories.checks import check_number
from trajectories.once import once
from trajectories.sentences import show_text, show_value, suggest

OWN = "own"  # the surface of a scenario with a typed formula
FARTHEST = 1e6  # of the edges of a map from the origin
NARROWEST = 1e-6  # width and height of a map, at least this share of its distance from the origin
LARGEST_LETTER = 1e6
USUAL_VALUE, USUAL_RANGE = 1.0, 5.0

Box = tuple[float, float, float, float]


class FormulaLetter(Checked):
    """A letter of a typed formula, which is shown as a slider.

    Parameters
    ----------
    name : str
        One letter.
    value : float
        Its value, at most 1e6 from 0.
    low, high : float, optional
        The ends of its slider; by default -5 and 5, or wider ones if the value lies beyond them.

    Examples
    --------
    >>> FormulaLetter(name="a", value=12).ends
    (-24.0, 24.0)
    """

    what: ClassVar[str] = "letter"

    name: str
    value: float = USUAL_VALUE
    low: float | None = None
    high: float | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of its slider."""
        widest = USUAL_RANGE if abs(self.value) <= USUAL_RANGE else 2 * abs(self.value)
        return (-widest if self.low is None else self.low), (widest if self.high is None else self.high)


_FIELDS = tuple(FormulaLetter.model_fields)


@once(256)
def node_of(text: str) -> Node:
    """The nodes of a typed formula: see ``formulas.typed.read_typed``."""
    return read_typed(text)


def check_formula(text: object) -> str | None:
    """A text that is a formula, or None; otherwise a ValueError whose text is a sentence for people."""
    if text is None:
        return None
    if not isinstance(text, str):
        raise ValueError(f"formula must be a text: got {show_value(text)}.")
    try:
        node_of(text)
    except FormulaError as problem:
        where = f" (character {problem.position + 1})" if problem.position else ""
        raise ValueError(f"formula{where}: {problem}") from None
    return text


def check_box(box: object, formula: str | None) -> Box | None:
    """Four numbers, x_low, x_high, y_low and y_high, or None; otherwise a ValueError with a sentence for people."""
    if box is None:
        return None
    if formula is None:
        raise ValueError(f"box must be null without a formula: got {show_value(box)}.")
    if not isinstance(box, list | tuple) or len(box) != 4:
        raise ValueError(f"box must be four numbers, x_low, x_high, y_low, y_high: got {show_value(box)}.")
    edges = [check_number("an edge of box", edge, -FARTHEST, FARTHEST) for edge in box]
    for axis, (low, high) in zip("xy", (edges[:2], edges[2:]), strict=True):
        if not high - low > NARROWEST * max(1.0, abs(low), abs(high)):
            raise ValueError(f"The edges of box along {axis} must rise: got {show_value(low)} and {show_value(high)}.")
    return (edges[0], edges[1], edges[2], edges[3])


def bounds_of(box: Box) -> Bounds:
    """A box as the bounds of a landscape."""
    return (box[0], box[1]), (box[2], box[3])


def check_letters(letters: object, formula: str | None) -> tuple[FormulaLetter, ...]:
    """Every letter of a formula, in its order; otherwise a ValueError whose text is a sentence for people.

    Parameters
    ----------
    letters : object
        Some of its letters, as records or as objects. One that the formula does not use is left out: while a visitor
        types, letters come and go. One that is missing has the value 1.
    formula : str or None
        A formula that has been checked.
    """
    if not isinstance(letters, list | tuple):
        raise ValueError(f"letters must be a list of letters: got {show_value(letters)}.")
    if formula is None:
        if letters:
            raise ValueError(f"letters must be empty without a formula: got {show_value(letters)}.")
        return ()
    given: dict[str, FormulaLetter] = {}
    for letter in letters:
        checked = _check_letter(letter)
        if checked.name in given:
            raise ValueError(f"Each letter has one value: got two of {show_text(checked.name)}.")
        given[checked.name] = checked
    return tuple(given.get(name) or FormulaLetter(name=name) for name in letters_of(node_of(formula)))


def _check_letter(letter: object) -> FormulaLetter:
    if isinstance(letter, FormulaLetter):
        given: Mapping[str, object] = {name: getattr(letter, name) for name in _FIELDS}
    elif isinstance(letter, Mapping):
        given = letter
    else:
        raise ValueError(f"A letter must be an object of name, value, low, high: got {show_value(letter)}.")
    for field in given:
        if field not in _FIELDS:
            raise ValueError(f"A letter has no {show_text(str(field))}. {suggest(str(field), _FIELDS)}")
    name = given.get("name")
    if not isinstance(name, str) or len(name) != 1:
        raise ValueError(f"name of a letter must be one character: got {show_value(name)}.")
    numbers: dict[str, Any] = {
        field: check_number(f"{field} of letter {show_text(name)}", given[field], -LARGEST_LETTER, LARGEST_LETTER)
        for field in ("value", "low", "high")
        if given.get(field) is not None
    }
    checked = FormulaLetter(name=name, **numbers)
    low, high = checked.ends
    if not low < high or not low <= checked.value <= high:
        raise ValueError(
            f"The range of letter {show_text(name)} must rise and hold its value {show_value(checked.value)}: "
            f"got {show_value(low)} to {show_value(high)}."
        )
    return checked


def values_of(letters: Sequence[FormulaLetter]) -> tuple[tuple[str, float], ...]:
    """The names and the values of letters."""
    return tuple((letter.name, letter.value) for letter in letters)
