"""Adds the records of the folder to the catalogues; a file with a fault is left out, and the others are served."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasets import DATASETS, Dataset, DatasetError, read_dataset
from discovery import Catalogue
from lessons import LESSONS, Lesson, LessonError
from lessons.reading import parse
from mine.checking import first_faults
from mine.files import Fault, Source, read_folder
from mine.modules import UnusableError, reason_of, record_of
from optimizers import OPTIMIZERS, OptimizerSpec
from surfaces import SURFACES, Surface
from trajectories.own_formula import OWN

CATALOGUES: dict[str, Catalogue[Any]] = {
    "datasets": DATASETS,
    "surfaces": SURFACES,
    "optimizers": OPTIMIZERS,
    "lessons": LESSONS,
}


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was found in a folder.

    Parameters
    ----------
    folder : Path or None
        The folder; None if there is none.
    files : tuple of Source
        The files whose records are in the catalogues.
    faults : tuple of Fault
        What is wrong, in the order of the files.
    """

    folder: Path | None = None
    files: tuple[Source, ...] = ()
    faults: tuple[Fault, ...] = ()


_state = {"report": Report()}


def mounted() -> Report:
    """The report about the folder that is mounted."""
    return _state["report"]


def mount(folder: Path | None) -> Report:
    """Add the records of a folder to the catalogues, in the place of those of the folder that was mounted before.

    Call it before anything is computed from the catalogues: the app calls it once, before it answers requests.

    Parameters
    ----------
    folder : Path or None
        The folder; None removes the records of the one that is mounted.

    Returns
    -------
    Report
        Which files are used, and what is wrong with the others. No fault of a file raises an exception.
    """
    for catalogue in CATALOGUES.values():
        for key in tuple(catalogue.own):
            catalogue.remove(key)
    sources, faults = ([], []) if folder is None else read_folder(folder)
    used: list[Source] = []
    for kind, catalogue in CATALOGUES.items():
        made = _in_order([(source, _made(source, faults)) for source in sources if source.kind == kind])
        for source, record in made:
            if source.key in catalogue or (kind == "surfaces" and source.key == OWN):
                faults.append(Fault(source.file, _taken(kind, source.key)))
                continue
            catalogue.add(source.key, record, source.text)
            found = list(first_faults(source, record))
            if found:
                catalogue.remove(source.key)
                faults += found
            else:
                used.append(source)
    _state["report"] = Report(folder=folder, files=tuple(used), faults=tuple(sorted(faults, key=lambda of: of.file)))
    return mounted()


def _made(source: Source, faults: list[Fault]) -> Any:
    """The record of a file; None if the file has a fault, which is added to ``faults``."""
    try:
        return MAKERS[source.kind](source)
    except (UnusableError, LessonError, DatasetError) as problem:
        faults.append(Fault(source.file, str(problem).removeprefix(f"{source.path.name}: ")))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - the code of a record may raise anything; the others are served
        faults.append(Fault(source.file, reason_of(error, source.path)))
    return None


def _in_order(made: Iterable[tuple[Source, Any]]) -> list[tuple[Source, Any]]:
    """Without the files that have a fault; lessons by their ``order``, and numbered on from the last of ours."""
    whole = [(source, record) for source, record in made if record is not None]
    if not all(isinstance(record, Lesson) for _, record in whole):
        return whole
    last = max(lesson.order for key, lesson in LESSONS.items() if key not in LESSONS.own)
    whole.sort(key=lambda one: one[1].order)
    return [
        (source, lesson.model_copy(update={"order": last + place}))
        for place, (source, lesson) in enumerate(whole, start=1)
    ]


def _taken(kind: str, key: str) -> str:
    return f"must have another name: {key!r} is the key of one of the app's own {kind}."


def _lesson(source: Source) -> Lesson:
    return parse(source.key, source.text)


def _dataset(source: Source) -> Dataset:
    return read_dataset(source.key, source.text)


def _surface(source: Source) -> Surface:
    return record_of(source, "SURFACE", Surface)


def _optimizer(source: Source) -> OptimizerSpec:
    return record_of(source, "OPTIMIZER", OptimizerSpec)


MAKERS: dict[str, Callable[[Source], Any]] = {
    "datasets": _dataset,
    "surfaces": _surface,
    "optimizers": _optimizer,
    "lessons": _lesson,
}
