"""Himmelblau: four equally good minima around one hill; the start decides."""

from torch import Tensor

from surfaces.base import CheckValue, CriticalPoint, Preset, Surface


def loss(x: Tensor, y: Tensor) -> Tensor:
    """Two squared conic residuals; they vanish together at four points."""
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


SURFACE = Surface(
    key="himmelblau",
    label="Himmelblau's four",
    family="classic",
    order=120,
    latex=r"f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    loss=loss,
    bounds=((-6.0, 6.0), (-6.0, 6.0)),
    start=(-0.15, 0.67),
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
    # By hand: 121 + 49.
    check_values=(CheckValue(x=0.0, y=0.0, value=170.0),),
    presets=(
        Preset(
            key="good",
            label="All four",
            link="steps=200&run=sgd:lr=0.001&run=momentum:lr=0.001&run=rmsprop:lr=0.02&run=adam:lr=0.1",
            look_for=(
                "Four minima, all equally good. From beside the hilltop, small differences decide who ends in which."
            ),
            expect=("still moving", "still moving", "still moving", "still moving"),
        ),
    ),
    teaches="Four minima, all equally good. From beside the hilltop, small differences decide who ends in which.",
    references=(
        "D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill, 1972.",
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimisation problems, "
        "Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 2013, 150-194, "
        "doi:10.1504/IJMMNO.2013.055204.",
    ),
)
