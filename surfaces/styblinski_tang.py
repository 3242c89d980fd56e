"""Styblinski and Tang: four minima in a square, one of them the lowest."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """The same polynomial with two minima in x and in y."""
    return (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2


SURFACE = Surface(
    landscape=Landscape(
        key="styblinski_tang",
        loss=loss,
        bounds=((-5.0, 5.0), (-5.0, 5.0)),
        start=(4.4, 4.2),
        critical_points=(
            CriticalPoint(x=-2.90353402777, y=-2.90353402777, value=-78.3323314075, kind="minimum"),
            CriticalPoint(x=-2.90353402777, y=2.74680277099, value=-64.1956123591, kind="minimum"),
            CriticalPoint(x=2.74680277099, y=-2.90353402777, value=-64.1956123591, kind="minimum"),
            CriticalPoint(x=2.74680277099, y=2.74680277099, value=-50.0588933106, kind="minimum"),
            CriticalPoint(x=-2.90353402777, y=0.15673125678, value=-38.9705533447, kind="saddle"),
            CriticalPoint(x=0.15673125678, y=-2.90353402777, value=-38.9705533447, kind="saddle"),
            CriticalPoint(x=0.15673125678, y=2.74680277099, value=-24.8338342962, kind="saddle"),
            CriticalPoint(x=2.74680277099, y=0.15673125678, value=-24.8338342962, kind="saddle"),
            CriticalPoint(x=0.15673125678, y=0.15673125678, value=0.391224718111, kind="maximum"),
        ),
    ),
    label="Styblinski and Tang",
    family="classic",
    order=150,
    latex=r"f(x, y) = \tfrac{1}{2}\bigl(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y\bigr)",
    # By hand: 1 - 16 + 5 in each weight.
    check_values=(CheckValue(x=1.0, y=1.0, value=-10.0),),
    presets=(
        Preset(
            key="good",
            label="Out of the highest well",
            link="steps=150&run=sgd:lr=0.01&run=momentum:lr=0.015,momentum=0.9&run=rmsprop:lr=0.05&run=adam:lr=2",
            look_for="SGD and RMSprop stay in the highest of the four minima. Momentum and Adam reach the lowest.",
            expect=("local_minimum", "global_minimum", "local_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="All caught",
            link="steps=150&run=sgd:lr=0.005&run=momentum:lr=0.001,momentum=0.9&run=rmsprop:lr=0.1&run=adam:lr=0.3",
            look_for="A smaller lr for momentum and Adam: now all four runs end in the highest minimum.",
            expect=("local_minimum", "local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=0.1&run=momentum:lr=0.04,momentum=0.9",
            look_for=(
                "SGD is off the map at its first step and momentum at its third, and each further step is longer."
            ),
            expect=("diverged", "diverged"),
        ),
    ),
    teaches="Four minima, one in each corner, and only one is the lowest: which runs get there?",
    references=(
        "M. A. Styblinski and T.-S. Tang, Experiments in nonconvex optimization: Stochastic approximation with "
        "function smoothing and simulated annealing, Neural Networks 3(4), 1990, 467-483, "
        "doi:10.1016/0893-6080(90)90029-K.",
    ),
)
