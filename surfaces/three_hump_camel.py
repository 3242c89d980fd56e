"""The three-hump camel: the global minimum in the middle, a local minimum on each side."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A sixth-degree polynomial in x, sheared by xy."""
    return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2


SURFACE = Surface(
    landscape=Landscape(
        key="three_hump_camel",
        loss=loss,
        bounds=((-2.2, 2.2), (-2.0, 2.0)),
        start=(-1.9, -0.5),
        critical_points=(
            CriticalPoint(x=0.0, y=0.0, value=0.0, kind="minimum"),
            CriticalPoint(x=-1.74755234583, y=0.873776172915, value=0.298638442237, kind="minimum"),
            CriticalPoint(x=1.74755234583, y=-0.873776172915, value=0.298638442237, kind="minimum"),
            CriticalPoint(x=-1.07054229182, y=0.535271145912, value=0.877361557763, kind="saddle"),
            CriticalPoint(x=1.07054229182, y=-0.535271145912, value=0.877361557763, kind="saddle"),
        ),
    ),
    label="Three-hump camel",
    family="classic",
    order=130,
    latex=r"f(x, y) = 2x^2 - 1.05\,x^4 + \tfrac{1}{6}x^6 + xy + y^2",
    # By hand: every power is one.
    check_values=(CheckValue(x=1.0, y=1.0, value=2 - 1.05 + 1 / 6 + 2),),
    presets=(
        Preset(
            key="good",
            label="Over the hump",
            link="steps=150&run=sgd:lr=0.05&run=momentum:lr=0.1,momentum=0.9&run=rmsprop:lr=0.02&run=adam:lr=0.5",
            look_for="SGD and RMSprop stop in the local minimum. Momentum and Adam get over the hump to the middle.",
            expect=("local_minimum", "global_minimum", "local_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="A fifth of the lr",
            link="steps=150&run=sgd:lr=0.05&run=momentum:lr=0.02,momentum=0.9&run=adam:lr=0.1",
            look_for="With a fifth of the lr, momentum and Adam swing in the local minimum and stay there, like SGD.",
            expect=("local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=0.7&run=momentum:lr=0.3,momentum=0.9&run=adam:lr=1",
            look_for=("SGD and momentum jump between the outer walls until they diverge. Adam settles in the middle."),
            expect=("diverged", "diverged", "global_minimum"),
        ),
    ),
    teaches="The global minimum is in the middle, with a local minimum on either side: where does each run stop?",
    references=(
        "F. H. Branin, Widely Convergent Method for Finding Multiple Solutions of Simultaneous Nonlinear "
        "Equations, IBM Journal of Research and Development 16(5), 1972, 504-522, doi:10.1147/rd.165.0504.",
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimisation problems, "
        "Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 2013, 150-194, "
        "doi:10.1504/IJMMNO.2013.055204.",
    ),
)
