"""Easom: a plain that is flat to many digits, with one deep and narrow minimum."""

import math

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A hole at (pi, pi) in a plain."""
    hole = torch.exp(-((x - math.pi) ** 2) - (y - math.pi) ** 2)
    return -torch.cos(x) * torch.cos(y) * hole


SURFACE = Surface(
    landscape=Landscape(
        key="easom",
        loss=loss,
        bounds=((-1.0, 7.0), (0.5, 5.5)),
        start=(1.5, 4.0),
        critical_points=(
            CriticalPoint(x=math.pi, y=math.pi, value=-1.0, kind="minimum"),
            CriticalPoint(x=1.30499545044, y=1.30499545044, value=-8.11022384e-05, kind="minimum"),
            CriticalPoint(x=1.30499545044, y=4.97818985674, value=-8.11022384e-05, kind="minimum"),
            CriticalPoint(x=4.97818985674, y=1.30499545044, value=-8.11022384e-05, kind="minimum"),
            CriticalPoint(x=4.97818985674, y=4.97818985674, value=-8.11022384e-05, kind="minimum"),
            CriticalPoint(x=1.30499545044, y=math.pi, value=0.00900567814857, kind="maximum"),
            CriticalPoint(x=4.97818985674, y=math.pi, value=0.00900567814857, kind="maximum"),
            CriticalPoint(x=math.pi, y=1.30499545044, value=0.00900567814857, kind="maximum"),
            CriticalPoint(x=math.pi, y=4.97818985674, value=0.00900567814857, kind="maximum"),
            CriticalPoint(x=math.pi / 2, y=math.pi / 2, value=0.0, kind="saddle"),
        ),
    ),
    label="Easom's needle",
    family="classic",
    order=330,
    latex=r"f(x, y) = -\cos x \, \cos y \; e^{-(x - \pi)^2 - (y - \pi)^2}",
    # By hand: cos(pi) cos(0) = -1.
    check_values=(CheckValue(x=math.pi, y=0.0, value=math.exp(-(math.pi**2))),),
    presets=(
        Preset(
            key="good",
            label="Into the minimum",
            link="steps=150&run=sgd:lr=0.05&run=momentum:lr=0.05,momentum=0.9&run=rmsprop:lr=0.02&run=adam:lr=0.05",
            look_for="SGD has hardly moved after 150 steps. The other three runs reach the minimum.",
            expect=("still_moving", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="plain",
            label="Out on the plain",
            link="start=-0.6,1&steps=150&run=sgd:lr=0.5&run=momentum:lr=0.5,momentum=0.9&run=adam:lr=0.1",
            look_for="SGD and momentum hardly move: the gradient is almost zero. Adam ends in a shallow minimum.",
            expect=("still_moving", "still_moving", "local_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=5&run=momentum:lr=1,momentum=0.9&run=rmsprop:lr=0.1&run=adam:lr=1",
            look_for="All four step past the minimum and off the map, where the gradient is almost zero.",
            expect=("left_the_map", "left_the_map", "left_the_map", "left_the_map"),
        ),
    ),
    teaches="One deep, narrow minimum in a plain that is almost flat: which runs find it?",
    references=(
        "E. E. Easom, A Survey of Global Optimization Techniques, M. Eng. thesis, University of Louisville, 1990.",
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimisation problems, "
        "Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 2013, 150-194, "
        "doi:10.1504/IJMMNO.2013.055204.",
    ),
)
