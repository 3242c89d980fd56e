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
            label="Distill's own setting",
            link=(
                "steps=300&run=sgd:lr=0.003&run=momentum:lr=0.003,momentum=0.74"
                "&run=momentum:lr=0.003,momentum=0.9&run=adam:lr=0.3"
            ),
            look_for=(
                "The same learning rate three times: without memory, with some, with much. More memory, more "
                "swing, more speed."
            ),
            expect=("still moving", "global minimum", "global minimum", "global minimum"),
        ),
        Preset(
            key="overshoot",
            label="Overshoot",
            link="steps=300&run=sgd:lr=0.01&run=momentum:lr=0.007,momentum=0.9&run=adam:lr=1",
            look_for="SGD and momentum are thrown from wall to wall, higher each time; Adam swings and comes back.",
            expect=("diverged", "diverged", "global minimum"),
        ),
        Preset(
            key="glacial",
            label="Glacial",
            link="steps=300&run=sgd:lr=0.0003&run=adam:lr=0.01",
            look_for="On the floor of the valley small steps lead nowhere.",
            expect=("still moving", "still moving"),
        ),
    ),
    teaches="Momentum swings from wall to wall at first, then its swings add up to speed along the floor.",
    references=(
        "G. Goh, Why Momentum Really Works, Distill, 2017, the figure at its head, doi:10.23915/distill.00006.",
    ),
)
