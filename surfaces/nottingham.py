"""A wave fitted to three years of temperatures: the loss has a local minimum at many wrong frequencies."""

import math

import torch
from torch import Tensor

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.model import Model, fitted, squared_error


def predict(x: Tensor, y: Tensor, inputs: Tensor) -> Tensor:
    """A wave of frequency x and amplitude y; in the middle of the three years it is at its crest."""
    return y * torch.cos(2 * math.pi * x * (inputs[0] - 1.5))


SURFACE = Surface(
    landscape=fitted(
        key="nottingham",
        model=Model(
            dataset=DATASETS["nottingham"],
            predict=predict,
            example_loss=squared_error(predict),
            weights=("frequency (waves per year)", "amplitude (standard deviations)"),
            target_scale="standardized",
        ),
        bounds=((0.0, 2.6), (-1.0, 2.0)),
        start=(1.3, 1.6),
    ),
    label="Seasons at Nottingham",
    family="data",
    order=50,
    latex=(
        r"f(x, y) = \frac{1}{36} \sum_i \bigl(y \cos(2 \pi x (u_i - 1.5)) - v_i\bigr)^2, \quad "
        r"u_i \text{ years}, \; v_i \text{ temperature, standardized}"
    ),
    # By hand: a wave of frequency 0 predicts y in every month, and the mean square of standardized numbers is 1;
    # then with Python's floats, month after month.
    check_values=(CheckValue(x=0.0, y=1.0, value=2.0), CheckValue(x=1.0, y=1.0, value=0.24721481950872592)),
    presets=(
        Preset(
            key="good",
            label="Near one wave per year",
            link="steps=200&run=sgd:lr=0.03&run=momentum:lr=0.005,momentum=0.9&run=adam:lr=0.03",
            look_for="Started near the right frequency, all runs end at one wave per year.",
            expect=("global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="The wrong frequency",
            link="steps=200&start=1.9,1.6&run=sgd:lr=0.03&run=adam:lr=0.03&run=momentum:lr=0.02,momentum=0.95",
            look_for="SGD and Adam end at a weak wave of a wrong frequency. Momentum crosses to the deep minimum.",
            expect=("local_minimum", "local_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=0.2&run=momentum:lr=0.1,momentum=0.9",
            look_for="The slope along the frequency is so steep that the first steps leave the map.",
            expect=("left_the_map", "left_the_map"),
        ),
    ),
    teaches="Which frequency do summers have? Many wrong ones have a local minimum nearby.",
    references=(
        "O. D. Anderson, Time Series Analysis and Forecasting: the Box-Jenkins Approach, Butterworths, 1976: the data.",
        "B. G. Quinn and E. J. Hannan, The Estimation and Tracking of Frequency, Cambridge University Press, 2001: why "
        "a search for a frequency has many local minima.",
    ),
)
