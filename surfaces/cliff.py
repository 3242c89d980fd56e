"""The cliff: a gentle plain ends at a deep gorge; an lr that is good on the plain is far too large at the edge."""

import math

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A plain left of a curved edge, a gorge right of it, and a cliff between."""
    plain = 7 - 0.25 * x + 0.05 * (y + 0.5) ** 2
    gorge = (y - 0.4 * torch.sin(1.5 * x)) ** 2 + 0.25 * (x - 3) ** 2
    beyond_edge = torch.sigmoid(5 * (x + 0.7 * torch.sin(y) + 0.4))
    return plain + (gorge - plain) * beyond_edge


SURFACE = Surface(
    landscape=Landscape(
        key="cliff",
        loss=loss,
        bounds=((-6.0, 6.0), (-3.4, 3.4)),
        start=(-4.5, 1.5),
        critical_points=(CriticalPoint(x=3.00000909742, y=-0.391011609331, value=9.82257489568e-07, kind="minimum"),),
    ),
    label="The cliff",
    family="story",
    order=40,
    latex=(
        r"\begin{gathered} f(x, y) = (1 - s)\,\bigl(7 - 0.25\,x + 0.05\,(y + 0.5)^2\bigr)"
        r" + s\,\bigl((y - 0.4 \sin 1.5x)^2 + 0.25\,(x - 3)^2\bigr), \\"
        r" s = \frac{1}{1 + e^{-5\,(x + 0.7 \sin y + 0.4)}} \end{gathered}"
    ),
    # By hand, on the edge (s = 1/2): (7.1125 + 2.89 + 0.16 sin(0.6)^2) / 2.
    check_values=(CheckValue(x=-0.4, y=0.0, value=(10.0025 + 0.16 * math.sin(0.6) ** 2) / 2),),
    presets=(
        Preset(
            key="good",
            label="Settings of the plane",
            link="steps=150&run=sgd:lr=0.3&run=momentum:lr=0.05,momentum=0.9&run=rmsprop:lr=0.1&run=adam:lr=0.15",
            look_for="With these settings SGD and momentum do not arrive on the plane. Here all four runs arrive.",
            expect=("global_minimum", "global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="cliff",
            label="Over the edge",
            link="steps=150&run=sgd:lr=5&run=adam:lr=0.15",
            look_for=(
                "At lr 5, the fastest on the plane, SGD is at the edge after three steps. The fourth leaves the map."
            ),
            expect=("left_the_map", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Just too large",
            link="steps=150&run=sgd:lr=0.9&run=sgd:lr=1.4&run=adam:lr=0.5",
            look_for="At lr 0.9 SGD swings in the gorge and settles; at lr 1.4 it leaves the map. Adam arrives.",
            expect=("global_minimum", "left_the_map", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=150&run=sgd:lr=0.01&run=adam:lr=0.003",
            look_for="With tiny steps neither run leaves the map, but neither comes near the edge of the cliff.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="A gentle plain ends at a deep gorge: which runs get down without leaving the map?",
    references=(
        "Made for this app after Figure 2b of K. Jerzmaowski, Mr. Adam Who Are You?, 2024.",
        "On cliffs in the loss: R. Pascanu, T. Mikolov and Y. Bengio, On the difficulty of training recurrent "
        "neural networks, ICML 2013, arXiv:1211.5063.",
    ),
)
