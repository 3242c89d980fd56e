"""Himmelblau: four equally low minima around one hill; the start decides in which a run ends."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """The sum of two squared residuals; both are zero at four points."""
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


SURFACE = Surface(
    landscape=Landscape(
        key="himmelblau",
        loss=loss,
        bounds=((-6.0, 6.0), (-6.0, 6.0)),
        start=(0.1, -0.9),
        contour_scale="log",
        critical_points=(
            CriticalPoint(x=3.0, y=2.0, value=0.0, kind="minimum"),
            CriticalPoint(x=3.58442834033, y=-1.84812652696, value=0.0, kind="minimum"),
            CriticalPoint(x=-2.80511808695, y=3.13131251825, value=0.0, kind="minimum"),
            CriticalPoint(x=-3.77931025338, y=-3.28318599129, value=0.0, kind="minimum"),
            CriticalPoint(x=3.38515418361, y=0.0738518798377, value=13.3119262704, kind="saddle"),
            CriticalPoint(x=0.0866775045554, y=2.88425470117, value=67.7191500875, kind="saddle"),
            CriticalPoint(x=-3.07302575076, y=-0.081353044288, value=104.015162918, kind="saddle"),
            CriticalPoint(x=-0.127961346731, y=-1.95371498024, value=178.337239202, kind="saddle"),
            CriticalPoint(x=-0.270844590667, y=-0.92303855648, value=181.616521523, kind="maximum"),
        ),
    ),
    label="Himmelblau's four",
    family="classic",
    order=120,
    latex=r"f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    # By hand: 121 + 49.
    check_values=(CheckValue(x=0.0, y=0.0, value=170.0),),
    presets=(
        Preset(
            key="good",
            label="Four equal minima",
            link="steps=150&run=sgd:lr=0.01&run=momentum:lr=0.005,momentum=0.9&run=rmsprop:lr=0.05&run=adam:lr=0.2",
            look_for="SGD and momentum end in one minimum, RMSprop and Adam in another: all are equally low.",
            expect=("global_minimum", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=0.02&run=momentum:lr=0.03,momentum=0.9&run=adam:lr=1",
            look_for="SGD jumps back and forth and never settles, momentum leaves the map, Adam arrives.",
            expect=("circling", "diverged", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=150&run=sgd:lr=0.0002&run=adam:lr=0.004",
            look_for="The start is next to the hilltop, and after 150 steps the loss of both runs is still high.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="Four equally low minima: in which one does each run end?",
    references=(
        "D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill, 1972.",
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimisation problems, "
        "Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 2013, 150-194, "
        "doi:10.1504/IJMMNO.2013.055204.",
    ),
)
