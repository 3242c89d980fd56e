"""Collect the source of a function or class with everything that it uses, so that it runs outside of the project."""

import ast
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

OUR_FOLDER = Path(__file__).parent.parent
WIDEST = 110  # characters of a line of text in a script
NOTE_TO_TOOLS = re.compile(r"  # (?:noqa|type: ignore|fmt:)[^\n]*")


@dataclass(eq=False)
class Code:
    """Definitions in the order in which they can be executed, and the imports that they need.

    Attributes
    ----------
    imports : set of str
        Import statements, one name each.
    definitions : list of str
        The source of functions, classes and constants; each uses only earlier ones and the imports.
    """

    imports: set[str] = field(default_factory=set)
    definitions: list[str] = field(default_factory=list)
    _done: set[tuple[str, str]] = field(default_factory=set)

    def add(self, thing: Callable[..., Any]) -> str:
        """Add a function or a class with everything that it uses, and return its name in the code.

        Parameters
        ----------
        thing : function or class
            Defined in a file of the project; a function may be one that another function returns.

        Raises
        ------
        ValueError
            If its source cannot be found.

        Examples
        --------
        >>> from surfaces import SURFACES
        >>> code = Code()
        >>> code.add(SURFACES["booth"].landscape.loss)
        'loss'
        >>> sorted(code.imports)
        ['from torch import Tensor']
        """
        module, name = inspect.getmodule(thing), getattr(thing, "__name__", "")
        if module is None or not name:
            raise ValueError(f"The source of {thing!r} cannot be found.")
        if name in _bindings(module.__name__):
            self._add_name(module.__name__, name)
            return name
        return self._add_returned(thing, module)

    def stand_in(self, module: str, name: str, source: str) -> None:
        """Use other source for a name of a module: for what a file of its own cannot contain."""
        self._done.add((module, name))
        self.definitions.append(source)

    def _add_returned(self, function: Callable[..., Any], module: ModuleType) -> str:
        """Add a function that another function has returned: what it uses of that one is found by its closure."""
        source = textwrap.dedent(inspect.getsource(function))
        used = inspect.getclosurevars(function).nonlocals
        for name, value in used.items():
            own = self.add(value)
            if own != name:
                self.definitions.append(f"{name} = {own}")
        self._add_used(ast.parse(source), module.__name__, without=used)
        self.definitions.append(_clean(source))
        return function.__name__

    def _add_name(self, module: str, name: str) -> None:
        """Add what a name of a module stands for."""
        if (module, name) in self._done:
            return
        self._done.add((module, name))
        node = _bindings(module)[name]
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._add_import(node, name)
            return
        for other in _bound_names(node):
            self._done.add((module, other))
        self._add_used(node, module)
        self.definitions.append(_clean(_source_of(module, node)))

    def _add_import(self, node: ast.Import | ast.ImportFrom, name: str) -> None:
        alias = next(alias for alias in node.names if (alias.asname or alias.name.partition(".")[0]) == name)
        renamed = f" as {alias.asname}" if alias.asname else ""
        if isinstance(node, ast.Import):
            self.imports.add(f"import {alias.name}{renamed}")
        elif node.module and is_ours(node.module):
            found = getattr(importlib.import_module(node.module), alias.name)
            self._add_name(found.__module__, alias.name)
        else:
            self.imports.add(f"from {node.module} import {alias.name}{renamed}")

    def _add_used(self, tree: ast.AST, module: str, without: Mapping[str, object] | None = None) -> None:
        known = _bindings(module)
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        for name in sorted((names & known.keys()) - set(without or {}), key=lambda name: known[name].lineno):
            self._add_name(module, name)


def is_ours(module: str) -> bool:
    """Whether a module belongs to the project: whether its file lies in the project's folder, and in no environment."""
    file = getattr(sys.modules.get(module) or importlib.import_module(module), "__file__", None)
    if file is None or not Path(file).is_relative_to(OUR_FOLDER):
        return False
    return "site-packages" not in Path(file).relative_to(OUR_FOLDER).parts


@lru_cache(maxsize=256)
def _bindings(module: str) -> Mapping[str, ast.stmt]:
    """The statements of a module's file by the names that they define."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {name: node for node in tree.body for name in _bound_names(node)}


def _bound_names(node: ast.stmt) -> list[str]:
    match node:
        case ast.Import() | ast.ImportFrom():
            return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        case ast.FunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Assign():
            return [n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _source_of(module: str, node: ast.stmt) -> str:
    """The lines of a statement, with its decorators and the comment above it."""
    lines = inspect.getsource(sys.modules[module]).splitlines()
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) - 1
    while first and lines[first - 1].startswith("#"):
        first -= 1
    return "\n".join(lines[first : node.end_lineno])


def _clean(source: str) -> str:
    """Source without notes to the project's tools."""
    return NOTE_TO_TOOLS.sub("", source).strip()


def wrapped(text: str, prefix: str = "") -> str:
    """Text in lines of limited length."""
    return textwrap.fill(text, WIDEST, initial_indent=prefix, subsequent_indent=prefix, break_on_hyphens=False)
