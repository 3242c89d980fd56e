"""A wide bowl with fading ring-shaped ripples around one narrow minimum: slow runs stop in a ripple."""

import math

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A bowl with rings around a well, as a function of the distance r from the middle."""
    # r is 10 times the distance, rounded at its tip by 0.01 so that the gradient in the middle is zero.
    r = torch.sqrt(100 * (x**2 + y**2) + 0.01**2)
    return 0.01 * r**2 - torch.sin(r) / r


SURFACE = Surface(
    landscape=Landscape(
        key="plateau",
        loss=loss,
        bounds=((-2.0, 2.0), (-2.0, 2.0)),
        start=(0.3, 1.7),
        critical_points=(CriticalPoint(x=0.0, y=0.0, value=0.01 * 0.01**2 - math.sin(0.01) / 0.01, kind="minimum"),),
    ),
    label="Ripples and a well",
    family="classic",
    order=320,
    latex=r"f(x, y) = 0.01\,r^2 - \frac{\sin r}{r}, \quad r = \sqrt{100\,(x^2 + y^2) + 0.01^2}",
    # By hand: r^2 = 100.0001.
    check_values=(CheckValue(x=0.0, y=1.0, value=1.000001 - math.sin(math.sqrt(100.0001)) / math.sqrt(100.0001)),),
    presets=(
        Preset(
            key="good",
            label="The ring",
            link="steps=150&run=sgd:lr=0.02&run=momentum:lr=0.02,momentum=0.9&run=rmsprop:lr=0.02&run=adam:lr=0.1",
            look_for="SGD and RMSprop stop in the ring-shaped valley. Momentum and Adam cross it and reach the well.",
            expect=("local_minimum", "global_minimum", "local_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="Too slow for the ring",
            link="steps=150&run=sgd:lr=0.05&run=momentum:lr=0.001,momentum=0.9&run=adam:lr=0.02",
            look_for="With smaller steps momentum and Adam stop in the ring too: no run reaches the well.",
            expect=("local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=0.5&run=momentum:lr=2,momentum=0.9&run=adagrad:lr=3",
            look_for="SGD jumps across the well, AdaGrad in the ring: neither settles. Momentum leaves the map.",
            expect=("circling", "left_the_map", "still_moving"),
        ),
    ),
    teaches="A ring-shaped valley lies around the well: which runs stop in it, and which cross it?",
    references=(
        "L. Jiang, gradient_descent_viz, 2020, github.com/lilipads/gradient_descent_viz, its plateau (there r = "
        "10 sqrt(x^2 + y^2) + 0.01, whose tip is not smooth).",
    ),
)
