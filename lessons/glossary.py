"""The texts about the page and about the paper, and the glossary; read once from ``glossary.toml``."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Strict, field_validator

from lessons.claim import Checked, Sentence

_FILE = Path(__file__).with_suffix(".toml")


class Glossary(Checked):
    """The texts of the panel "What is this?".

    Parameters
    ----------
    about : str
        What the page is, in one sentence.
    paper : str
        Which paper the lessons comment on, in two sentences; Markdown.
    screen : tuple of str
        How to read the screen, a sentence or two for each part of it.
    words : mapping of str to str
        The meaning of each word, in one or two sentences; in the order in which they are shown.

    Examples
    --------
    >>> glossary = read_glossary()
    >>> len(glossary.words), glossary.words["saddle"]
    (33, 'A stationary point from which the loss falls in some directions and rises in others.')
    """

    about: Sentence
    paper: Sentence
    screen: Annotated[tuple[Sentence, ...], Strict(False)]  # TOML has lists
    words: Mapping[str, Sentence]

    @field_validator("words", mode="after")
    @classmethod
    def _read_only(cls, words: Mapping[str, str]) -> Mapping[str, str]:
        return MappingProxyType(dict(words))


def read_glossary(path: Path = _FILE) -> Glossary:
    """Read the glossary from its file; pydantic raises an error that names a missing field or a wrong type."""
    return Glossary.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


GLOSSARY = read_glossary()
