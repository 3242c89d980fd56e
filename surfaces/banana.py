"""The banana of Distill's essay on momentum: a valley like Rosenbrock's, less steep and more sharply curved."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A curved valley that falls toward (1, 1/3)."""
    return (1 - x) ** 2 + 20 * (3 * y - x**2) ** 2


SURFACE = Surface(
    landscape=Landscape(
        key="banana",
        loss=loss,
        bounds=((-2.0, 2.0), (-0.27, 1.07)),
        start=(-1.21, 0.853),
        contour_scale="log",
        critical_points=(CriticalPoint(x=1.0, y=1 / 3, value=0.0, kind="minimum"),),
    ),
    label="Distill's banana",
    family="classic",
    order=20,
    latex=r"f(x, y) = (1 - x)^2 + 20\,(3y - x^2)^2",
    # By hand: 1 + 20 * 1.5^2.
    check_values=(CheckValue(x=0.0, y=0.5, value=46.0),),
    presets=(
        Preset(
            key="good",
            label="How much momentum?",
            link=(
                "steps=300&run=sgd:lr=0.003&run=momentum:lr=0.003,momentum=0.74"
                "&run=momentum:lr=0.003,momentum=0.9&run=adam:lr=0.3"
            ),
            look_for=(
                "One lr, momentum 0, 0.74 and 0.9: with more momentum a run arrives sooner. SGD is still moving."
            ),
            expect=("still_moving", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=300&run=sgd:lr=0.01&run=momentum:lr=0.007,momentum=0.9&run=adam:lr=1",
            look_for=(
                "SGD and momentum leave the map within two steps. Adam leaves it as well, but comes back and arrives."
            ),
            expect=("diverged", "diverged", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=300&run=sgd:lr=0.00001&run=adam:lr=0.0008",
            look_for="After 300 steps both runs have only come down the wall beside the start.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="A curved valley with steep sides: which runs swing from side to side, and which follow the curve?",
    references=(
        "G. Goh, Why Momentum Really Works, Distill, 2017, the figure at its head, doi:10.23915/distill.00006.",
    ),
)
