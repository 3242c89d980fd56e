"""The hump: plain SGD falls into the first dip and stays; what has memory rolls on."""

import torch
from torch import Tensor

from surfaces.base import CheckValue, CriticalPoint, Preset, Surface


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A valley with a dip, a hump behind it, and the global minimum behind the hump."""
    valley = 0.05 * (x - 2.2) ** 2 + 0.35 * (y - 0.25 * torch.sin(x)) ** 2
    dip = -0.55 * torch.exp(-((x + 1.4) ** 2) / 0.35 - (y + 0.2) ** 2 / 1.2)
    hump = 0.15 * torch.exp(-((x + 0.5) ** 2) / 0.3 - y**2 / 2.5)
    basin = -1.9 * torch.exp(-((x - 2.2) ** 2) / 1.6 - (y - 0.2) ** 2 / 1.4)
    return valley + dip + hump + basin


SURFACE = Surface(
    key="hump",
    label="The hump",
    family="story",
    order=0,
    latex=r"f(x, y) = \tfrac{1}{20}(x - 2.2)^2 + \dots",
    loss=loss,
    bounds=((-4.6, 4.6), (-2.6, 2.6)),
    start=(-3.7, 1.35),
    critical_points=(
        CriticalPoint(x=2.20, y=0.20, value=-1.9, kind="minimum"),
        CriticalPoint(x=-1.31, y=-0.22, value=0.09, kind="minimum"),
    ),
    check_values=(CheckValue(x=0.0, y=0.0, value=0.0),),
    presets=(
        Preset(
            key="good",
            label="Memory pays",
            link="steps=150&run=sgd:lr=0.05&run=momentum:lr=0.07,momentum=0.9&run=rmsprop:lr=0.02&run=adam:lr=0.3",
            look_for="Plain SGD falls into the first dip and stays. What has memory rolls on.",
            expect=("local minimum", "global minimum", "local minimum", "global minimum"),
        ),
    ),
    teaches="Plain SGD falls into the first dip and stays. What has memory rolls on.",
    references=("Made for this app after Figure 1 of K. Jerzmaowski, Mr. Adam Who Are You?, 2024.",),
)
