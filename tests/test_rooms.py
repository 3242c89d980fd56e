"""The rooms of the browser's modules: which may import which. No room imports a later one, and there are no circles."""

import posixpath
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

COMPONENTS = Path(__file__).parent.parent / "components"

# In this order: a module imports from its own room and from rooms before it.
ROOMS = (
    "kit",
    "stage/wire",
    "stage/state",
    "stage/draw",
    "stage/model",
    "stage/step",
    "stage/controls",
    "stage",
)
# The stage's tables of strings and the module that Python generates: they import nothing, and every room may use them.
LEAVES = {"contract.js", "stage/words.js", "stage/step_words.js", "stage/network_words.js"}
# Declarations of data that every room may use: the generated ones, and those of the kit.
SHARED_TYPES = {"contract.d.ts", "kit/types.d.ts"}
# The components beside the stage, and what they may import besides the kit, the leaves and their own folder. Of the
# stage: the store, in which they change the scenario, with the types of its parts, and the addresses of pages and of
# what a page offers.
STORE, PLACES, OFFER = "stage/state/store.js", "stage/wire/places.js", "stage/wire/offer.js"
BESIDE = {
    "glossary": set(),
    "panel": {STORE},
    "picker": {STORE},
    "lesson": {STORE, PLACES, "panel"},
    "present": {STORE, PLACES, OFFER},
}
TYPES_BESIDE = "stage/state"

# Static, re-exported and dynamic imports. In a comment it is a type: `@import` or `import("...")`.
IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}/[^"']+)["']""")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)

Graph = dict[str, set[str]]


def imports(root: Path = COMPONENTS) -> tuple[Graph, Graph]:
    """The imports of each module at run time, and those for types only: paths below ``components/``."""
    running: Graph = {}
    types: Graph = {}
    for path in sorted(root.rglob("*")):
        if path.name.endswith((".js", ".d.ts")):
            module, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
            code = COMMENT.sub("", text) if path.suffix == ".js" else ""
            running[module] = {resolve(root, module, found) for found in IMPORT.findall(code)}
            types[module] = {resolve(root, module, found) for found in IMPORT.findall(text)} - running[module]
    return running, types


def resolve(root: Path, module: str, found: str) -> str:
    """The file that an import names; ``types.js`` stands for ``types.d.ts`` where there is no such module."""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(module), found))
    declared = name.removesuffix(".js") + ".d.ts"
    return declared if name not in LEAVES and not (root / name).exists() and (root / declared).exists() else name


def room_of(module: str) -> str:
    """The folder of a module; ``stage`` for the modules in ``stage/`` itself."""
    return posixpath.dirname(module) or "."


def is_allowed(module: str, imported: str, *, type_only: bool = False) -> bool:
    """Whether a module may import another file."""
    here, there = room_of(module), room_of(imported)
    if here == there or imported == "contract.js" or (type_only and imported in SHARED_TYPES):
        return True
    if here in ROOMS:
        return (imported in LEAVES and here != "kit") or (there in ROOMS and ROOMS.index(there) < ROOMS.index(here))
    return there == "kit" or bool({imported, there} & BESIDE[here]) or (type_only and there == TYPES_BESIDE)


def strays(graph: Graph, *, type_only: bool = False) -> list[str]:
    """Each import that the rooms do not allow."""
    pairs = [(module, imported) for module, others in graph.items() for imported in sorted(others)]
    return [
        f"{module} imports {imported}"
        for module, imported in pairs
        if not is_allowed(module, imported, type_only=type_only)
    ]


def test_every_module_lies_in_a_room() -> None:
    modules = set(imports()[0]) - {"contract.d.ts"}  # generated; all rooms use it
    assert {room_of(module) for module in modules} <= {*ROOMS, *BESIDE}


def test_no_room_imports_a_later_one() -> None:
    running, types = imports()
    assert strays(running) == []
    assert strays(types, type_only=True) == []


def test_every_import_is_a_file() -> None:
    for graph in imports():
        assert [
            f"{module}: {other}" for module, others in graph.items() for other in others - graph.keys() - LEAVES
        ] == []


def test_there_are_no_circles() -> None:
    try:
        TopologicalSorter(imports()[0]).prepare()
    except CycleError as circle:
        pytest.fail(" <- ".join(circle.args[1]))


@pytest.mark.parametrize(
    ("module", "imported", "allowed"),
    [
        ("stage/state/store.js", "stage/wire/slot.js", True),
        ("stage/wire/slot.js", "stage/state/store.js", False),
        ("stage/draw/view.js", "stage/step/panel.js", False),
        ("stage/model/plot.js", "stage/draw/view.js", True),
        ("stage/draw/picture.js", "stage/model/picture.js", False),
        ("stage/controls/keys.js", "stage/step/panel.js", True),
        ("stage/controls/keys.js", "stage/stage.js", False),
        ("stage/draw/marks.js", "stage/words.js", True),
        ("kit/element.js", "contract.js", True),
        ("kit/element.js", "stage/words.js", False),
        ("kit/element.js", "panel/field.js", False),
        ("stage/stage.js", "panel/field.js", False),
        ("panel/run.js", "stage/draw/view.js", False),
        ("panel/run.js", "lesson/goals.js", False),
        ("lesson/knobs.js", "panel/field.js", True),
        ("present/present.js", "stage/state/store.js", True),
        ("picker/picker.js", "stage/state/curtain.js", False),
        ("picker/picker.js", "panel/field.js", False),
    ],
)
def test_the_order_of_the_rooms(module, imported, allowed):
    assert is_allowed(module, imported) is allowed
