"""Build the package ``mr_adam``: the app's folders, as they are, below one name.

The folders lie side by side in the project and import each other by their names (``from surfaces.base import ...``).
Installed like that, names such as ``datasets`` and ``pages`` would collide with other packages. Therefore the build
copies the folders into ``mr_adam/``, and writes the new name into their import lines: ``from mr_adam.surfaces.base
import ...``. Nothing else changes, and no line moves. Whatever else there is to set is in pyproject.toml.
"""

import ast
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

NAME = "mr_adam"
HERE = Path(__file__).parent
# The list that the layers of the app are checked with; a test compares it with the folders that there are.
FOLDERS = tuple(
    name
    for name in tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "root_packages"
    ]
    if name != NAME
)
FILES = ("app.py", "discovery.py", ".streamlit/config.toml")
UNUSED = (".pyc", ".d.ts")  # types for the tools that check the browser's modules
OURS = {*FOLDERS, *(Path(file).stem for file in FILES if file.endswith(".py"))}
# Import lines in the code, and in the examples of docstrings.
IMPORT = re.compile(rf"^(\s*(?:(?:>>>|\.\.\.) )?from )((?:{'|'.join(sorted(OURS))})(?:\.\w+)* import\b)", re.MULTILINE)


def renamed(source: str, file: str) -> str:
    """A module's source with the package's name in its import lines.

    Raises
    ------
    SystemExit
        If it imports a folder of ours in another way.
    """
    text = IMPORT.sub(rf"\1{NAME}.\2", source)
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            if name.partition(".")[0] in OURS:
                raise SystemExit(f'{file} must import ours as "from {name} import ...", on one line with "import".')
    return text


class Build(build_py):  # type: ignore[misc]
    """Copy the folders of the app into the package."""

    def run(self) -> None:
        """Build the package.

        Raises
        ------
        SystemExit
            If an editable installation is asked for: the import lines of the folders would have to be changed.
        """
        if self.editable_mode:
            raise SystemExit("mr_adam has no editable installation: run the app from its folder, with make run.")
        shutil.rmtree(Path(self.build_lib) / NAME, ignore_errors=True)  # files of an earlier build may be gone
        super().run()
        for file in self._files():
            target = Path(self.build_lib) / NAME / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(HERE / file, target)
        for path in (Path(self.build_lib) / NAME).rglob("*.py"):
            file = str(path.relative_to(self.build_lib))
            path.write_text(renamed(path.read_text(encoding="utf-8"), file), encoding="utf-8", newline="\n")

    def get_source_files(self) -> list[str]:
        """All files that are built from, for an archive of the sources."""
        return [*super().get_source_files(), *self._files()]

    def _files(self) -> Iterator[str]:
        yield from FILES
        for folder in FOLDERS:
            for path in sorted((HERE / folder).rglob("*")):
                if path.is_file() and not path.name.endswith(UNUSED):
                    yield path.relative_to(HERE).as_posix()


if __name__ == "__main__":
    setup(cmdclass={"build_py": Build})
