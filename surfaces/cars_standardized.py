"""Linear regression on standardized speeds: the same lines as in cars_raw, and a round bowl instead of a ravine."""

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint
from surfaces.model import Model, fitted, line, squared_error

SURFACE = Surface(
    landscape=fitted(
        key="cars_standardized",
        model=Model(
            dataset=DATASETS["cars"],
            predict=line,
            example_loss=squared_error(line),
            weights=("intercept (feet)", "slope (feet)"),
            input_scale="standardized",
        ),
        bounds=((-5.0, 91.0), (-9.0, 51.0)),
        start=(80.0, 45.0),
        contour_scale="log",
        # The intercept is the mean distance, the slope that of cars_raw times the standard deviation of the speeds.
        critical_points=(CriticalPoint(x=42.98, y=20.58419731196974, value=227.0704210218978, kind="minimum"),),
    ),
    label="Braking cars, standardized",
    family="data",
    order=10,
    latex=r"f(x, y) = \frac{1}{50} \sum_i (x + y\,u_i - v_i)^2, \quad u_i = \frac{\text{speed}_i - \bar u}{\sigma_u}",
    # By hand: the mean of the squared distances, and their variance.
    check_values=(
        CheckValue(x=0.0, y=0.0, value=124903 / 50),
        CheckValue(x=42.98, y=0.0, value=124903 / 50 - 42.98**2),
    ),
    presets=(
        Preset(
            key="good",
            label="A round bowl",
            link="steps=100&run=sgd:lr=0.1&run=momentum:lr=0.1,momentum=0.5&run=adam:lr=3",
            look_for="The same cars, standardized: SGD goes straight to the minimum within 20 steps.",
            expect=("global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="rates",
            label="The ravine's rates",
            link="steps=500&run=sgd:lr=0.003&run=momentum:lr=0.003,momentum=0.97&run=adam:lr=2",
            look_for="These are the learning rates of the ravine: here SGD could use one 300 times as large.",
            expect=("still_moving", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="One step, or none",
            link="steps=100&run=sgd:lr=0.5&run=sgd:lr=0.9&run=sgd:lr=1.01",
            look_for="With lr 0.5 one step is enough, with 0.9 it needs 17, above 1 it leaves the map.",
            expect=("global_minimum", "global_minimum", "left_the_map"),
        ),
    ),
    teaches="The same cars, with the speeds standardized: where is the ravine?",
    references=(
        "M. Ezekiel, Methods of Correlation Analysis, Wiley, 1930: the data, as in the dataset cars of R.",
        "Y. LeCun, L. Bottou, G. B. Orr and K.-R. Mueller, Efficient BackProp, in Neural Networks: Tricks of the "
        "Trade, Springer, 1998, section 4.3: why inputs are standardized, doi:10.1007/3-540-49430-8_2.",
    ),
)
