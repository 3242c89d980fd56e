"""A neuron with one weight before and one after tanh: two mirrored minima, and a saddle between them."""

import torch
from torch import Tensor

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint
from surfaces.model import Model, fitted, squared_error


def predict(x: Tensor, y: Tensor, inputs: Tensor) -> Tensor:
    """One neuron: weight y before tanh, weight x after it."""
    return x * torch.tanh(y * inputs[0])


SURFACE = Surface(
    landscape=fitted(
        key="old_faithful",
        model=Model(
            dataset=DATASETS["old_faithful"],
            predict=predict,
            example_loss=squared_error(predict),
            weights=("weight after tanh", "weight before tanh"),
            input_scale="standardized",
            target_scale="standardized",
        ),
        bounds=((-3.2, 3.2), (-2.4, 2.4)),
        start=(-0.8, 2.0),
        contour_scale="log",
        # By hand: there the prediction is 0 everywhere, and its change is x y u.
        critical_points=(CriticalPoint(x=0.0, y=0.0, value=1.0, kind="saddle"),),
    ),
    label="Old Faithful in a neuron",
    family="data",
    order=40,
    latex=(
        r"f(x, y) = \frac{1}{272} \sum_i (x \tanh(y\,u_i) - v_i)^2, \quad "
        r"u_i, v_i \text{ duration and waiting time, standardized}"
    ),
    # By hand: where a weight is 0 the prediction is 0, and the mean square of standardized numbers is 1; then with
    # Python's floats, eruption after eruption.
    check_values=(CheckValue(x=1.0, y=0.0, value=1.0), CheckValue(x=1.0, y=1.0, value=0.22818864009866138)),
    presets=(
        Preset(
            key="good",
            label="Into the right minimum",
            link="steps=500&run=sgd:lr=0.5&run=momentum:lr=0.1,momentum=0.9&run=adam:lr=0.3",
            look_for="The curve's floor is almost level: SGD still moves along it when momentum and Adam have arrived.",
            expect=("still_moving", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="mirrored",
            label="Into the left minimum",
            link="steps=500&start=0.8,-2&run=sgd:lr=0.5&run=momentum:lr=0.1,momentum=0.9&run=adam:lr=0.3",
            look_for="Both weights have the other sign: mirrored paths to a minimum with the same predictions.",
            expect=("still_moving", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=100&run=sgd:lr=0.001&run=adam:lr=0.003",
            look_for="Here tanh is almost 1 for most eruptions. After 100 such steps it still is.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="One neuron with tanh has two equally good minima: which one is reached?",
    references=(
        "W. Haerdle, Smoothing Techniques with Implementation in S, Springer, 1991: the data, as in R.",
        "H. J. Sussmann, Uniqueness of the weights for minimal feedforward nets with a given input-output map, Neural "
        "Networks 5(4), 1992, 589-593, doi:10.1016/S0893-6080(05)80037-1: the change of signs.",
    ),
)
