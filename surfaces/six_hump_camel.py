"""The six-hump camel: six minima, two of them global, in mirror pairs."""

from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """Sixth degree in x, fourth in y, sheared by xy; f(-x, -y) = f(x, y)."""
    return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + 4 * (y**2 - 1) * y**2


SURFACE = Surface(
    landscape=Landscape(
        key="six_hump_camel",
        loss=loss,
        bounds=((-2.0, 2.0), (-1.1, 1.1)),
        start=(1.3, 0.95),
        critical_points=(
            CriticalPoint(x=-0.0898420131003, y=0.712656403021, value=-1.03162845349, kind="minimum"),
            CriticalPoint(x=0.0898420131003, y=-0.712656403021, value=-1.03162845349, kind="minimum"),
            CriticalPoint(x=-1.70360671497, y=0.796083568673, value=-0.215463824384, kind="minimum"),
            CriticalPoint(x=1.70360671497, y=-0.796083568673, value=-0.215463824384, kind="minimum"),
            CriticalPoint(x=-1.60710475292, y=-0.568651454884, value=2.10425031031, kind="minimum"),
            CriticalPoint(x=1.60710475292, y=0.568651454884, value=2.10425031031, kind="minimum"),
            CriticalPoint(x=0.0, y=0.0, value=0.0, kind="saddle"),
            CriticalPoint(x=-1.1092053368, y=0.76826809251, value=0.543718600978, kind="saddle"),
            CriticalPoint(x=1.1092053368, y=-0.76826809251, value=0.543718600978, kind="saddle"),
            CriticalPoint(x=-1.63806798419, y=-0.228674069044, value=2.22935719753, kind="saddle"),
            CriticalPoint(x=1.63806798419, y=0.228674069044, value=2.22935719753, kind="saddle"),
            CriticalPoint(x=-1.29607026717, y=-0.605084388039, value=2.22947081803, kind="saddle"),
            CriticalPoint(x=1.29607026717, y=0.605084388039, value=2.22947081803, kind="saddle"),
            CriticalPoint(x=1.23022987652, y=0.162334584459, value=2.49629535102, kind="maximum"),
            CriticalPoint(x=-1.23022987652, y=-0.162334584459, value=2.49629535102, kind="maximum"),
        ),
    ),
    label="Six-hump camel",
    family="classic",
    order=140,
    latex=r"f(x, y) = \bigl(4 - 2.1\,x^2 + \tfrac{1}{3}x^4\bigr)\,x^2 + xy + 4\,(y^2 - 1)\,y^2",
    # By hand: every power is one.
    check_values=(CheckValue(x=1.0, y=1.0, value=4 - 2.1 + 1 / 3 + 1),),
    presets=(
        Preset(
            key="good",
            label="Too much speed",
            link="steps=150&run=sgd:lr=0.02&run=momentum:lr=0.02,momentum=0.9&run=rmsprop:lr=0.02&run=adam:lr=0.1",
            look_for="Momentum goes straight on to a higher minimum. The other three turn aside, to one of the lowest.",
            expect=("global_minimum", "local_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="Half the lr, lower end",
            link="steps=150&run=sgd:lr=0.05&run=sgd:lr=0.1&run=momentum:lr=0.05,momentum=0.9",
            look_for="SGD twice: at lr 0.05 it ends in one of the lowest minima, at lr 0.1 in one of the highest.",
            expect=("global_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=0.2&run=momentum:lr=0.1,momentum=0.9&run=adam:lr=1",
            look_for=(
                "SGD and momentum are off the map by step 3. Adam crosses the edge too, but comes back and settles."
            ),
            expect=("diverged", "diverged", "global_minimum"),
        ),
    ),
    teaches="Six minima in three mirror pairs, of which one pair is the lowest: which runs end in it?",
    references=(
        "L. C. W. Dixon and G. P. Szegö, The global optimization problem: an introduction, in Towards Global "
        "Optimisation 2, North-Holland, 1978, 1-15.",
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimisation problems, "
        "Int. J. Mathematical Modelling and Numerical Optimisation 4(2), 2013, 150-194, "
        "doi:10.1504/IJMMNO.2013.055204.",
    ),
)
