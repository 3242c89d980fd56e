"""Logistic regression on the O-rings before the Challenger accident: convex, with a steep and a gentle side."""

import math

import torch
from torch import Tensor

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.model import Model, fitted


def predict(x: Tensor, y: Tensor, inputs: Tensor) -> Tensor:
    """The probability of damage; the logarithm of its odds is linear: bias x, weight y."""
    return torch.sigmoid(x + y * inputs[0])


def example_loss(x: Tensor, y: Tensor, inputs: Tensor, targets: Tensor) -> Tensor:
    """The cross-entropy: minus the logarithm of the probability that the model gives to what happened."""
    # From the log odds: far from 1/2 the probability itself would be rounded to 0 or 1.
    return -torch.nn.functional.logsigmoid((2 * targets - 1) * (x + y * inputs[0]))


SURFACE = Surface(
    landscape=fitted(
        key="o_rings",
        model=Model(
            dataset=DATASETS["o_rings"],
            predict=predict,
            example_loss=example_loss,
            weights=("bias", "weight of the temperature"),
            input_scale="standardized",
            boundary=0.5,
        ),
        bounds=((-8.0, 8.0), (-8.0, 4.0)),
        start=(5.0, 3.0),
        contour_scale="log",
    ),
    label="O-rings in the cold",
    family="data",
    order=20,
    latex=(
        r"f(x, y) = \frac{1}{23} \sum_i \ln \bigl(1 + e^{-s_i (x + y\,u_i)}\bigr), \quad "
        r"s_i = 1 \text{ for damage, else } -1, \; u_i = \frac{\text{temperature}_i - \bar u}{\sigma_u}"
    ),
    # By hand: without weights every probability is 1/2; with a bias alone, 7 flights with damage and 16 without; then
    # with Python's floats, flight after flight.
    check_values=(
        CheckValue(x=0.0, y=0.0, value=math.log(2)),
        CheckValue(x=1.0, y=0.0, value=(7 * math.log1p(math.exp(-1)) + 16 * math.log1p(math.e)) / 23),
        CheckValue(x=1.0, y=1.0, value=1.366662884092924),
    ),
    presets=(
        Preset(
            key="good",
            label="One minimum",
            link="steps=150&run=sgd:lr=0.5&run=momentum:lr=0.3,momentum=0.9&run=adam:lr=0.3",
            look_for="The loss is convex: from every start all runs end at the same two weights.",
            expect=("global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="plateau",
            label="The gentle side",
            link="steps=200&start=-7,-7&run=sgd:lr=0.5&run=momentum:lr=0.3,momentum=0.9&run=adam:lr=0.3",
            look_for="On this side the gradient becomes small: SGD needs more than 200 steps, the others 62.",
            expect=("still_moving", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=150&run=sgd:lr=0.01&run=adam:lr=0.005",
            look_for="With rates this small the predicted odds of damage hardly change in 150 steps.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="Predict damage from the temperature at launch: a steep and a gentle side.",
    references=(
        "S. R. Dalal, E. B. Fowlkes and B. Hoadley, Risk analysis of the space shuttle: pre-Challenger prediction of "
        "failure, Journal of the American Statistical Association 84, 1989, 945-957.",
        "Report of the Presidential Commission on the Space Shuttle Challenger Accident, volume 1, 1986: the data.",
    ),
)
