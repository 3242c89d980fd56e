"""Linear regression with Welsch's loss on data with outliers: one deep minimum and two made by the outliers."""

import torch
from torch import Tensor

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.model import Model, fitted, line


def example_loss(x: Tensor, y: Tensor, inputs: Tensor, targets: Tensor) -> Tensor:
    """Welsch's loss: about a quarter of the squared residual if that is small, at most 1 if it is large."""
    return 1 - torch.exp(-((line(x, y, inputs) - targets) ** 2) / 4)


SURFACE = Surface(
    landscape=fitted(
        key="phones_robust",
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
    label="Phone calls, robust",
    family="data",
    order=80,
    latex=(
        r"f(x, y) = \frac{1}{24} \sum_i \bigl(1 - e^{-(x + y\,u_i - v_i)^2 / 4}\bigr), \quad "
        r"u_i \text{ year, standardized}, \; v_i \text{ calls}"
    ),
    # By hand, year after year: the mean of 1 - exp(-v^2 / 4).
    check_values=(CheckValue(x=0.0, y=0.0, value=0.53140207203775),),
    presets=(
        Preset(
            key="good",
            label="From the squared fit",
            link="steps=300&start=5,3.5&run=sgd:lr=1&run=momentum:lr=0.5,momentum=0.9&run=adam:lr=0.3",
            look_for="Started at the minimum of the squared loss, all runs reach the line through the 18 usual years.",
            expect=("global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="Caught by the outliers",
            link="steps=300&run=momentum:lr=0.5,momentum=0.9&run=momentum:lr=1,momentum=0.97&run=adam:lr=0.3",
            look_for="From above, every run ends at a line through the wrong years, in one of two local minima.",
            expect=("local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="glacial",
            label="On the plateau",
            link="steps=200&start=1,14&run=sgd:lr=0.1&run=adam:lr=0.003",
            look_for="Where no year is near the line, every example's loss is almost 1, and the gradient almost 0.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="A loss that is level far from the line: a deep minimum, and two at the wrong years.",
    references=(
        "P. J. Rousseeuw and A. M. Leroy, Robust Regression and Outlier Detection, Wiley, 1987, page 26: the data.",
        "J. E. Dennis and R. E. Welsch, Techniques for nonlinear least squares and robust regression, Communications "
        "in Statistics - Simulation and Computation 7(4), 1978, 345-359, doi:10.1080/03610917808812083.",
    ),
)
