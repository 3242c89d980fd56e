"""Runs a Python file of the folder and takes its record; whatever happens is one sentence.

The code of these files is run with all rights of the server: it is code of whoever runs it.
"""

import contextlib
import sys
import traceback
from importlib.abc import SourceLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import TypeVar

from discovery import OWN_MODULES
from mine.files import Source

R = TypeVar("R")

LONGEST = 200  # characters of a reason


class UnusableError(ValueError):
    """A file that cannot be used; the text is one sentence for people, without the file's name."""


class _Loader(SourceLoader):
    """Runs the text that was read. It caches no compiled code, so the folder may be read-only."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def get_filename(self, fullname: str) -> str:  # noqa: ARG002 - importlib calls it with the module's name
        return str(self._source.path)

    def get_data(self, path: str | bytes) -> bytes:  # noqa: ARG002 - there is one file
        return self._source.text.encode()


def record_of(source: Source, name: str, kind: type[R]) -> R:
    """Run a file and return its record.

    Parameters
    ----------
    source : Source
        The file.
    name : str
        The variable that the file must assign the record to, for example ``SURFACE``.
    kind : type
        The record's class.

    Raises
    ------
    UnusableError
        If the file cannot be run, or does not define such a record with its own name as the key.
    """
    module_name = f"{OWN_MODULES}{source.kind}_{source.key}"
    spec = spec_from_loader(module_name, _Loader(source))
    if spec is None or spec.loader is None:
        raise UnusableError("cannot be run as a Python module.")
    module = module_from_spec(spec)
    sys.modules[module_name] = module
    try:
        # The log and the report of a check are on the standard output; what a file prints is not part of them.
        with contextlib.redirect_stdout(sys.stderr):
            spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever a file does, SystemExit included, the others are served
        del sys.modules[module_name]
        raise UnusableError(reason_of(error, source.path)) from None
    record = getattr(module, name, None)
    if not isinstance(record, kind):
        raise UnusableError(f"must define {name}, a {kind.__name__}: got {_short(repr(record))}.")
    key = getattr(record, "key", None)
    if key != source.key:
        raise UnusableError(f"must have the file's name as its key, {source.key!r}: got {_short(repr(key))}.")
    return record


def reason_of(error: BaseException, path: Path) -> str:
    """What went wrong in a file's code, as a sentence that names the line.

    Examples
    --------
    >>> reason_of(ValueError("lr must be above 0: got -1."), Path("none.py"))
    'lr must be above 0: got -1.'
    >>> reason_of(ZeroDivisionError("division by zero"), Path("none.py"))
    'ZeroDivisionError: division by zero.'
    """
    if isinstance(error, SyntaxError):
        line = f"line {error.lineno}" if error.lineno else "the file"
        shown = f": got {_short((error.text or '').strip())!r}" if error.text else ""
        return f"{line} is not valid Python, {_short(error.msg)}{shown}."
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    place = f"line {lines[-1]}: " if lines else ""
    # Our own records refuse values with whole sentences; of other errors the kind is named, too.
    kind = "" if type(error) is ValueError else type(error).__name__
    said = _short(" ".join(str(error).split()))
    return f"{place}{': '.join(filter(None, (kind, said)))}".rstrip(".") + "."


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
