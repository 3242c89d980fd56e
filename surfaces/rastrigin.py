"""Rastrigin: a bowl pressed into an egg carton; hundreds of dips, one of them lowest."""

import itertools
import math

import torch
from torch import Tensor

from surfaces.base import CheckValue, CriticalPoint, Preset, Surface

# The middle dip, and its neighbors: the solutions of x = -10 pi sin(2 pi x) nearest to 0 and 1.
NEAR = 0.994958637652
DIPS = sorted(itertools.product((0.0, -NEAR, NEAR), repeat=2), key=lambda dip: dip[0] ** 2 + dip[1] ** 2)


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A bowl with a cosine wave in each weight."""
    waves = torch.cos(2 * math.pi * x) + torch.cos(2 * math.pi * y)
    return 20 + x**2 + y**2 - 10 * waves


SURFACE = Surface(
    key="rastrigin",
    label="Rastrigin's egg carton",
    family="classic",
    order=210,
    latex=r"f(x, y) = 20 + x^2 + y^2 - 10\cos 2\pi x - 10\cos 2\pi y",
    loss=loss,
    bounds=((-5.12, 5.12), (-5.12, 5.12)),
    start=(-2.0, 3.5),
    critical_points=tuple(
        CriticalPoint(x=x, y=y, value=0.994959057093 * ((x != 0) + (y != 0)), kind="minimum") for x, y in DIPS
    ),
    # By hand: 20 + 0.25 + 0.25 + 10 + 10.
    check_values=(CheckValue(x=0.5, y=0.5, value=40.5),),
    presets=(
        Preset(
            key="good",
            label="All four",
            link="steps=200&run=sgd:lr=0.001&run=momentum:lr=0.001&run=rmsprop:lr=0.02&run=adam:lr=0.1",
            look_for=(
                "A dip at nearly every pair of whole numbers: following the slope ends in the nearest one, "
                "and hardly anybody sees the bowl behind."
            ),
            expect=("still moving", "still moving", "still moving", "still moving"),
        ),
    ),
    teaches=(
        "A dip at nearly every pair of whole numbers: following the slope ends in the nearest one, and hardly"
        " anybody sees the bowl behind."
    ),
    references=(
        "L. A. Rastrigin, Systems of Extremal Control, Nauka, Moscow, 1974 (in Russian).",
        "H. Mühlenbein, M. Schomisch and J. Born, The parallel genetic algorithm as function optimizer, Parallel "
        "Computing 17(6-7), 1991, 619-632, doi:10.1016/S0167-8191(05)80052-3.",
    ),
)
