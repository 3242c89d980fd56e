"""Read a lesson's file: a head in TOML between two lines ``+++``, then a body in Markdown."""

import itertools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lessons.base import MOST_SECTIONS, Lesson

FENCE = "+++"
HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
LONGEST_SHOWN = 60

# Messages for pydantic's error types, in words that an author of lessons knows.
MESSAGES = {
    "tuple_type": "must be a list",
    "model_type": "must be a table",
    "dict_type": "must be a table",
    "string_type": "must be a text",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "finite_number": "must be a finite number",
    "string_too_short": "must not be empty",
}


class LessonError(ValueError):
    """A lesson's file cannot be used; the message is one sentence that names the file, the field and the value."""


def read_all(folder: Path) -> dict[str, Lesson]:
    """Read every lesson of a folder.

    Parameters
    ----------
    folder : Path
        The folder: each ``<key>.md`` in it is a lesson.

    Returns
    -------
    dict of str to Lesson
        The lessons by key, sorted by ``order``.

    Raises
    ------
    LessonError
        If a file cannot be used, or if two lessons have the same ``order``.
    """
    lessons = sorted((read(path) for path in sorted(folder.glob("*.md"))), key=lambda lesson: lesson.order)
    for before, after in itertools.pairwise(lessons):
        if before.order == after.order:
            _refuse(
                after.key,
                f"order must be unique: got {after.order}, the order of {before.key}.md",
            )
    return {lesson.key: lesson for lesson in lessons}


def read(path: Path) -> Lesson:
    """Read one lesson.

    Parameters
    ----------
    path : Path
        Its file; the file's name without ``.md`` is the lesson's key.

    Raises
    ------
    LessonError
        If the file cannot be used; one sentence with the file, the field, the value and what is allowed.
    """
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise LessonError(f"{path.name}: must be a text in UTF-8: byte {error.start} is not.") from None
    return parse(path.stem, text)


def parse(key: str, text: str) -> Lesson:
    """Make a lesson from the text of its file.

    Examples
    --------
    >>> parse("bowl", "Dear reader")
    Traceback (most recent call last):
    lessons.reading.LessonError: bowl.md: must begin with a head between two lines +++: got 'Dear reader'.
    """
    head, body = _split(key, text)
    given = head | {"key": key, "sections": _sections(key, body)}
    try:
        return Lesson.model_validate(_with_tuples(given))
    except ValidationError as error:
        _refuse(key, _sentence(error.errors(include_url=False)[0]))


def _split(key: str, text: str) -> tuple[dict[str, object], str]:
    first, *lines = text.split("\n")
    if first.rstrip() != FENCE:
        _refuse(key, f"must begin with a head between two lines {FENCE}: got {_show(first)}")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == FENCE]
    if not ends:
        _refuse(key, f"must end its head with a second line {FENCE}: got none")
    try:
        head = tomllib.loads("\n".join(lines[: ends[0]]) + "\n")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        _refuse(key, f"the head must be valid TOML, its lines counted after {FENCE}: {reason}")
    for name in ("key", "sections"):
        if name in head:
            _refuse(key, f"the head must not give {name}: the file's name is the key, and the body gives the sections")
    return head, "\n".join(lines[ends[0] + 1 :])


def _sections(key: str, body: str) -> dict[str, str]:
    """The text of each section, by its heading."""
    before, *parts = HEADING.split(body)
    headings, texts = parts[::2], [text.strip() for text in parts[1::2]]
    if before.strip():
        _refuse(key, f"the body must begin with a heading such as '## The idea': got {_show(before.strip())}")
    if not 1 <= len(headings) <= MOST_SECTIONS or len(set(headings)) < len(headings):
        got = f"got {_show(', '.join(headings))}" if headings else "got none"
        _refuse(key, f"the body must have 1 to {MOST_SECTIONS} sections with headings that differ, '## ...': {got}")
    for heading, text in zip(headings, texts, strict=True):
        if not text:
            _refuse(key, f"the section {heading} must not be empty")
    return dict(zip(headings, texts, strict=True))


def _with_tuples(value: object) -> object:
    """The same value with every list as a tuple, so that the record cannot be changed."""
    if isinstance(value, dict):
        return {name: _with_tuples(inner) for name, inner in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value


def _sentence(detail: ErrorDetails) -> str:
    """Turn pydantic's first error into a sentence that names the field in the head."""
    place = ".".join(str(step) for step in detail["loc"] if not str(step).startswith("function-"))
    match detail["type"]:
        case "missing":
            return f"the head must give {place}: got nothing"
        case "extra_forbidden":
            *above, name = detail["loc"]
            return f"{place} is not known: got {_show(name)}, use one of {', '.join(_fields(above))}"
        case "value_error":
            return f"{place or 'the lesson'} {detail['ctx']['error']}"
        case kind:
            message = MESSAGES.get(kind) or re.sub(r"^\w+ should (have|be|match)", r"must \1", detail["msg"])
            return f"{place} {message}: got {_show(detail['input'])}"


def _fields(place: list[int | str]) -> list[str]:
    """The names of the fields that a table of the head may have."""
    model: type[BaseModel] = Lesson
    for name in place:
        if isinstance(name, str):
            model = next(inner for inner in _models(model.model_fields[name].annotation))
    return [name for name in model.model_fields if name not in ("key", "sections")]


def _models(annotation: object) -> list[type[BaseModel]]:
    """The record classes that a field's type contains."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in _models(inner)]


def _show(value: object) -> str:
    shown = repr(value if not isinstance(value, Mapping) else dict(value))
    return shown if len(shown) <= LONGEST_SHOWN else shown[:LONGEST_SHOWN] + "…"


def _refuse(key: str, reason: str) -> NoReturn:
    raise LessonError(f"{key}.md: {reason}.")
