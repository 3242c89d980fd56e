"""Rosenbrock's valley: finding it is easy, following its curved floor is not."""

from torch import Tensor

from surfaces.base import CheckValue, CriticalPoint, Preset, Surface


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A parabolic valley whose floor falls slowly toward (1, 1)."""
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


SURFACE = Surface(
    key="rosenbrock",
    label="Rosenbrock's valley",
    family="classic",
    order=10,
    latex=r"f(x, y) = (1 - x)^2 + 100\,(y - x^2)^2",
    loss=loss,
    bounds=((-2.0, 2.0), (-1.0, 3.0)),
    start=(-1.2, 1.0),
    contour_scale="log",
    critical_points=(CriticalPoint(x=1.0, y=1.0, value=0.0, kind="minimum"),),
    # The published start: 2.2^2 + 100 * 0.44^2.
    check_values=(CheckValue(x=-1.2, y=1.0, value=24.2),),
    presets=(
        Preset(
            key="good",
            label="Along the valley",
            link="steps=500&run=sgd:lr=0.001&run=momentum:lr=0.0015,momentum=0.9&run=rmsprop:lr=0.01&run=adam:lr=0.3",
            look_for="All are in the valley within a few steps; only momentum and Adam come to its end.",
            expect=("still moving", "global minimum", "still moving", "global minimum"),
        ),
        Preset(
            key="overshoot",
            label="Overshoot",
            link="steps=500&run=sgd:lr=0.01&run=momentum:lr=0.005,momentum=0.9&run=adam:lr=1",
            look_for="The walls are steep: a learning rate of 0.01 is already the end of SGD, while Adam likes 1.",
            expect=("diverged", "diverged", "global minimum"),
        ),
        Preset(
            key="glacial",
            label="Glacial",
            link="steps=500&run=sgd:lr=0.0002&run=adam:lr=0.005",
            look_for="On the valley floor the slope is a hundredth of the walls', and so are SGD's steps.",
            expect=("still moving", "still moving"),
        ),
    ),
    teaches="All of them find the valley at once; watch how slowly they then walk along its floor.",
    references=(
        "H. H. Rosenbrock, An Automatic Method for Finding the Greatest or Least Value of a Function, The "
        "Computer Journal 3(3), 1960, 175-184, doi:10.1093/comjnl/3.3.175.",
        "J. J. Moré, B. S. Garbow and K. E. Hillstrom, Testing Unconstrained Optimization Software, ACM "
        "Transactions on Mathematical Software 7(1), 1981, 17-41, problem 1, doi:10.1145/355934.355936.",
    ),
)
