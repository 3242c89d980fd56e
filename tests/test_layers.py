"""The project's own rules: layers, sizes, names, and nothing that depends on one machine."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = {
    *("mr_adam", "pages", "components", "backend", "exports", "mine", "charts"),
    *("trajectories", "surfaces", "optimizers", "lessons", "datasets", "formulas"),
}
WIDEST = 120  # columns
ASIDE = {"deploy", "docs", "tests"}  # not part of the app
DRAWERS = {"common", "core", "helpers", "lib", "misc", "shared", "src", "util", "utils", "vendor"}

# [.] keeps the names from matching themselves here.
PACKAGE_HOSTS = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:com|org)|deb[.]debian[.]org|download[.]pytorch[.]org"
    r"|conda[.]anaconda[.]org|unpkg[.]com|jsdelivr[.]net|cdnjs[.]|esm[.]sh"
)
MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(?:home|root|tmp|work|Users|var/tmp)/\w")


def lint_imports() -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)


def tracked() -> list[Path]:
    """Every file of the project: from git, or from the tree where there is no git."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        paths = [ROOT / name for name in listed.split("\0") if name]
    else:
        ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()}
        paths = [path for path in ROOT.rglob("*") if not ignored.intersection(path.relative_to(ROOT).parts)]
    return sorted(path.relative_to(ROOT) for path in paths if path.is_file())


def longest(path: Path) -> int:
    """Return how many lines a source file may have."""
    if path == Path("app.py"):
        return 60
    return 120 if path.parent == Path("pages") else 300


def test_imports_obey_the_layer_contracts() -> None:
    checked = lint_imports()
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_package_has_its_place_in_the_layers() -> None:
    packages = {path.parts[0] for path in tracked() if path.suffix == ".py" and len(path.parts) > 1} - ASIDE
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert packages == set(settings["tool"]["importlinter"]["root_packages"]) == LAYERS


def imported(path: Path) -> set[str]:
    """Return the top-level names that a Python file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def names_the_catalogue(path: Path) -> bool:
    """Whether a Python file imports the catalogue of surfaces itself, and not only its records."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import) and any(alias.name == "surfaces" for alias in node.names):
            return True
        if (
            isinstance(node, ast.ImportFrom)
            and node.module != "mr_adam.api"
            and any(alias.name in {"SURFACES", "*"} for alias in node.names)
        ):
            return True
    return False


def test_few_modules_import_the_catalogue_of_surfaces() -> None:
    """All others take a landscape, so that an optimizer can also descend one that is not in the catalogue."""
    files = [path for path in tracked() if path.suffix == ".py" and path.parts[0] not in ASIDE]
    assert {str(path) for path in files if names_the_catalogue(path)} == {
        "backend/assets.py",  # a map and a small picture of each
        "components/picker/picker.py",  # lists them
        "mine/mounting.py",  # adds those of the folder of whoever runs the server
        "trajectories/landscapes.py",  # resolves what a scenario names
        "trajectories/link.py",  # which names there are, and the first preset of each
        "trajectories/scenario.py",  # which names there are
    }


def test_the_app_imports_what_its_requirements_list() -> None:
    """Each imported package is in requirements.txt, and each package there is imported, or read as a file."""
    files = [path for path in tracked() if path.suffix == ".py" and path.parts[0] not in ASIDE | {"setup.py"}]
    others = set().union(*map(imported, files)) - sys.stdlib_module_names - LAYERS - {"discovery"}
    owners = dict(packages_distributions()) | {"pydantic_core": ["pydantic"]}  # one of a pair, each pinned to the other
    needed = {owner.lower().replace("_", "-") for name in others for owner in owners.get(name, [name])}
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    read = {"ziamath"}  # its font is read as a file (charts/math_font.py), and none of its code runs
    optional = {
        "matplotlib",  # for pictures on the command line and in notebooks; without it they are refused with a sentence
        "ipython",  # imported only in a process in which it runs already: the kernel of a notebook
    }
    assert (needed | read) - optional == set(re.findall(r"^[a-z0-9-]+", requirements, re.MULTILINE))


def test_no_file_is_too_long() -> None:
    sizes = {
        path: len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path in tracked()
        if path.suffix in {".css", ".html", ".js", ".mjs", ".py"}
    }
    too_long = [
        f"{path}: {size} lines, at most {longest(path)}" for path, size in sizes.items() if size > longest(path)
    ]
    assert not too_long, "split by idea, or shorten"


def test_no_line_is_too_wide() -> None:
    """Also what no formatter breaks: comments, template strings, markup."""
    too_wide = [
        f"{path}:{number}: {len(line)} columns, at most {WIDEST}"
        for path in tracked()
        if path.suffix in {".css", ".html", ".js", ".mjs", ".py"}
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > WIDEST
    ]
    assert not too_wide


def test_no_folder_has_a_catch_all_name() -> None:
    drawers = [str(path) for path in tracked() if DRAWERS.intersection(path.with_suffix("").parts)]
    assert not drawers, "name files and folders after what they hold"


@pytest.mark.parametrize("pattern", [PACKAGE_HOSTS, MACHINE_PATHS], ids=["package hosts", "paths of one machine"])
def test_files_name_no_machine_and_no_host_of_packages(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path}: {match.group()}"
        for path in tracked()
        for match in pattern.finditer((ROOT / path).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not found
