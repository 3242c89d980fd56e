"""Matyas: a long diagonal valley, with curvature 1 across it and 0.04 along it."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A quadratic whose valley runs along x = y."""
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


SURFACE = Surface(
    landscape=Landscape(
        key="matyas",
        loss=loss,
        bounds=((-10.0, 10.0), (-10.0, 10.0)),
        start=(-9.08, -7.83),
        contour_scale="log",
        critical_points=(CriticalPoint(x=0.0, y=0.0, value=0.0, kind="minimum"),),
    ),
    label="Matyas's trough",
    family="classic",
    order=70,
    latex=r"f(x, y) = 0.26\,(x^2 + y^2) - 0.48\,xy",
    # By hand: 0.26 * 5 - 0.48 * 2.
    check_values=(CheckValue(x=1.0, y=2.0, value=0.34),),
    presets=(
        Preset(
            key="good",
            label="Along the trough",
            link="steps=150&run=sgd:lr=0.2&run=momentum:lr=0.2,momentum=0.9&run=rmsprop:lr=0.2&run=adam:lr=0.2",
            look_for="The same lr for all four runs: only SGD is still on its way.",
            expect=("still_moving", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="bold",
            label="SGD, well set",
            link="steps=150&run=sgd:lr=1.9&run=adam:lr=0.2",
            look_for="At lr 1.9 SGD arrives at step 43, long before Adam. An lr above 2 would be too large.",
            expect=("global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Too much for SGD",
            link="steps=150&run=sgd:lr=2.1&run=momentum:lr=2.1,momentum=0.9",
            look_for="At lr 2.1 the swings of SGD grow until it leaves the map. Momentum, at the same lr, arrives.",
            expect=("left_the_map", "global_minimum"),
        ),
    ),
    teaches="A long valley whose floor falls very gently: which runs move fast along it?",
    references=(
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimisation problems, "
        "Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 2013, 150-194, "
        "doi:10.1504/IJMMNO.2013.055204.",
        "Usually credited to J. Matyas, Random optimization, Automation and Remote Control 26(2), 1965.",
    ),
)
