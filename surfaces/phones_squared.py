"""Linear regression with the squared loss on data with outliers: a bowl whose minimum fits none of the years."""

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint
from surfaces.model import Model, fitted, line, squared_error

SURFACE = Surface(
    landscape=fitted(
        key="phones_squared",
        model=Model(
            dataset=DATASETS["phone_calls"],
            predict=line,
            example_loss=squared_error(line),
            weights=("intercept (tens of millions of calls)", "slope (per standard deviation)"),
            input_scale="standardized",
        ),
        bounds=((-3.0, 13.0), (-5.0, 15.0)),
        start=(11.0, 12.0),
        contour_scale="log",
        # The intercept is the mean; the slope is the published one, 0.504 a year, times the standard deviation.
        critical_points=(CriticalPoint(x=119.98 / 24, y=3.4898053021768205, value=28.976474925120772, kind="minimum"),),
    ),
    label="Phone calls, squared",
    family="data",
    order=60,
    latex=r"f(x, y) = \frac{1}{24} \sum_i (x + y\,u_i - v_i)^2, \quad u_i \text{ year, standardized}",
    # By hand: the sum of the squared calls is 1587.5252, of the calls 119.98.
    check_values=(
        CheckValue(x=0.0, y=0.0, value=1587.5252 / 24),
        CheckValue(x=1.0, y=0.0, value=(1587.5252 - 2 * 119.98 + 24) / 24),
    ),
    presets=(
        Preset(
            key="good",
            label="Between the years",
            link="steps=150&run=sgd:lr=0.1&run=momentum:lr=0.03,momentum=0.9&run=adam:lr=0.5",
            look_for="All runs reach the minimum: a line that fits neither the 18 usual years nor the 6 wrong ones.",
            expect=("global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Around the limit",
            link="steps=150&run=sgd:lr=0.95&run=sgd:lr=1.03",
            look_for="The bowl has curvature 2 in every direction: lr below 1 arrives, lr above 1 leaves the map.",
            expect=("global_minimum", "left_the_map"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=100&run=sgd:lr=0.0005&run=adam:lr=0.01",
            look_for="After 100 such steps the line is still far above the calls.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="Six years were recorded wrongly: which years does the line fit?",
    references=(
        "P. J. Rousseeuw and A. M. Leroy, Robust Regression and Outlier Detection, Wiley, 1987, page 26: the data.",
        "A.-M. Legendre, Nouvelles methodes pour la determination des orbites des cometes, Paris, 1805: least squares.",
    ),
)
