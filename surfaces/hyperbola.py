"""Two weights that are multiplied: the minima are the points of a hyperbola, and its curvature differs along it.

The product x y has to be 1, as in a linear network with two layers of one weight each and one example. At a minimum the
larger curvature is x^2 + y^2: the hyperbola is flattest at (1, 1), and sharper the farther from it.
"""

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape, StartLimit


def loss(x: Tensor, y: Tensor) -> Tensor:
    """Half the square of the residual 1 - x y."""
    return (1 - x * y) ** 2 / 2


def largest_lr(x: Tensor, y: Tensor) -> Tensor:
    """The learning rate below which gradient descent from (x, y) converges; exact where it is below 1.

    For one learning rate the border of the starts is the ellipse ``x^2 + y^2 - lr x y = 4 / lr - lr``.
    """
    squares = x**2 + y**2
    # Since the squares are at least 2 |x y|, the root is that of 4 (x y - 2)^2 or more; rounding may give less than 0.
    return 8 / (squares + torch.sqrt((squares**2 - 16 * (x * y - 1)).clamp(min=0)))


SURFACE = Surface(
    landscape=Landscape(
        key="hyperbola",
        loss=loss,
        bounds=((-4.0, 4.0), (-3.0, 3.0)),
        start=(0.1, 2.5),
        contour_scale="log",
        # The flattest point of each branch stands for the branch.
        critical_points=(
            CriticalPoint(x=1.0, y=1.0, value=0.0, kind="minimum", level=True),
            CriticalPoint(x=-1.0, y=-1.0, value=0.0, kind="minimum", level=True),
            CriticalPoint(x=0.0, y=0.0, value=0.5, kind="saddle"),
        ),
        start_limit=StartLimit(
            lr=largest_lr,
            below=1.0,
            source="After Y. Liang and G. Montufar, 2025, arXiv:2509.25351.",
        ),
    ),
    label="A hyperbola of minima",
    family="classic",
    order=320,
    latex=r"f(x, y) = \tfrac{1}{2}\,(1 - x y)^2",
    # By hand: (1 - 6)^2 / 2.
    check_values=(CheckValue(x=2.0, y=3.0, value=12.5),),
    presets=(
        Preset(
            key="good",
            label="To a flatter place",
            link="steps=100&run=sgd:lr=0.05&run=sgd:lr=0.4",
            look_for="Both runs end on the hyperbola. With the larger lr the sharp part near the start is unstable.",
            expect=("global_minimum", "global_minimum"),
        ),
        Preset(
            key="cycle",
            label="Period 2",
            link="start=0.8,0.9&steps=300&run=sgd:lr=0.9&run=sgd:lr=1.1",
            look_for="The hyperbola is flattest at (1, 1). At lr above 1 a run cannot rest even there: it alternates.",
            expect=("global_minimum", "circling"),
        ),
        Preset(
            key="overshoot",
            label="Just beyond the border",
            link="start=2.2,2.2&steps=100&run=sgd:lr=0.48&run=sgd:lr=0.53",
            look_for="From here every lr below 0.52 leads to the hyperbola, and every larger one to ever longer steps.",
            expect=("global_minimum", "diverged"),
        ),
        Preset(
            key="caught",
            label="On the ridge",
            link="start=-2,2&steps=100&run=sgd:lr=0.1&run=momentum:lr=0.05,momentum=0.5&run=adam:lr=0.1",
            look_for="From y = -x the gradient points straight at the saddle: all runs stop there.",
            expect=("saddle", "saddle", "saddle"),
        ),
    ),
    teaches="Two weights that are multiplied: at which of the many minima can a run rest?",
    references=(
        "The smallest linear network with two layers: A. M. Saxe, J. L. McClelland and S. Ganguli, Exact solutions to "
        "the nonlinear dynamics of learning in deep linear neural networks, ICLR 2014, arXiv:1312.6120.",
        "Y. Liang and G. Montufar, 2025, arXiv:2509.25351: from which starts gradient descent converges.",
    ),
)
