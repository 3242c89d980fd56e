"""Files of a folder of one's own, for the tests: good ones, and a way to mount them and take them away again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from backend import contract as contract_module
from charts.formula import read_rule
from components.picker.picker import _surfaces
from mine import Report, mount
from trajectories import landscapes, link

SURFACE = '''"""A bowl."""

from torch import Tensor

from surfaces import CheckValue, CriticalPoint, Landscape, Preset, Surface


def loss(x: Tensor, y: Tensor) -> Tensor:
    """Steep along y."""
    return x**2 + 4 * y**2


SURFACE = Surface(
    landscape=Landscape(
        key="soup_bowl",
        loss=loss,
        bounds=((-3.0, 3.0), (-2.0, 2.0)),
        start=(-2.0, 1.0),
        critical_points=(CriticalPoint(x=0.0, y=0.0, value=0.0, kind="minimum"),),
    ),
    label="Soup bowl",
    family="classic",
    latex=r"f(x, y) = x^2 + 4 y^2",
    check_values=(CheckValue(x=1.0, y=1.0, value=5.0),),
    presets=(
        Preset(
            key="good",
            label="To the bottom",
            link="steps=100&run=sgd:lr=0.1",
            look_for="It arrives.",
            expect=("global_minimum",),
        ),
    ),
    teaches="A bowl.",
    references=("Made for the tests.",),
)
'''

OPTIMIZER = '''"""Rprop, a class that nobody wrote a rule for."""

import torch

from optimizers import OptimizerSpec
from optimizers.hyperparameter import learning_rate

OPTIMIZER = OptimizerSpec(
    key="rprop",
    label="Rprop",
    family="adaptive",
    idea="The sign of the gradient decides; its size does not.",
    torch_class=torch.optim.Rprop,
    arguments={"lr": "lr"},
    hyperparameters=(learning_rate(0.01),),
    references=("M. Riedmiller and H. Braun, 1993.",),
)
'''

DATASET = """+++
name = "Plants"
row = "one plant"
source = "Measured in class 9b."
license = "Our own numbers."
inputs = ["day"]
target = "height"
count = 3

[columns.day]
label = "Day"

[columns.height]
label = "Height"
unit = "cm"
+++
day,height
1,2
2,3.5
3,6
"""

LESSON = """+++
order = 1
title = "Down the bowl"
idea = "One run, one bowl."
scenario = "surface=soup_bowl&steps=100&run=sgd:lr=0.1"

[predict]
question = "Where does the run end?"
teaches = "At the bottom."
flag = 0
near = "Yes."
far = "No."

[[goals]]
text = "Choose a learning rate with which the run leaves the map."
says = "Beyond the stability limit each step is longer than the one before."
claim = { run = 0, outcome = "left_the_map" }
solution = "surface=soup_bowl&steps=100&run=sgd:lr=0.27"

[[controls]]
run = 0
name = "lr"

[[expect]]
run = 0
outcome = "global_minimum"
+++
## What a bowl is

It has one minimum.
"""

GOOD = {
    "surfaces/soup_bowl.py": SURFACE,
    "optimizers/rprop.py": OPTIMIZER,
    "datasets/plants.csv": DATASET,
    "lessons/down_the_bowl.md": LESSON,
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder, by their paths in it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


@contextmanager
def own(folder: Path, files: Mapping[str, str | bytes] = GOOD) -> Iterator[Report]:
    """Write files into a folder and mount it; at the end the catalogues hold only the app's own records."""
    try:
        _forget()
        yield mount(write(folder, files))
    finally:
        mount(None)
        _forget()


def _forget() -> None:
    """Empty the caches that are filled once from the catalogues: a server mounts its folder before they are filled."""
    caches: list[Any] = [landscapes._of_catalogue, link._preset, read_rule, _surfaces]
    for cached in [*caches, contract_module.contract, contract_module.contract_module]:
        cached.cache_clear()
