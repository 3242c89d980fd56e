"""Linear regression on speeds as they were measured: a ravine, since a steeper line needs a lower intercept."""

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint
from surfaces.model import Model, fitted, line, squared_error

SURFACE = Surface(
    landscape=fitted(
        key="cars_raw",
        model=Model(
            dataset=DATASETS["cars"],
            predict=line,
            example_loss=squared_error(line),
            weights=("intercept (feet)", "slope (feet per mph)"),
        ),
        bounds=((-40.0, 40.0), (-1.0, 8.0)),
        start=(30.0, 7.0),
        contour_scale="log",
        # 3.93... = sum of (speed - mean)(distance - mean) over sum of (speed - mean)^2; R prints -17.5791 and 3.9324.
        critical_points=(
            CriticalPoint(x=-17.579094890510948, y=3.9324087591240877, value=227.0704210218978, kind="minimum"),
        ),
    ),
    label="Braking cars",
    family="data",
    order=0,
    latex=r"f(x, y) = \frac{1}{50} \sum_i (x + y\,u_i - v_i)^2, \quad u_i \text{ speed}, \; v_i \text{ distance}",
    # By hand: the sum of the squared distances is 124903, of the squared speeds 13228, of the products 38482.
    check_values=(
        CheckValue(x=0.0, y=0.0, value=124903 / 50),
        CheckValue(x=0.0, y=1.0, value=(13228 - 2 * 38482 + 124903) / 50),
    ),
    presets=(
        Preset(
            key="good",
            label="A ravine from data",
            link="steps=500&run=sgd:lr=0.003&run=momentum:lr=0.003,momentum=0.97&run=adam:lr=2",
            look_for="All reach the floor soon. Along it SGD is slow; momentum and Adam reach the best line.",
            expect=("still_moving", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Just above the limit",
            link="steps=60&run=sgd:lr=0.0037&run=sgd:lr=0.0038",
            look_for="The steep direction allows lr up to 0.00376: above it a run leaves the map.",
            expect=("still_moving", "left_the_map"),
        ),
        Preset(
            key="glacial",
            label="A rate too small",
            link="steps=100&run=sgd:lr=0.000003&run=adam:lr=0.01",
            look_for="After 100 such steps both lines are still far from the cars.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="The line that predicts stopping distances from speeds: why does its loss have a ravine?",
    references=(
        "M. Ezekiel, Methods of Correlation Analysis, Wiley, 1930: the data, as in the dataset cars of R.",
        "Y. LeCun, L. Bottou, G. B. Orr and K.-R. Mueller, Efficient BackProp, in Neural Networks: Tricks of the "
        "Trade, Springer, 1998, section 4.3: why inputs are standardized, doi:10.1007/3-540-49430-8_2.",
    ),
)
