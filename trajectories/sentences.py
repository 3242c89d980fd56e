"""How sentences for people show a value, a number and a wrong name."""

import difflib
import math
from collections.abc import Iterable

from trajectories.spelling import SPELLINGS, spell

MOST_QUOTED = 40  # characters of a text, and digits of a whole number


def show_text(text: str) -> str:
    """Quote a text from outside: shortened, on one line, without unprintable characters."""
    short = text if len(text) <= MOST_QUOTED else text[:MOST_QUOTED] + "…"
    return '"' + "".join(character if character.isprintable() else "\ufffd" for character in short) + '"'


def show_value(value: object) -> str:
    """Show any value from outside in a few words; never raises, and the result is always short.

    Examples
    --------
    >>> show_value("adamm"), show_value(-0.1), show_value(100.0), show_value(None), show_value([1, 2])
    ('"adamm"', '-0.1', '100', 'nothing', 'a list of 2')
    """
    match value:
        case None | bool():
            return {None: "nothing", True: "true", False: "false"}[value]
        case str():
            return show_text(value)
        case int():
            return str(value) if abs(value) < 10**MOST_QUOTED else f"a whole number of {value.bit_length()} bits"
        case float():
            return show_number(value)
        case list() | tuple() | dict():
            return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
        case _:
            return f"a {type(value).__name__}"


def show_number(number: float) -> str:
    """Write a number with as few characters as its full precision allows; ``float`` reads back the same number.

    Examples
    --------
    >>> show_number(0.1), show_number(3.0), show_number(1e-08), show_number(1e22)
    ('0.1', '3', '1e-8', '1e22')
    """
    return spell(number, SPELLINGS["link"], "-") if math.isfinite(number) else repr(float(number))


def suggest(word: str, allowed: Iterable[str]) -> str:
    """A sentence with the name that was probably meant, or else with all that are allowed.

    Examples
    --------
    >>> suggest("adamm", ["sgd", "adam"]), suggest("xyz", ["sgd", "adam"])
    ('Did you mean "adam"?', 'Use one of: sgd, adam.')
    """
    names = list(allowed)
    near = _nearest(word, names)
    return f'Did you mean "{near}"?' if near else f"Use one of: {', '.join(names)}."


def missing(what: str, key: str, known: Iterable[str]) -> str:
    """A sentence about a name in a link that this server does not have; servers may have records of their own.

    Examples
    --------
    >>> missing("surface", "humb", ["hump"])
    'No surface "humb". Did you mean "hump"?'
    >>> missing("surface", "my_bowl", ["hump"])
    'No surface "my_bowl" on this server; another server may have added it.'
    """
    near = _nearest(key, list(known))
    if near:
        return f'No {what} {show_text(key)}. Did you mean "{near}"?'
    return f"No {what} {show_text(key)} on this server; another server may have added it."


def _nearest(word: str, names: list[str]) -> str | None:
    """The name that was probably meant, if there is one."""
    return next(iter(difflib.get_close_matches(word[:MOST_QUOTED].lower(), names, n=1)), None)
