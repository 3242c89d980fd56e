"""McCormick: a sloping valley with waves in it, so that a local minimum lies above the global one."""

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A sine wave along a sloping valley."""
    return torch.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1


SURFACE = Surface(
    landscape=Landscape(
        key="mccormick",
        loss=loss,
        bounds=((-1.5, 4.0), (-3.0, 4.0)),
        start=(2.6, -1.4),
        critical_points=(
            CriticalPoint(x=-0.547197551197, y=-1.5471975512, value=-1.91322295498, kind="minimum"),
            CriticalPoint(x=2.59439510239, y=1.59439510239, value=1.22836969861, kind="minimum"),
            CriticalPoint(x=1.5471975512, y=0.547197551197, value=1.91322295498, kind="saddle"),
        ),
    ),
    label="McCormick's waves",
    family="classic",
    order=160,
    latex=r"f(x, y) = \sin(x + y) + (x - y)^2 - 1.5\,x + 2.5\,y + 1",
    # By hand, at the published start: every term but the constant is zero.
    check_values=(CheckValue(x=0.0, y=0.0, value=1.0),),
    presets=(
        Preset(
            key="good",
            label="Momentum goes too far",
            link="steps=150&run=sgd:lr=0.05&run=momentum:lr=0.05,momentum=0.9&run=rmsprop:lr=0.05&run=adam:lr=0.3",
            look_for=(
                "Momentum is so fast that it passes the lowest point and leaves the map. The other three stop there."
            ),
            expect=("global_minimum", "left_the_map", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="Stopped by the wave",
            link=(
                "start=3.4,3.3&steps=150&run=sgd:lr=0.05&run=momentum:lr=0.02,momentum=0.9&run=rmsprop:lr=0.03"
                "&run=adam:lr=0.1"
            ),
            look_for="From this higher start all four runs end in the upper local minimum.",
            expect=("local_minimum", "local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Past the minimum",
            link=(
                "start=3.4,3.3&steps=150&run=momentum:lr=0.045,momentum=0.9&run=momentum:lr=0.05,momentum=0.9"
                "&run=adam:lr=0.5"
            ),
            look_for=("At lr 0.045 momentum stops at the wave; at 0.05 it passes it, and leaves the map as Adam does."),
            expect=("local_minimum", "left_the_map", "left_the_map"),
        ),
    ),
    teaches="Waves run across a sloping valley: in which of its two minima does a run stop, and which pass both?",
    references=(
        "W. Hock and K. Schittkowski, Test Examples for Nonlinear Programming Codes, Springer, 1981, problem 5, "
        "doi:10.1007/978-3-642-48320-2.",
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimisation problems, "
        "Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 2013, 150-194, "
        "doi:10.1504/IJMMNO.2013.055204.",
        "Usually credited to G. P. McCormick, Computability of global solutions to factorable nonconvex programs: "
        "Part I, Convex underestimating problems, Mathematical Programming 10, 1976, 147-175, "
        "doi:10.1007/BF01580665.",
    ),
)
