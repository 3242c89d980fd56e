"""Rastrigin: a bowl with a regular wave on it; more than a hundred minima, one of them lowest."""

import itertools
import math

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape

# Along one weight: the positions of the minima with x >= 0 (x = -10 pi sin 2 pi x), and the loss there.
AXIS = (
    (0.0, 0.0),
    (0.994958637652, 0.994959057093),
    (1.98991223371, 3.97983119055),
    (2.98485570104, 8.95460124149),
    (3.9797838603, 15.9192437925),
    (4.9746913909, 24.8737229345),
)
SIGNED = [(sign * at, value) for at, value in AXIS for sign in (1, -1) if at or sign > 0]


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A bowl with a cosine wave in each weight."""
    waves = torch.cos(2 * math.pi * x) + torch.cos(2 * math.pi * y)
    return 20 + x**2 + y**2 - 10 * waves


SURFACE = Surface(
    landscape=Landscape(
        key="rastrigin",
        loss=loss,
        bounds=((-5.12, 5.12), (-5.12, 5.12)),
        start=(-3.4, 2.6),
        critical_points=tuple(
            CriticalPoint(x=x, y=y, value=x_value + y_value, kind="minimum")
            for (x, x_value), (y, y_value) in itertools.product(SIGNED, repeat=2)
        ),
    ),
    label="Rastrigin's egg carton",
    family="classic",
    order=210,
    latex=r"f(x, y) = 20 + x^2 + y^2 - 10\cos 2\pi x - 10\cos 2\pi y",
    # By hand: 20 + 0.25 + 0.25 + 10 + 10.
    check_values=(CheckValue(x=0.5, y=0.5, value=40.5),),
    presets=(
        Preset(
            key="caught",
            label="All runs are caught",
            link="steps=150&run=sgd:lr=0.002&run=momentum:lr=0.005,momentum=0.9&run=rmsprop:lr=0.02&run=adam:lr=0.1",
            look_for="Three runs stop in the minimum beside the start. Momentum passes a few, and stops too.",
            expect=("local_minimum", "local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="bold",
            label="Longer steps",
            link="steps=150&run=rmsprop:lr=0.1&run=adam:lr=0.5&run=adam:lr=1.5",
            look_for="Longer steps lead to three different minima, and none of them is the lowest.",
            expect=("local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=1.1&run=momentum:lr=2,momentum=0.9",
            look_for="The first step goes over all the minima and off the map, and no run comes back.",
            expect=("left_the_map", "left_the_map"),
        ),
    ),
    teaches="A minimum near each pair of whole numbers, the lowest in the middle: how near does a run get?",
    references=(
        "L. A. Rastrigin, Systems of Extremal Control, Nauka, Moscow, 1974 (in Russian).",
        "H. Mühlenbein, M. Schomisch and J. Born, The parallel genetic algorithm as function optimizer, Parallel "
        "Computing 17(6-7), 1991, 619-632, doi:10.1016/S0167-8191(05)80052-3.",
    ),
)
