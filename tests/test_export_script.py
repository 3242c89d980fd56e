"""The scripts that visitors take home: each stands alone and gives the walk's positions to the last bit."""

import ast
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from exports import FORMATS
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories import Scenario, parse_link, simulate

RUNNER = Path(__file__).with_name("scripts_in_order.py")
FEW = "steps=12&run=adam:lr=0.1&run=momentum:lr=0.005"
CASES = {
    **{f"optimizer-{key}": f"surface=cliff&steps=40&run={key}:lr=0.05" for key in OPTIMIZERS},
    **{f"surface-{key}": f"surface={key}&{FEW}" for key in SURFACES},
    "noise": "surface=ackley&steps=1030&noise=0.5&seed=7&run=sgd:lr=0.01",
    "diverges": "surface=banana&steps=100&run=sgd:lr=0.1&run=adam:lr=0.1",
    "eight": "surface=styblinski_tang&steps=30&" + "&".join(f"run={key}:lr=0.05" for key in list(OPTIMIZERS)[5:13]),
    "twice": "surface=rosenbrock&steps=60&start=30,-40&run=adam:lr=0.3&run=adam:lr=0.3,beta1=0.5&run=nesterov",
    "taken_apart": "surface=hump&steps=50&run=dissected:lr=0.1,correct_v=0,root=0",
    "batch": "surface=cars_standardized&steps=25&batch=7&seed=3&run=sgd:lr=0.1&run=adagrad:lr=2",
    "batch_and_noise": "surface=two_moons&steps=10&batch=500&noise=0.3&run=adam:lr=0.1",
    "one_example": "surface=hubble&steps=60&batch=1&seed=1&run=rmsprop:lr=0.02",
    "edited": "surface=cars_raw&steps=20&point=3:12.5,40&point=4:out&point=new:20,30.25&run=adam:lr=0.5",
    "own_table": "surface=o_rings&steps=20&batch=2&table=60,1;65.5,0;70,0&run=sgd:lr=0.5&run=adamax:lr=0.1",
    "network": "surface=network_moons_random&start=0.5,-1&steps=8&batch=32&noise=0.01&run=adam:lr=0.02&run=radam",
    "typed": "f=a*sin(3x)cos(y)%2Br%5E2%2F8%2Bmax(x%2Cy)%5E3%2F20&let=a:1.5:0..3&steps=60&run=adam:lr=0.2&run=sgd",
    "typed_flat": "f=7&steps=5&run=sgd:lr=0.1",
    "typed_undefined": "f=log(x)%2By%5E2&box=-1,4,-2,2&start=1,1&steps=300&noise=0.2&run=sgd:lr=0.3&run=adam:lr=0.3",
}
WITH_PICTURE = {"surface-booth", "batch", "network", "typed"}


def scenario_of(case: str) -> Scenario:
    scenario, problems = parse_link(CASES[case])
    assert not problems
    return scenario


def script_of(case: str) -> str:
    return b"".join(FORMATS["script"].write(scenario_of(case))).decode()


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """What all scripts leave, run one after the other in an interpreter that knows nothing of the project."""
    folder = tmp_path_factory.mktemp("taken_home")
    files = []
    for case in CASES:
        files.append(f"{case}{'.plot' if case in WITH_PICTURE else ''}.py")
        (folder / files[-1]).write_text(script_of(case), encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "MPLBACKEND": "Agg"}
    command = [sys.executable, "-I", str(RUNNER), *files]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("case", CASES)
def test_a_script_has_the_bits_of_the_walk(case, left):
    found, walks = left[case], simulate(scenario_of(case))
    assert len(found["positions"]) == len(found["losses"]) == len(walks)
    for path, losses, walk in zip(found["positions"], found["losses"], walks, strict=True):
        taken = len(path)
        assert np.array_equal(path, walk.positions[:taken], equal_nan=True)
        assert np.array_equal(losses, walk.losses[:taken], equal_nan=True)
        assert np.isnan(walk.positions[taken:]).all(), "it ends where the run diverges"


def test_a_run_that_diverges_ends_early(left):
    lengths = [len(path) for path in left["diverges"]["positions"]]
    assert lengths[0] < 101
    assert lengths[1] == 101


@pytest.mark.parametrize("case", CASES)
def test_a_script_defines_each_name_once(case):
    """A constant of a surface could otherwise replace a setting of the script."""
    names = Counter(
        name.id if isinstance(name, ast.Name) else name
        for node in ast.parse(script_of(case)).body
        for name in (
            [node.name]
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            else [n for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)]
            if isinstance(node, ast.Assign)
            else []
        )
    )
    assert not [name for name, count in names.items() if count > 1]


@pytest.mark.parametrize("case", CASES)
def test_a_script_is_read_without_effort(case):
    script = script_of(case)
    assert max(len(line) for line in script.splitlines() if not line.startswith("Link: ")) <= 120
    assert "noqa" not in script
    assert f"?{CASES[case].partition('&')[0]}&" in script


def test_a_title_cannot_leave_its_comment(monkeypatch):
    """Texts of a scenario are written as comments and as strings, never as code."""
    text = '"""\nraise SystemExit(\'out\')\n"""\\'
    monkeypatch.setattr("exports.heading.title", lambda _: text)
    monkeypatch.setattr("exports.heading.about_surface", lambda _: [text])
    script = script_of("surface-booth")
    assert not [n for n in ast.walk(ast.parse(script)) if isinstance(n, ast.Name) and n.id == "SystemExit"]
