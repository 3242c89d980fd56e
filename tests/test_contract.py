"""What Python and the browser have agreed on: generated from the records, and the same in both languages."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from pydantic import BaseModel, TypeAdapter

from backend.frames import pack
from backend.messages import Begin
from charts.formula import rules_payload
from components.contract_types import FILES, FOLDER, declarations, typescript
from components.rule_schema import Rule
from trajectories import COLUMNS, Chunk

SCRIPTS = Path(__file__).parent / "js"


@pytest.mark.parametrize("name", FILES)
def test_the_contract_is_what_the_records_say(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == FILES[name](), (
        "run `make contract`, and commit what it writes"
    )


def test_one_record_more_is_declared_with_all_that_it_holds():
    class Inner(BaseModel):
        """What is within. And more."""

        names: dict[str, float | None]

    class Outer(BaseModel):
        inner: tuple[Inner, ...] = ()

    text = declarations((Outer,))
    assert "/** What is within. And more. */\nexport interface Inner {" in text
    assert "  names: { [name: string]: number | null };" in text
    assert "export interface Outer {\n  inner: Inner[];\n}" in text


@pytest.mark.parametrize(
    ("of", "text"),
    [
        (tuple[float, float], "[number, number]"),
        (tuple[int | None, ...], "(number | null)[]"),
        (dict[str, bool], "{ [name: string]: boolean }"),
    ],
)
def test_a_type_is_spelled_in_typescript(of, text):
    assert typescript(TypeAdapter(of).json_schema()) == text


def test_what_has_no_spelling_is_refused():
    with pytest.raises(ValueError, match=r"^There is no TypeScript here for \{'type': 'file'\}\.$"):
        typescript({"type": "file"})


def test_every_rule_has_the_shape_that_is_declared():
    for key, rule in json.loads(rules_payload()).items():
        assert TypeAdapter(Rule).validate_python(rule).model_dump(mode="json") == rule, key


# --- under Node ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def modules(tmp_path_factory):
    """The browser's modules as Node can import them."""
    if shutil.which("node") is None:
        pytest.skip("Node is not installed: the browser's modules are not tried outside of a browser.")
    folder = tmp_path_factory.mktemp("modules")
    for path in FOLDER.rglob("*.js"):
        place = folder / path.relative_to(FOLDER)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    return folder


def frames():
    """Two chunks of six columns and one part, made up, and the message before them."""
    numbers = np.arange(2 * 5 * 6, dtype=float).reshape(2, 5, 6)
    inside = np.arange(5 * 1 * 2, dtype=float).reshape(5, 1, 2) / 8
    columns = ("lr", *COLUMNS)  # in an order that is nobody's: names say what they are
    for first, last in ((0, 3), (3, 5)):
        yield Chunk(
            first=first,
            values=numbers[:, first:last].copy(),
            columns=columns,
            inside=inside[first:last].copy(),
            parts=("m",),
        )


@pytest.mark.parametrize("name", ["slot", "socket", "walk"])
def test_under_node(modules, tmp_path, name):
    chunks = list(frames())
    begin = Begin(slot="map", id=2**31 - 1, columns=chunks[0].columns, parts=("m",), runs=2)
    written = [pack("map", 2**31 - 1, chunk).hex() for chunk in chunks]
    given = tmp_path / "frames.json"
    given.write_text(json.dumps({"begin": begin.model_dump(mode="json"), "frames": written}), encoding="utf-8")
    told = subprocess.run(
        ["node", "--test", str(SCRIPTS / f"{name}.test.mjs")],
        env=os.environ | {"MODULES": modules.as_uri(), "FRAMES": str(given)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 0, told.stdout + told.stderr
