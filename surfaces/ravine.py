"""The ravine: a hundred times more curved across than along, and rotated so that it is not parallel to an axis."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A quadratic with curvature 0.1 along the ravine and 10 across it."""
    along = (12 * x + 5 * y) / 13
    across = (12 * y - 5 * x) / 13
    return 0.05 * along**2 + 5 * across**2


SURFACE = Surface(
    landscape=Landscape(
        key="ravine",
        loss=loss,
        bounds=((-6.4, 6.4), (-3.6, 3.6)),
        start=(-5.0, -0.9),
        contour_scale="log",
        critical_points=(CriticalPoint(x=0.0, y=0.0, value=0.0, kind="minimum"),),
    ),
    label="The ravine",
    family="story",
    order=20,
    latex=r"f(x, y) = 0.05\,\Bigl(\frac{12x + 5y}{13}\Bigr)^2 + 5\,\Bigl(\frac{12y - 5x}{13}\Bigr)^2",
    # By hand: (0.05 * 144 + 5 * 25) / 169.
    check_values=(CheckValue(x=1.0, y=0.0, value=132.2 / 169),),
    presets=(
        Preset(
            key="good",
            label="Zigzag",
            link="steps=150&run=sgd:lr=0.19&run=momentum:lr=0.03,momentum=0.9&run=rmsprop:lr=0.1&run=adam:lr=0.3",
            look_for="SGD jumps from wall to wall and has not arrived at the end; the other three arrive.",
            expect=("still_moving", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Just too much",
            link="steps=150&run=sgd:lr=0.205&run=momentum:lr=0.1,momentum=0.9&run=adam:lr=0.5",
            look_for="With lr just above 0.2, SGD's zigzag grows until it leaves the map. Momentum and Adam arrive.",
            expect=("left_the_map", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=150&run=sgd:lr=0.005&run=adam:lr=0.015",
            look_for="No zigzag now: both runs come down the wall, but have hardly moved along the ravine.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="A ravine, a hundred times more curved across than along: which runs zigzag, and which go down the middle?",
    references=(
        "Made for this app. On ravines and zigzag: G. Goh, Why Momentum Really Works, Distill, 2017, "
        "doi:10.23915/distill.00006.",
    ),
)
