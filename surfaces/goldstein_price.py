"""Goldstein and Price: four minima, and a loss that spans six powers of ten."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """The product of two fourth-degree polynomials: the first is never below 1, the second never below 3."""
    near = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
    far = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
    return (1 + (x + y + 1) ** 2 * near) * (30 + (2 * x - 3 * y) ** 2 * far)


SURFACE = Surface(
    landscape=Landscape(
        key="goldstein_price",
        loss=loss,
        bounds=((-2.0, 2.0), (-2.0, 2.0)),
        start=(1.6, -1.2),
        contour_scale="log",
        critical_points=(
            CriticalPoint(x=0.0, y=-1.0, value=3.0, kind="minimum"),
            CriticalPoint(x=-0.6, y=-0.4, value=30.0, kind="minimum"),
            CriticalPoint(x=1.8, y=0.2, value=84.0, kind="minimum"),
            CriticalPoint(x=1.2, y=0.8, value=840.0, kind="minimum"),
            CriticalPoint(x=-0.4, y=-0.6, value=35.0, kind="saddle"),
            CriticalPoint(x=1.2, y=-0.2, value=99.0, kind="saddle"),
            CriticalPoint(x=1.4, y=0.6, value=980.0, kind="saddle"),
            CriticalPoint(x=0.6, y=0.4, value=990.0, kind="saddle"),
            CriticalPoint(x=0.8, y=0.2, value=1155.0, kind="maximum"),
        ),
    ),
    label="Goldstein and Price",
    family="classic",
    order=50,
    latex=(
        r"\begin{aligned} f(x, y) = {} & \bigl[1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6xy + 3y^2)\bigr] \\"
        r" & \times \bigl[30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36xy + 27y^2)\bigr] \end{aligned}"
    ),
    # By hand: (1 + 19) * 30, and (1 + 9 * 3) * (30 + 37).
    check_values=(
        CheckValue(x=0.0, y=0.0, value=600.0),
        CheckValue(x=1.0, y=1.0, value=1876.0),
    ),
    presets=(
        Preset(
            key="good",
            label="From the rim",
            link=(
                "steps=300&run=sgd:lr=0.00001&run=momentum:lr=0.000004,momentum=0.9&run=rmsprop:lr=0.3&run=adam:lr=0.5"
            ),
            look_for="SGD, at an lr of 0.00001, stops in the second-lowest minimum. The other three find the lowest.",
            expect=("local_minimum", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=300&run=sgd:lr=0.00002&run=momentum:lr=0.000007,momentum=0.9&run=adam:lr=3",
            look_for="At lr 0.00002 SGD leaves the map in two steps, momentum soon after. Adam leaves it as well.",
            expect=("diverged", "diverged", "left_the_map"),
        ),
        Preset(
            key="caught",
            label="From the other rim",
            link="start=-0.5,1&steps=300&run=sgd:lr=0.000005&run=rmsprop:lr=0.1&run=adam:lr=0.5",
            look_for="From this side the second-lowest minimum is on the way, and all three runs stay in it.",
            expect=("local_minimum", "local_minimum", "local_minimum"),
        ),
    ),
    teaches="Extremely steep at the rim, gentle in the middle, with four minima: which runs find the lowest?",
    references=(
        "A. A. Goldstein and J. F. Price, On descent from local minima, Mathematics of Computation 25(115), 1971,"
        " 569-574, doi:10.1090/S0025-5718-1971-0312365-X.",
    ),
)
