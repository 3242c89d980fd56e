"""Rosenbrock's valley: runs reach the valley quickly, but follow its curved floor slowly."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A parabolic valley whose floor falls slowly toward (1, 1)."""
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


SURFACE = Surface(
    landscape=Landscape(
        key="rosenbrock",
        loss=loss,
        bounds=((-2.0, 2.0), (-1.0, 3.0)),
        start=(-1.2, 1.0),
        contour_scale="log",
        critical_points=(CriticalPoint(x=1.0, y=1.0, value=0.0, kind="minimum"),),
    ),
    label="Rosenbrock's valley",
    family="classic",
    order=10,
    latex=r"f(x, y) = (1 - x)^2 + 100\,(y - x^2)^2",
    # At the published start: 2.2^2 + 100 * 0.44^2.
    check_values=(CheckValue(x=-1.2, y=1.0, value=24.2),),
    presets=(
        Preset(
            key="good",
            label="Along the valley",
            link="steps=500&run=sgd:lr=0.001&run=momentum:lr=0.0015,momentum=0.9&run=rmsprop:lr=0.01&run=adam:lr=0.3",
            look_for="All four runs reach the valley early. Only momentum and Adam come to its end within 500 steps.",
            expect=("still_moving", "global_minimum", "still_moving", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=500&run=sgd:lr=0.01&run=momentum:lr=0.005,momentum=0.9&run=adam:lr=1",
            look_for=(
                "SGD, at lr 0.01, and momentum soon leave the map. Adam, at lr 1, makes wide swings and arrives."
            ),
            expect=("diverged", "diverged", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=500&run=sgd:lr=0.0002&run=adam:lr=0.005",
            look_for="Both runs come down to the valley floor near the start, and hardly get further in 500 steps.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="A curved valley between steep walls, with an almost level floor: which runs get to its end?",
    references=(
        "H. H. Rosenbrock, An Automatic Method for Finding the Greatest or Least Value of a Function, The "
        "Computer Journal 3(3), 1960, 175-184, doi:10.1093/comjnl/3.3.175.",
        "J. J. Moré, B. S. Garbow and K. E. Hillstrom, Testing Unconstrained Optimization Software, ACM "
        "Transactions on Mathematical Software 7(1), 1981, 17-41, problem 1, doi:10.1145/355934.355936.",
    ),
)
