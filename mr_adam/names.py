"""The names of the app's folders, in the process of an installed server: ``surfaces`` is ``mr_adam.surfaces``.

A file that somebody has written for the app imports ``from surfaces.base import Surface``, and Streamlit makes the
app's folder importable. Without this such an import would load a second copy of the app, whose records differ.
"""

import importlib
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType


class _SharedNames(MetaPathFinder, Loader):
    """Finds the modules of the package by their names without the package's."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._specs: dict[str, ModuleSpec | None] = {}

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - importlib's signature
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname.partition(".")[0] in self._names else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = importlib.import_module(f"mr_adam.{spec.name}")
        self._specs[spec.name] = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Restore what importlib has replaced; the module itself has run already."""
        module.__spec__ = self._specs[f"{module.__name__}".removeprefix("mr_adam.")]


def share_names(folder: Path | str) -> None:
    """Let the folders of the installed package be imported by their own names, too; only in a server's process.

    Parameters
    ----------
    folder : Path or str
        The package's folder.
    """
    folders = {path.parent.name for path in Path(folder).glob("*/__init__.py")}
    sys.meta_path.insert(0, _SharedNames(frozenset({*folders, "discovery"})))
