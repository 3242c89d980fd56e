"""A saddle: downhill both ways across it, but on the ridge line the slope points straight at the pass."""

import math

from torch import Tensor

from surfaces.base import CheckValue, CriticalPoint, Preset, Surface


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A saddle at the origin between two minima on the y axis."""
    return x**2 - y**2 + 0.05 * y**4


SURFACE = Surface(
    key="saddle",
    label="The saddle",
    family="classic",
    order=310,
    latex=r"f(x, y) = x^2 - y^2 + 0.05\,y^4",
    loss=loss,
    bounds=((-6.0, 6.0), (-5.0, 5.0)),
    start=(-5.0, 0.01),
    critical_points=(
        CriticalPoint(x=0.0, y=math.sqrt(10), value=-5.0, kind="minimum"),
        CriticalPoint(x=0.0, y=-math.sqrt(10), value=-5.0, kind="minimum"),
        CriticalPoint(x=0.0, y=0.0, value=0.0, kind="saddle"),
    ),
    # By hand: 1 - 1 + 0.05.
    check_values=(CheckValue(x=1.0, y=1.0, value=0.05),),
    presets=(
        Preset(
            key="good",
            label="All four",
            link="steps=200&run=sgd:lr=0.001&run=momentum:lr=0.001&run=rmsprop:lr=0.02&run=adam:lr=0.1",
            look_for=(
                "Near the pass the slope nearly vanishes: see who lingers there, and who notices the small "
                "tilt to the side."
            ),
            expect=("still moving", "still moving", "still moving", "still moving"),
        ),
    ),
    teaches=(
        "Near the pass the slope nearly vanishes: see who lingers there, and who notices the small tilt to the side."
    ),
    references=(
        "Made for this app. On saddles as an obstacle: Y. Dauphin et al., Identifying and attacking the saddle "
        "point problem in high-dimensional non-convex optimization, NeurIPS 2014, arXiv:1406.2572.",
    ),
)
