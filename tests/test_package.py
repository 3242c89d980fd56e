"""The installed package: what is in the wheel, and that it walks and serves from an empty folder."""

import ast
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import zipfile
from email.parser import BytesHeaderParser
from pathlib import Path

import pytest

import mr_adam
from exports.figure import NEEDS
from trajectories import parse_link, simulate

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINK = "surface=hump&steps=30&run=sgd:lr=0.05&run=adam:lr=0.1"
ALIVE = "surface=hump&run=adam"
# What a notebook's kernel would do, and what it prints about it. Then it is killed: nothing can clean up.
USE = f"""
import json, os, signal, sys, urllib.request
import mr_adam
light = sorted(sys.modules.keys() & {{"torch", "streamlit", "numpy"}})
from mr_adam import showing
walks = mr_adam.simulate(mr_adam.parse_link({LINK!r})[0])
places = [mr_adam.address(link) for link in ({ALIVE!r}, "/lessons?lesson=hump")]
def read(place):
    with urllib.request.build_opener(urllib.request.ProxyHandler({{}})).open(place) as answer:
        return answer.status, answer.headers.get("content-security-policy", ""), len(answer.read())
base = places[0].partition("/?")[0]
modules = sorted({{name.partition(".")[0] for name in sys.modules}})
from mr_adam.names import share_names
share_names(mr_adam.__path__[0])
import surfaces.base
print(json.dumps({{
    "light": light,
    "modules": modules,
    "shared": surfaces.base is sys.modules["mr_adam.surfaces.base"],
    "named": [surfaces.__name__, surfaces.__spec__.name],
    "positions": [walk.positions.tolist() for walk in walks],
    "places": places,
    "pages": [read(place) for place in (*places, base + "/api/export/csv?{ALIVE}")],
    "server": showing._server.process,
}}), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def load_setup():
    spec = importlib.util.spec_from_file_location("mr_adam_setup", ROOT / "setup.py")
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SETUP = load_setup()


def requirements(name: str) -> set[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith(("#", "-r"))}


def test_only_the_import_lines_get_the_packages_name():
    source = (
        '"""Text.\n\n>>> from surfaces import SURFACES\n"""\nimport re\nfrom surfaces.base import (\n    Surface,\n)\n'
    )
    after = source.replace("from surfaces", "from mr_adam.surfaces")
    assert SETUP.renamed(source, "a.py") == after
    assert SETUP.renamed(after, "a.py") == after
    prose = '"""What comes\nfrom surfaces is kept."""\nfrom torch import Tensor\nfrom surfaces_of import x\n'
    assert SETUP.renamed(prose, "a.py") == prose


@pytest.mark.parametrize("line", ["import surfaces", "import surfaces.base as base", "from surfaces\\\n import base"])
def test_an_import_that_cannot_be_renamed_ends_the_build(line):
    with pytest.raises(SystemExit, match=r"one\.py must import"):
        SETUP.renamed(line, "one.py")


def test_the_extra_for_pictures_is_what_the_tests_use_and_what_the_sentence_names():
    extra = SETTINGS["project"]["optional-dependencies"]["plot"]
    assert set(extra) <= requirements("requirements-dev.txt")
    assert all(line in NEEDS for line in extra)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing_like_it"):
        mr_adam.nothing_like_it  # noqa: B018
    assert set(dir(mr_adam)) >= {"show", "simulate", "__version__"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel that pip builds of this folder, without a network."""
    source, made = (tmp_path_factory.mktemp(name) for name in ("source", "wheel"))
    for name in [*SETUP.FOLDERS, "mr_adam", ".streamlit"]:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ["app.py", "discovery.py", "setup.py", "pyproject.toml", "requirements.txt", "README.md", "LICENSE"]:
        shutil.copy(ROOT / name, source / name)
    pip("wheel", "--no-build-isolation", "--wheel-dir", made, source)
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder that contains the package alone; everything else is that of this environment."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--target", folder, wheel)
    return folder


def pip(command: str, *arguments: object) -> None:
    alone = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index"]
    called = [sys.executable, "-m", "pip", command, *alone, *map(str, arguments)]
    done = subprocess.run(called, capture_output=True, text=True, check=False, timeout=250)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_wheel_has_every_file_of_the_app_below_one_name(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        about = BytesHeaderParser().parsebytes(archive.read(next(n for n in names if n.endswith("/METADATA"))))
        sources = {name: archive.read(name).decode() for name in names if name.endswith(".py")}
    version = mr_adam.__version__
    assert {name.partition("/")[0] for name in names} == {"mr_adam", f"mr_adam-{version}.dist-info"}
    unused = {".pyc", ".ts"}
    files = [p for f in SETUP.FOLDERS for p in (ROOT / f).rglob("*") if p.is_file() and p.suffix not in unused]
    wanted = {f"mr_adam/{path.relative_to(ROOT).as_posix()}" for path in files}
    assert wanted <= set(names)
    assert {"mr_adam/app.py", "mr_adam/discovery.py", "mr_adam/.streamlit/config.toml"} <= set(names)
    assert not [name for name in names if "__pycache__" in name]
    assert about["Version"] == version
    needed = {re.sub(r"[^\w.-].*", "", line) for line in about.get_all("Requires-Dist") if "extra ==" not in line}
    assert needed == {re.split(r"[~><=]", line)[0] for line in requirements("requirements.txt")}
    for name, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            imported = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            imported += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {module.partition(".")[0] for module in imported} & SETUP.OURS, name


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "MR_ADAM_"))}
    return kept | {"PYTHONPATH": str(folder)}


@pytest.mark.slow
def test_from_an_empty_folder_it_walks_and_serves_and_the_server_ends_with_its_process(installed, tmp_path):
    used = subprocess.run(
        [sys.executable, "-c", USE],
        cwd=tmp_path,
        env=environment(installed),
        capture_output=True,
        text=True,
        check=False,
    )
    assert used.returncode == -signal.SIGKILL, used.stderr
    told = json.loads(used.stdout)
    assert told["light"] == [], "import mr_adam loads none of these"
    assert not SETUP.OURS & set(told["modules"]), "the names of our folders stay free for other packages"
    assert told["shared"]
    assert told["named"] == ["mr_adam.surfaces", "mr_adam.surfaces"]
    walks = simulate(parse_link(LINK)[0])
    assert told["positions"] == [walk.positions.tolist() for walk in walks]
    assert [status for status, _, _ in told["pages"]] == [200, 200, 200]
    assert "frame-ancestors 'self' http://localhost:*" in told["pages"][0][1]
    assert len({place.split("/")[2] for place in told["places"]}) == 1, "one server for all that is shown"
    deadline = time.monotonic() + 60
    while running(told["server"]) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not running(told["server"])


def running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.slow
def test_the_command_says_what_is_wrong_with_a_port(installed, tmp_path):
    command = [sys.executable, installed / "bin" / "mr-adam", "--port", "70000"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(installed), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "65535" in done.stderr
    assert "70000" in done.stderr
    assert "Traceback" not in done.stderr
