"""Find the records of a catalogue folder: each file defines one record, and there is no list to maintain."""

import importlib
import pkgutil
from collections.abc import Collection, Mapping
from types import MappingProxyType, ModuleType
from typing import Protocol, TypeVar


class _Record(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def order(self) -> int: ...


R = TypeVar("R", bound=_Record)


def discover(
    package: ModuleType,
    name: str,
    kind: type[R],
    families: tuple[str, ...],
    *,
    machinery: Collection[str] = ("base",),
) -> Mapping[str, R]:
    """Collect the record that each module of a catalogue package defines.

    Parameters
    ----------
    package : module
        The catalogue, for example ``surfaces``.
    name : str
        The variable that each file assigns the record to, for example ``SURFACE``.
    kind : type
        The record's class. The record's ``key`` must equal the file's name.
    families : tuple of str
        The families in display order.
    machinery : collection of str
        The package's modules that define no record, such as the one with the record's class.

    Returns
    -------
    Mapping of str to record
        Read-only, ordered by family, then by the record's ``order``, then by label.

    Raises
    ------
    TypeError
        If a file defines no record, or one of another class.
    ValueError
        If a record's key differs from its file's name, or its family is unknown.
    """
    records: list[R] = []
    for module_info in pkgutil.iter_modules(package.__path__):
        if module_info.name in machinery:
            continue
        module = importlib.import_module(f"{package.__name__}.{module_info.name}")
        record = getattr(module, name, None)
        if not isinstance(record, kind):
            raise TypeError(
                f"{package.__name__}/{module_info.name}.py must define {name}, a {kind.__name__}: got {record!r}."
            )
        if record.key != module_info.name:
            raise ValueError(
                f"{package.__name__}/{module_info.name}.py has the key {record.key!r}: "
                f"the key must equal the file's name, {module_info.name!r}."
            )
        records.append(record)
    records.sort(key=lambda record: (families.index(record.family), record.order, record.label))
    return MappingProxyType({record.key: record for record in records})
