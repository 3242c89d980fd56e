"""Find the records of a catalogue folder: each file defines one record, and there is no list to maintain."""

import importlib
import pkgutil
from collections.abc import Collection, Iterator, Mapping
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


OWN_MODULES = "mr_adam_mine_"
"""How the names of modules begin that are made of the Python files of a folder of own files."""

R = TypeVar("R", bound=_Record)
T = TypeVar("T")


class Catalogue(Mapping[str, T]):
    """Records by key: ours, and after them those of the folder of whoever runs the server (``mine``).

    Ours come first, so that no file of the folder changes what a link means, or what is shown at the beginning.

    Parameters
    ----------
    ours : mapping of str to record
        In the order in which they are shown.

    Examples
    --------
    >>> numbers = Catalogue({"one": 1})
    >>> numbers.add("two", 2, "def two(): ...")
    >>> list(numbers), list(numbers.own)
    (['one', 'two'], ['two'])
    >>> numbers.add("one", 3, "")
    Traceback (most recent call last):
    KeyError: 'one'
    """

    def __init__(self, ours: Mapping[str, T]) -> None:
        self._records = dict(ours)
        self._own: dict[str, str] = {}

    def __getitem__(self, key: str) -> T:
        return self._records[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"Catalogue({', '.join(self._records)})"

    @property
    def own(self) -> Mapping[str, str]:
        """The text of the file of each record that is not ours, by key."""
        return MappingProxyType(self._own)

    def add(self, key: str, record: T, text: str) -> None:
        """Add a record of the folder; only ``mine`` calls this, before the server answers requests.

        Raises
        ------
        KeyError
            If the key is taken.
        """
        if key in self._records:
            raise KeyError(key)
        self._records[key], self._own[key] = record, text

    def remove(self, key: str) -> None:
        """Remove a record that ``add`` has added.

        Raises
        ------
        KeyError
            If there is none with this key; ours cannot be removed.
        """
        del self._own[key], self._records[key]


def discover(
    package: ModuleType,
    name: str,
    kind: type[R],
    families: tuple[str, ...],
    *,
    machinery: Collection[str] = ("base",),
) -> Catalogue[R]:
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
    Catalogue
        Ordered by family, then by the record's ``order``, then by label.

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
    return Catalogue({record.key: record for record in records})
