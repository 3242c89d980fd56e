"""The banana of Distill's essay on momentum: a milder Rosenbrock valley, bent more sharply."""

from torch import Tensor

from surfaces.base import CheckValue, CriticalPoint, Preset, Surface


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A curved valley that falls toward (1, 1/3)."""
    return (1 - x) ** 2 + 20 * (3 * y - x**2) ** 2


SURFACE = Surface(
    key="banana",
    label="Distill's banana",
    family="classic",
    order=20,
    latex=r"f(x, y) = (1 - x)^2 + 20\,(3y - x^2)^2",
    loss=loss,
    bounds=((-2.0, 2.0), (-0.27, 1.07)),
    start=(-1.21, 0.853),
    contour_scale="log",
    critical_points=(CriticalPoint(x=1.0, y=1 / 3, value=0.0, kind="minimum"),),
    # By hand: 1 + 20 * 1.5^2.
    check_values=(CheckValue(x=0.0, y=0.5, value=46.0),),
    presets=(
        Preset(
            key="good",
            label="All four",
            link="steps=200&run=sgd:lr=0.001&run=momentum:lr=0.001&run=rmsprop:lr=0.02&run=adam:lr=0.1",
            look_for="Momentum swings from wall to wall at first, then its swings add up to speed along the floor.",
            expect=("still moving", "still moving", "still moving", "still moving"),
        ),
    ),
    teaches="Momentum swings from wall to wall at first, then its swings add up to speed along the floor.",
    references=(
        "G. Goh, Why Momentum Really Works, Distill, 2017, the figure at its head, doi:10.23915/distill.00006.",
    ),
)
