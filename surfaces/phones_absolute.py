"""Linear regression with the absolute loss on data with outliers: folds, and a minimum at a corner of them."""

from torch import Tensor

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.model import Model, fitted, line


def example_loss(x: Tensor, y: Tensor, inputs: Tensor, targets: Tensor) -> Tensor:
    """The absolute residual."""
    return (line(x, y, inputs) - targets).abs()


SURFACE = Surface(
    landscape=fitted(
        key="phones_absolute",
        model=Model(
            dataset=DATASETS["phone_calls"],
            predict=line,
            example_loss=example_loss,
            weights=("intercept (tens of millions of calls)", "slope (per standard deviation)"),
            input_scale="standardized",
        ),
        bounds=((-3.0, 13.0), (-5.0, 15.0)),
        start=(11.0, 12.0),
    ),
    label="Phone calls, absolute",
    family="data",
    order=70,
    latex=r"f(x, y) = \frac{1}{24} \sum_i |x + y\,u_i - v_i|, \quad u_i \text{ year, standardized}",
    # By hand: the sum of the calls is 119.98, and no year has more than 22.
    check_values=(
        CheckValue(x=0.0, y=0.0, value=119.98 / 24),
        CheckValue(x=22.0, y=0.0, value=22 - 119.98 / 24),
    ),
    presets=(
        Preset(
            key="good",
            label="Down to the corner",
            link="steps=300&run=sgd:lr=0.3&run=momentum:lr=0.03,momentum=0.9&run=adam:lr=0.3",
            look_for="The minimum fits the usual years well: a wrong year has no larger gradient than any other.",
            expect=("global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Across the folds",
            link="steps=150&run=sgd:lr=3&run=momentum:lr=0.2,momentum=0.9&run=adam:lr=2",
            look_for="The gradient stays large near the corner: with long steps SGD and Adam circle it.",
            expect=("circling", "global_minimum", "circling"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=100&run=sgd:lr=0.003&run=adam:lr=0.01",
            look_for="Far away the slope is the same everywhere, so all steps of SGD are equally short.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="The absolute loss has a fold wherever the line meets a point of the data.",
    references=(
        "P. J. Rousseeuw and A. M. Leroy, Robust Regression and Outlier Detection, Wiley, 1987, page 26: the data.",
        "P. Bloomfield and W. L. Steiger, Least Absolute Deviations: Theory, Applications, Birkhaeuser, 1983.",
    ),
)
