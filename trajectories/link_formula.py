"""Read the parts of a link that describe a typed formula: its text, its map, and its letters."""

from collections.abc import Callable, Mapping, Sequence

from trajectories.landscapes import landscape_of_formula
from trajectories.link_table import LINK
from trajectories.own_formula import Box, FormulaLetter, check_box, check_formula, check_letters, values_of
from trajectories.sentences import show_text

Typed = tuple[str | None, Box | None, tuple[FormulaLetter, ...]]
NOTHING: Typed = (None, None, ())


def read_formula(
    parts: Mapping[str, Sequence[str]], number: Callable[[str], float | str], sentences: list[str]
) -> Typed:
    """The formula of a link, its box and its letters.

    Parameters
    ----------
    parts : mapping of str to sequence of str
        The values of the link's parts, by key.
    number : callable
        The number that a text spells; otherwise the text itself.
    sentences : list of str
        A sentence is added for each part that cannot be used; such a part is ignored.
    """
    texts, boxes, letters = parts["f"], parts["box"], parts["let"]
    if not texts:
        sentences += [f"A link with {key} needs a formula, f; it is ignored." for key in ("box", "let") if parts[key]]
        return NOTHING
    if len(texts) > 1:
        sentences.append(f"A link has one f: got {len(texts)}. The first, {show_text(texts[0])}, is used.")
    try:
        formula = check_formula(texts[0])
    except ValueError as error:
        sentences.append(f"{error} The formula is ignored.")
        return NOTHING
    known = _letters(letters, formula, number, sentences)
    box = _box(boxes, formula, number, sentences)
    try:
        landscape_of_formula(texts[0], values_of(known), box)
    except ValueError as error:
        sentences.append(f"{error} The formula is ignored.")
        return NOTHING
    return formula, box, known


def _box(
    given: Sequence[str], formula: str | None, number: Callable[[str], float | str], sentences: list[str]
) -> Box | None:
    if len(given) > 1:
        sentences.append(f"A link has one box: got {len(given)}. The first, {show_text(given[0])}, is used.")
    try:
        return check_box([number(edge) for edge in given[0].split(",")], formula) if given else None
    except ValueError as error:
        sentences.append(f"{error} It is ignored.")
        return None


def _letters(
    given: Sequence[str], formula: str | None, number: Callable[[str], float | str], sentences: list[str]
) -> tuple[FormulaLetter, ...]:
    read: list[dict[str, object]] = []
    for text in given:
        letter = _letter(text, number)
        try:
            if letter["name"] not in {one.name for one in check_letters([*read, letter], formula)}:
                raise ValueError(f"The formula has no letter {show_text(str(letter['name']))}.")
        except ValueError as error:
            sentences.append(f"{error} The part {show_text(text)} is ignored.")
        else:
            read.append(letter)
    return check_letters(read, formula)


def _letter(text: str, number: Callable[[str], float | str]) -> dict[str, object]:
    name, _, rest = text.partition(":")
    value, _, ends = rest.partition(":")
    letter: dict[str, object] = {"name": name, "value": number(value)}
    if ends:
        low, _, high = ends.partition(LINK.between)
        letter |= {"low": number(low), "high": number(high)}
    return letter
