"""Matyas: a long diagonal trough, curvature 1 across it and 0.04 along it."""

from torch import Tensor

from surfaces.base import CheckValue, CriticalPoint, Preset, Surface


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A quadratic whose trough runs along x = y."""
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


SURFACE = Surface(
    key="matyas",
    label="Matyas's trough",
    family="classic",
    order=70,
    latex=r"f(x, y) = 0.26\,(x^2 + y^2) - 0.48\,xy",
    loss=loss,
    bounds=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-9.08, -7.83),
    contour_scale="log",
    critical_points=(CriticalPoint(x=0.0, y=0.0, value=0.0, kind="minimum"),),
    # By hand: 0.26 * 5 - 0.48 * 2.
    check_values=(CheckValue(x=1.0, y=2.0, value=0.34),),
    presets=(
        Preset(
            key="good",
            label="All four",
            link="steps=200&run=sgd:lr=0.001&run=momentum:lr=0.001&run=rmsprop:lr=0.02&run=adam:lr=0.1",
            look_for=(
                "The floor of this trough falls so gently that the whole race is about who dares to walk fast along it."
            ),
            expect=("still moving", "still moving", "still moving", "still moving"),
        ),
    ),
    teaches="The floor of this trough falls so gently that the whole race is about who dares to walk fast along it.",
    references=(
        "J. Matyas, Random optimization, Automation and Remote Control 26(2), 1965, 246-253.",
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimisation problems, "
        "Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 2013, 150-194, "
        "doi:10.1504/IJMMNO.2013.055204.",
    ),
)
