"""Ackley: a rippled plain with one deep funnel in the middle."""

import math

import torch
from torch import Tensor

from surfaces.base import CheckValue, CriticalPoint, Preset, Surface


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A funnel with ripples; its tip at (0, 0) is sharp."""
    # 1e-30 keeps the root's gradient finite at the tip (there it is 0); it moves no value by more than 3e-15.
    distance = torch.sqrt((x**2 + y**2) / 2 + 1e-30)
    ripples = (torch.cos(2 * math.pi * x) + torch.cos(2 * math.pi * y)) / 2
    return 20 + math.e - 20 * torch.exp(-0.2 * distance) - torch.exp(ripples)


SURFACE = Surface(
    key="ackley",
    label="Ackley's funnel",
    family="classic",
    order=220,
    latex=r"f(x, y) = 20 + e - 20\,e^{-0.2\sqrt{(x^2 + y^2)/2}} - e^{(\cos 2\pi x + \cos 2\pi y)/2}",
    loss=loss,
    bounds=((-5.0, 5.0), (-5.0, 5.0)),
    start=(3.0, 3.0),
    critical_points=(
        CriticalPoint(x=0.0, y=0.0, value=0.0, kind="minimum"),
        CriticalPoint(x=0.95216654595, y=0.0, value=2.57992755703, kind="minimum"),
        CriticalPoint(x=-0.95216654595, y=0.0, value=2.57992755703, kind="minimum"),
        CriticalPoint(x=0.0, y=0.95216654595, value=2.57992755703, kind="minimum"),
        CriticalPoint(x=0.0, y=-0.95216654595, value=2.57992755703, kind="minimum"),
        CriticalPoint(x=0.968477658708, y=0.968477658708, value=3.57445187726, kind="minimum"),
    ),
    # By hand: the root is 0.5 and both cosines are -1.
    check_values=(CheckValue(x=0.5, y=0.5, value=20 + math.e - 20 * math.exp(-0.1) - math.exp(-1)),),
    presets=(
        Preset(
            key="good",
            label="All four",
            link="steps=200&run=sgd:lr=0.001&run=momentum:lr=0.001&run=rmsprop:lr=0.02&run=adam:lr=0.1",
            look_for="The funnel is obvious to you and hidden from the gradient, which sees only the nearest ripple.",
            expect=("still moving", "still moving", "still moving", "still moving"),
        ),
    ),
    teaches="The funnel is obvious to you and hidden from the gradient, which sees only the nearest ripple.",
    references=(
        "D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer, 1987, doi:10.1007/978-1-4613-1997-9.",
    ),
)
