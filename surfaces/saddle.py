"""A saddle: the loss falls on both sides of a ridge, but on the ridge line the gradient leads to the saddle point."""

import math

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A saddle at the origin between two minima on the y axis."""
    return x**2 - y**2 + 0.05 * y**4


SURFACE = Surface(
    landscape=Landscape(
        key="saddle",
        loss=loss,
        bounds=((-6.0, 6.0), (-5.0, 5.0)),
        start=(-5.0, 0.01),
        critical_points=(
            CriticalPoint(x=0.0, y=math.sqrt(10), value=-5.0, kind="minimum"),
            CriticalPoint(x=0.0, y=-math.sqrt(10), value=-5.0, kind="minimum"),
            CriticalPoint(x=0.0, y=0.0, value=0.0, kind="saddle"),
        ),
    ),
    label="The saddle",
    family="classic",
    order=310,
    latex=r"f(x, y) = x^2 - y^2 + 0.05\,y^4",
    # By hand: 1 - 1 + 0.05.
    check_values=(CheckValue(x=1.0, y=1.0, value=0.05),),
    presets=(
        Preset(
            key="good",
            label="Just beside the ridge",
            link="steps=100&run=sgd:lr=0.05&run=momentum:lr=0.05,momentum=0.9&run=rmsprop:lr=0.1&run=adam:lr=0.2",
            look_for=(
                "RMSprop and Adam leave the ridge at once, SGD and momentum much later. All four reach a minimum."
            ),
            expect=("global_minimum", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="Exactly on the ridge",
            link=(
                "start=-5,0&steps=200&run=sgd:lr=0.1&run=momentum:lr=0.05,momentum=0.9&run=rmsprop:lr=0.1"
                "&run=adam:lr=0.2"
            ),
            look_for="Exactly on the ridge the gradient points along the ridge: all four runs end at the saddle point.",
            expect=("saddle", "saddle", "saddle", "saddle"),
        ),
        Preset(
            key="noise",
            label="A little noise",
            link=(
                "start=-5,0&steps=100&noise=0.01&run=sgd:lr=0.1&run=momentum:lr=0.05,momentum=0.9"
                "&run=rmsprop:lr=0.1&run=adam:lr=0.2"
            ),
            look_for="A start exactly on the ridge, but a little noise in the gradient: all four leave the ridge.",
            expect=("global_minimum", "global_minimum", "global_minimum", "global_minimum"),
        ),
    ),
    teaches="A saddle between two valleys, nearly level at its center: which runs slow down, which turn aside?",
    references=(
        "Made for this app. On saddles as an obstacle: Y. Dauphin et al., Identifying and attacking the saddle "
        "point problem in high-dimensional non-convex optimization, NeurIPS 2014, arXiv:1406.2572.",
    ),
)
