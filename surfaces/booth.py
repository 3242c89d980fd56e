"""Booth: a simple bowl, nine times more curved along one diagonal than along the other."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """The sum of the squared residuals of two linear equations."""
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


SURFACE = Surface(
    landscape=Landscape(
        key="booth",
        loss=loss,
        bounds=((-10.0, 10.0), (-10.0, 10.0)),
        start=(-8.0, 7.0),
        critical_points=(CriticalPoint(x=1.0, y=3.0, value=0.0, kind="minimum"),),
    ),
    label="Booth's bowl",
    family="classic",
    order=60,
    latex=r"f(x, y) = (x + 2y - 7)^2 + (2x + y - 5)^2",
    # By hand: 49 + 25.
    check_values=(CheckValue(x=0.0, y=0.0, value=74.0),),
    presets=(
        Preset(
            key="good",
            label="A clean bowl",
            link="steps=100&run=sgd:lr=0.05&run=momentum:lr=0.01,momentum=0.9&run=rmsprop:lr=0.5&run=adam:lr=0.5",
            look_for="All four runs arrive. Plain SGD is second; only RMSprop is faster.",
            expect=("global_minimum", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Zigzag in, zigzag out",
            link="steps=100&run=sgd:lr=0.105&run=sgd:lr=0.115",
            look_for=(
                "SGD twice: at lr 0.105 its zigzag shrinks and it arrives; at lr 0.115 it grows and leaves the map."
            ),
            expect=("global_minimum", "left_the_map"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=100&run=sgd:lr=0.0003&run=momentum:lr=0.00005,momentum=0.9&run=adam:lr=0.01",
            look_for="Three optimizers with a tiny lr: after 100 steps all three are still near the start.",
            expect=("still_moving", "still_moving", "still_moving"),
        ),
    ),
    teaches="A simple bowl with one minimum: how large can lr be before a run diverges?",
    references=(
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimisation problems, "
        "Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 2013, 150-194, "
        "doi:10.1504/IJMMNO.2013.055204.",
    ),
)
