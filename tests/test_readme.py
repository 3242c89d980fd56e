"""README is true: its commands exist, its surface passes the tests of every surface, its glossary is the page's."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "lessons" / "glossary.toml"


def test_the_lines_without_make_name_what_there_is() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.partition("On Windows, without make:\n\n```\n")[2].partition("```")[0]
    commands = [line.split() for line in block.splitlines()]
    made = commands[0][-1]
    assert commands[0] == ["py", "-m", "venv", made]
    programs = [command[0] for command in commands[1:]]
    assert programs == [rf"{made}\Scripts\pip", rf"{made}\Scripts\streamlit"]
    assert {script.name for script in entry_points(group="console_scripts")} >= {"pip", "streamlit"}
    files = [word for command in commands[1:] for word in command if re.fullmatch(r"[\w-]+\.\w+", word)]
    assert files == ["requirements.txt", "app.py"]
    assert all((ROOT / file).is_file() for file in files)


@pytest.mark.skipif(not GLOSSARY.exists(), reason="the page has no glossary")
def test_the_glossary_is_that_of_the_page() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Glossary\n")[2].partition("\n## ")[0]
    entries = re.findall(r"^- \*\*(.+?)\*\*: (.+?)(?=\n- |\Z)", text.strip(), re.MULTILINE | re.DOTALL)
    terms = {term: " ".join(sentence.split()) for term, sentence in entries}
    assert list(terms.items()) == list(tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["words"].items())


def test_the_lessons_are_listed_by_title_in_their_order() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("The lessons: ")[2].partition(".\n")[0]
    heads = [
        tomllib.loads(file.read_text(encoding="utf-8").split("+++")[1]) for file in (ROOT / "lessons").glob("*.md")
    ]
    ordered = sorted(heads, key=lambda head: head["order"])
    assert " ".join(text.split()).split("; ") == [head["title"] for head in ordered]


@pytest.mark.slow
def test_the_surface_in_readme_is_complete(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    begin = text.index('"""The bowl:')
    copied = ("datasets", "formulas", "surfaces", "optimizers", "lessons", "trajectories", "charts", "mine", "tests")
    for name in copied:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "browser", "bench"))
    for name in ("discovery.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "surfaces" / "bowl.py").write_text(text[begin : text.index("```", begin)], encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-k", "bowl", "-p", "no:cacheprovider"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    completed = subprocess.run(
        [*command, "tests/test_surfaces.py", "tests/test_presets.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stdout
