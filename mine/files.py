"""The files of the folder: which of them are read, and the sentence about each that cannot be."""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from trajectories.sentences import show_text

# The folders that are read, in this order: a surface may use a dataset, and a lesson all of them.
ENDINGS = {"datasets": ".csv", "surfaces": ".py", "optimizers": ".py", "lessons": ".md"}
SCHEDULES = "schedules"
LARGEST = 1_000_000  # bytes of a file
KEY = re.compile(r"[a-z][a-z0-9_]*")
NAME = "lower-case letters, digits and _, with a letter first"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file or folder.

    Parameters
    ----------
    file : str
        Its path in the folder, such as ``lessons/bowl.md``.
    sentence : str
        One sentence: what is wrong, which value, what is allowed.
    """

    file: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}: {self.sentence}"


@dataclass(frozen=True)
class Source:
    """A file that can be read: its place in the folder, its key, and its text."""

    kind: str
    path: Path
    text: str = field(repr=False)

    @property
    def key(self) -> str:
        """Its name without the ending: the key of the record that it defines."""
        return self.path.stem

    @property
    def file(self) -> str:
        """Its path in the folder."""
        return f"{self.kind}/{self.path.name}"


def read_folder(folder: Path) -> tuple[list[Source], list[Fault]]:
    """Read all files of a folder that may define records; each that cannot be read is a fault.

    Parameters
    ----------
    folder : Path
        The folder, with ``datasets/``, ``surfaces/``, ``optimizers/`` and ``lessons/``, each optional.
    """
    sources: list[Source] = []
    faults: list[Fault] = []
    for found in (_strays(folder), *(_files(folder, kind) for kind in ENDINGS)):
        for one in found:
            (sources if isinstance(one, Source) else faults).append(one)  # type: ignore[arg-type]
    return sources, faults


def _names(folder: Path) -> list[str]:
    """The names in a folder, sorted; hidden ones and those of Python's own files are left out."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith((".", "__")))


def _strays(folder: Path) -> Iterator[Fault]:
    """A fault for each file and folder that nothing reads, so that a misspelled name is noticed."""
    try:
        names = _names(folder)
    except OSError as error:
        yield Fault(str(folder), f"cannot be read: {error.strerror}.")
        return
    for name in names:
        if name == SCHEDULES:
            yield Fault(name, "is not read: this version has no schedules.")
        elif name not in ENDINGS and ((folder / name).is_dir() or Path(name).suffix in ENDINGS.values()):
            yield Fault(name, f"is not read: put files into one of the folders {', '.join(ENDINGS)}.")


def _files(folder: Path, kind: str) -> Iterator[Source | Fault]:
    try:
        names = _names(folder / kind)
    except FileNotFoundError:
        return  # each of the folders is optional
    except OSError as error:
        yield Fault(kind, f"cannot be read as a folder: {error.strerror}.")
        return
    for name in names:
        path = folder / kind / name
        if path.suffix != ENDINGS[kind]:
            if path.suffix.lower() in {*ENDINGS.values(), ".txt"}:
                yield Fault(f"{kind}/{name}", f"is not read: a file in {kind} must end in {ENDINGS[kind]}.")
            continue
        text = _text(path)
        if isinstance(text, _Unreadable):
            # A name may have bytes that are no text; a sentence with them could not be printed.
            yield Fault(f"{kind}/{name.encode(errors='surrogateescape').decode(errors='replace')}", text.reason)
        else:
            yield Source(kind, path, text)


@dataclass(frozen=True)
class _Unreadable:
    reason: str


def _text(path: Path) -> str | _Unreadable:
    """The text of a file, or why it cannot be used."""
    if KEY.fullmatch(path.stem) is None:
        return _Unreadable(f"must have a name of {NAME}: got {show_text(path.stem)}.")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a folder, or a pipe, from which reading would wait without end
            return _Unreadable("must be a file: got something else with this name.")
        if status.st_size > LARGEST:
            return _Unreadable(f"must have at most {LARGEST} bytes: got {status.st_size}.")
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _Unreadable(f"must be a text in UTF-8: byte {error.start} is not.")
    except OSError as error:
        return _Unreadable(f"cannot be read: {error.strerror}.")
