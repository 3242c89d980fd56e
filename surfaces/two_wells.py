"""Two wells in a bowl: the left one is deeper."""

import math

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A bowl with two Gaussian wells."""
    shallow = 2 * torch.exp(-5 * ((x - 1) ** 2 + y**2))
    deep = 3 * torch.exp(-5 * ((x + 1) ** 2 + y**2))
    return x**2 + y**2 - shallow - deep


SURFACE = Surface(
    landscape=Landscape(
        key="two_wells",
        loss=loss,
        bounds=((-2.0, 2.0), (-2.0, 2.0)),
        start=(1.1, 1.5),
        critical_points=(
            CriticalPoint(x=-0.936300634011, y=0.0, value=-2.06309025177, kind="minimum"),
            CriticalPoint(x=0.90531789916, y=0.0, value=-1.0927319992, kind="minimum"),
            CriticalPoint(x=0.0686024367081, y=0.0, value=-0.03137427327, kind="saddle"),
        ),
    ),
    label="Two wells",
    family="classic",
    order=110,
    latex=r"f(x, y) = x^2 + y^2 - 2\,e^{-5\,((x - 1)^2 + y^2)} - 3\,e^{-5\,((x + 1)^2 + y^2)}",
    # By hand: both wells are sqrt(2) away.
    check_values=(CheckValue(x=0.0, y=1.0, value=1 - 5 * math.exp(-10)),),
    presets=(
        Preset(
            key="good",
            label="Which well?",
            link="steps=150&run=sgd:lr=0.02&run=momentum:lr=0.02,momentum=0.9&run=rmsprop:lr=0.02&run=adam:lr=0.1",
            look_for="SGD and RMSprop end in the nearer well. Momentum and Adam pass it and end in the deeper one.",
            expect=("local_minimum", "global_minimum", "local_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="Too little speed",
            link="steps=150&run=sgd:lr=0.02&run=momentum:lr=0.002,momentum=0.9&run=rmsprop:lr=0.05",
            look_for="At a tenth of the lr momentum also ends in the nearer well, as SGD and RMSprop do.",
            expect=("local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=0.14&run=adam:lr=2",
            look_for="SGD jumps across the nearer well, Adam swings around the deeper one: neither settles.",
            expect=("circling", "still_moving"),
        ),
    ),
    teaches="Two wells, one deeper than the other: in which does each run end?",
    references=(
        "E. Dupont, Interactive Visualization of Optimization Algorithms in Deep Learning, 2018, "
        "emiliendupont.github.io/2018/01/24/optimization-visualization.",
    ),
)
