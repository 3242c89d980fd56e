"""The plane: a small gradient and a long way: if steps are proportional to the gradient, a run needs many of them."""

import math

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A gradient of about 0.03 toward x = 6, with a basin at the end."""
    plane = 0.03 * torch.sqrt((x - 6) ** 2 + 1) + 0.006 * (y + 1.5) ** 2
    basin = -0.3 * torch.exp(-((x - 6) ** 2 + (y + 1.5) ** 2) / 4)
    return plane + basin


SURFACE = Surface(
    landscape=Landscape(
        key="plane",
        loss=loss,
        bounds=((-10.0, 10.0), (-6.0, 6.0)),
        start=(-7.5, 3.0),
        critical_points=(CriticalPoint(x=6.0, y=-1.5, value=-0.27, kind="minimum"),),
    ),
    label="The plane",
    family="story",
    order=30,
    latex=(
        r"f(x, y) = 0.03 \sqrt{(x - 6)^2 + 1} + 0.006\,(y + 1.5)^2"
        r" - 0.3\,e^{-((x - 6)^2 + (y + 1.5)^2) / 4}"
    ),
    # By hand: the square root is 1, the exponent is -1.
    check_values=(CheckValue(x=6.0, y=0.5, value=0.054 - 0.3 / math.e),),
    presets=(
        Preset(
            key="good",
            label="A long way",
            link="steps=150&run=sgd:lr=0.3&run=momentum:lr=0.05,momentum=0.9&run=rmsprop:lr=0.1&run=adam:lr=0.15",
            look_for="After 150 steps SGD and momentum are still on the left. RMSprop and Adam arrived long before.",
            expect=("still_moving", "still_moving", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="bold",
            label="SGD with a larger lr",
            link="steps=150&run=sgd:lr=5&run=momentum:lr=0.5,momentum=0.9&run=adam:lr=0.15",
            look_for='At lr 5, SGD is the first to arrive. Try the same lr on the surface "The cliff".',
            expect=("global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="PyTorch's default lr",
            link="steps=150&run=sgd:lr=0.001&run=momentum:lr=0.001,momentum=0.9&run=adam:lr=0.001",
            look_for="PyTorch's default lr is 0.001: where the gradient is so small, 150 such steps hardly move a run.",
            expect=("still_moving", "still_moving", "still_moving"),
        ),
    ),
    teaches="A long way with a small gradient and one minimum at its end: which runs arrive, and how soon?",
    references=("Made for this app after Figure 2a of K. Jerzmaowski, Mr. Adam Who Are You?, 2024.",),
)
