"""Freudenstein and Roth: from the published start, nearly every run ends in the higher of two valleys."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """The sum of the squared residuals of two cubic equations."""
    return (x - 13 + ((5 - y) * y - 2) * y) ** 2 + (x - 29 + ((y + 1) * y - 14) * y) ** 2


SURFACE = Surface(
    landscape=Landscape(
        key="freudenstein_roth",
        loss=loss,
        bounds=((-4.0, 16.0), (-4.0, 6.0)),
        start=(0.5, -2.0),
        contour_scale="log",
        critical_points=(
            CriticalPoint(x=5.0, y=4.0, value=0.0, kind="minimum"),
            CriticalPoint(x=11.4127789869, y=-0.896805253274, value=48.9842536792, kind="minimum"),
        ),
    ),
    label="Freudenstein and Roth",
    family="classic",
    order=40,
    latex=r"f(x, y) = \bigl(x - 13 + ((5 - y)\,y - 2)\,y\bigr)^2 + \bigl(x - 29 + ((y + 1)\,y - 14)\,y\bigr)^2",
    # At the published start: 19.5^2 + (-4.5)^2.
    check_values=(CheckValue(x=0.5, y=-2.0, value=400.5),),
    presets=(
        Preset(
            key="caught",
            label="The near valley",
            link="steps=300&run=sgd:lr=0.001&run=momentum:lr=0.001,momentum=0.9&run=rmsprop:lr=0.07&run=adam:lr=0.5",
            look_for=(
                "All four runs go into the near valley, whose lowest loss is 49; SGD is still on its way along it."
            ),
            expect=("still_moving", "local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="good",
            label="A very large lr",
            link="steps=300&run=momentum:lr=0.001,momentum=0.9&run=adam:lr=5",
            look_for=(
                "Adam at lr 5 goes far off the map, returns, and ends in the far valley. Momentum ends in the near one."
            ),
            expect=("local_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=300&run=sgd:lr=0.003&run=momentum:lr=0.0015,momentum=0.9",
            look_for="An lr of 0.003 seems small, yet SGD diverges; with momentum, half of it is already too large.",
            expect=("diverged", "diverged"),
        ),
    ),
    teaches="Two valleys: the loss falls to 49 in one and to zero in the other. Which runs find the deeper one?",
    references=(
        "F. Freudenstein and B. Roth, Numerical Solution of Systems of Nonlinear Equations, Journal of the ACM "
        "10(4), 1963, 550-556, doi:10.1145/321186.321200.",
        "J. J. Moré, B. S. Garbow and K. E. Hillstrom, Testing Unconstrained Optimization Software, ACM "
        "Transactions on Mathematical Software 7(1), 1981, 17-41, problem 2, doi:10.1145/355934.355936.",
    ),
)
