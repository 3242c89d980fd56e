"""Branin: three equally low minima along a parabola, with saddles between them."""

import math

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A parabolic valley with a cosine wave along it."""
    valley = y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6
    return valley**2 + 10 * (1 - 1 / (8 * math.pi)) * torch.cos(x) + 10


SURFACE = Surface(
    landscape=Landscape(
        key="branin",
        loss=loss,
        bounds=((-5.0, 10.0), (0.0, 15.0)),
        start=(-3.5, 3.0),
        contour_scale="log",
        critical_points=(
            CriticalPoint(x=math.pi, y=2.275, value=10 / (8 * math.pi), kind="minimum"),
            CriticalPoint(x=-math.pi, y=12.275, value=10 / (8 * math.pi), kind="minimum"),
            CriticalPoint(x=3 * math.pi, y=2.475, value=10 / (8 * math.pi), kind="minimum"),
            CriticalPoint(x=0.0, y=6.0, value=20 - 10 / (8 * math.pi), kind="saddle"),
            CriticalPoint(x=2 * math.pi, y=1.1, value=20 - 10 / (8 * math.pi), kind="saddle"),
        ),
    ),
    label="Branin's three",
    family="classic",
    order=170,
    latex=(
        r"f(x, y) = \Bigl(y - \frac{5.1}{4\pi^2}x^2 + \frac{5}{\pi}x - 6\Bigr)^2 + 10\Bigl(1 - "
        r"\frac{1}{8\pi}\Bigr)\cos x + 10"
    ),
    # By hand: 36 + 10 - 10 / (8 pi) + 10.
    check_values=(CheckValue(x=0.0, y=0.0, value=56 - 10 / (8 * math.pi)),),
    presets=(
        Preset(
            key="good",
            label="One start, three minima",
            link="steps=150&run=sgd:lr=0.05&run=momentum:lr=0.03,momentum=0.9&run=rmsprop:lr=0.2&run=adam:lr=0.3",
            look_for="SGD ends in the middle, momentum on the right, RMSprop and Adam on the left: all equally low.",
            expect=("global_minimum", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=0.5&run=momentum:lr=0.5,momentum=0.9&run=adam:lr=1",
            look_for="SGD and momentum are far off the map after one step. Adam makes a wide swing and arrives.",
            expect=("diverged", "diverged", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=150&run=sgd:lr=0.0003&run=adam:lr=0.008",
            look_for="After 150 steps both runs are still on the wall on which they started.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="Three equally low minima along one curved valley: in which does each run end?",
    references=(
        "F. H. Branin, Widely Convergent Method for Finding Multiple Solutions of Simultaneous Nonlinear "
        "Equations, IBM Journal of Research and Development 16(5), 1972, 504-522, doi:10.1147/rd.165.0504.",
        "L. C. W. Dixon and G. P. Szegö, The global optimization problem: an introduction, in Towards Global "
        "Optimisation 2, North-Holland, 1978, 1-15.",
    ),
)
