"""Runs the checks of a record; whatever a check finds, or whatever the record's own code raises, is one sentence."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mine import of_datasets, of_lessons, of_optimizers, of_surfaces
from mine.files import Fault, Source
from mine.modules import reason_of

Check = Callable[[Any], Iterator[str]]

# What the app needs to serve a record, checked whenever a folder is mounted; it takes a fraction of a second for each.
FIRST: dict[str, tuple[Check, ...]] = {
    "datasets": of_datasets.FIRST,
    "surfaces": of_surfaces.FIRST,
    "optimizers": of_optimizers.FIRST,
    "lessons": of_lessons.FIRST,
}
# What else must be true of it: claims, published values. ``python -m mine check`` checks it.
FURTHER: dict[str, tuple[Check, ...]] = {
    "datasets": of_datasets.FURTHER,
    "surfaces": of_surfaces.FURTHER,
    "optimizers": of_optimizers.FURTHER,
    "lessons": of_lessons.FURTHER,
}


def first_faults(source: Source, record: Any) -> Iterator[Fault]:
    """What keeps the app from serving a record: the faults of the first check that finds any."""
    for check in FIRST[source.kind]:
        found = list(_run([check], source, record))
        if found:
            yield from found
            return


def further_faults(source: Source, record: Any) -> Iterator[Fault]:
    """What else is wrong with a record that the app can serve."""
    return _run(FURTHER[source.kind], source, record)


def _run(checks: Iterable[Check], source: Source, record: Any) -> Iterator[Fault]:
    for check in checks:
        try:
            yield from (Fault(source.file, sentence) for sentence in check(record))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - the code of a file may raise anything; the others are served
            yield Fault(source.file, reason_of(error, source.path))
