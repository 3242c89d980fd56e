"""Beale: almost flat in the middle, very steep at the corners, with a long curved valley floor."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """The sum of three squared residuals, each with a higher power of y."""
    return (1.5 - x * (1 - y)) ** 2 + (2.25 - x * (1 - y**2)) ** 2 + (2.625 - x * (1 - y**3)) ** 2


SURFACE = Surface(
    landscape=Landscape(
        key="beale",
        loss=loss,
        bounds=((-4.5, 4.5), (-4.5, 4.5)),
        start=(2.0, 1.7),
        contour_scale="log",
        critical_points=(
            CriticalPoint(x=3.0, y=0.5, value=0.0, kind="minimum"),
            CriticalPoint(x=0.0, y=1.0, value=14.203125, kind="saddle"),
            CriticalPoint(x=0.100537937324, y=-2.64451358502, value=9.86451228476, kind="saddle"),
        ),
    ),
    label="Beale's corners",
    family="classic",
    order=30,
    latex=r"f(x, y) = (1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2",
    # At the published start: 1.5^2 + 2.25^2 + 2.625^2.
    check_values=(CheckValue(x=1.0, y=1.0, value=14.203125),),
    presets=(
        Preset(
            key="good",
            label="Flat after steep",
            link="steps=300&run=sgd:lr=0.001&run=momentum:lr=0.002,momentum=0.9&run=rmsprop:lr=0.2&run=adam:lr=0.5",
            look_for=(
                "SGD needs a tiny lr at the steep start, so it is slow on the flat floor. The other three arrive."
            ),
            expect=("still_moving", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=300&run=sgd:lr=0.01&run=momentum:lr=0.004,momentum=0.9&run=adam:lr=7",
            look_for=("All three runs end off the map. SGD and momentum diverge; Adam moves slowly beyond the edge."),
            expect=("diverged", "diverged", "left_the_map"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=300&run=sgd:lr=0.00003&run=adam:lr=0.002",
            look_for="After 300 tiny steps neither run has reached the flat floor.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="Very steep near the corners, nearly flat in between: can one lr work for both?",
    references=(
        "E. M. L. Beale, On an Iterative Method for Finding a Local Minimum of a Function of More than One "
        "Variable, Technical Report 25, Statistical Techniques Research Group, Princeton University, 1958.",
        "J. J. Moré, B. S. Garbow and K. E. Hillstrom, Testing Unconstrained Optimization Software, ACM "
        "Transactions on Mathematical Software 7(1), 1981, 17-41, problem 5, doi:10.1145/355934.355936.",
    ),
)
