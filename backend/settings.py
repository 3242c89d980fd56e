"""What the server is told by its environment: read when it starts, and wrong is said then."""

import os
from collections.abc import Iterable
from difflib import get_close_matches

PREFIX = "MR_ADAM_"
ALIKE = 0.85  # Kubernetes, too, makes variables that begin as ours do, of a service's name


def whole_number(variable: str, default: int, most: int) -> int:
    """A whole number of at least 1 from the environment.

    Parameters
    ----------
    variable : str
        Its name.
    default, most : int
        What holds without it, and the most that is sensible.

    Raises
    ------
    ValueError
        If the variable holds anything else: one sentence.
    """
    text = os.environ.get(variable, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise ValueError(f"{variable} must be a whole number from 1 to {most}: got {text!r}.")
    return int(text)


def misspelt(known: Iterable[str]) -> list[tuple[str, str]]:
    """Variables of the environment that nobody reads and that look like one of ours, each with that.

    Examples
    --------
    >>> os.environ["MR_ADAM_WORKER"] = "2"
    >>> misspelt(["MR_ADAM_WORKERS", "MR_ADAM_QUEUE"])
    [('MR_ADAM_WORKER', 'MR_ADAM_WORKERS')]
    >>> del os.environ["MR_ADAM_WORKER"]
    """
    ours = tuple(known)
    strangers = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in ours)
    return [(name, alike[0]) for name in strangers if (alike := get_close_matches(name, ours, 1, ALIKE))]
