"""A line through 0 whose slope is the product of two weights: a saddle, and a hyperbola of minima."""

from torch import Tensor

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint
from surfaces.model import Model, fitted, squared_error


def predict(x: Tensor, y: Tensor, inputs: Tensor) -> Tensor:
    """Two linear layers of one weight each: first x, then y."""
    return y * (x * inputs[0])


SURFACE = Surface(
    landscape=fitted(
        key="hubble",
        model=Model(
            dataset=DATASETS["hubble"],
            predict=predict,
            example_loss=squared_error(predict),
            weights=("weight of layer 1", "weight of layer 2"),
            input_scale="standardized",
            target_scale="standardized",
        ),
        bounds=((-2.5, 2.5), (-2.0, 2.0)),
        start=(-1.5, 1.7),
        contour_scale="log",
        # At the saddle the prediction is 0 everywhere; the minima are the points of the curve x y = 0.7896...
        critical_points=(CriticalPoint(x=0.0, y=0.0, value=1.0, kind="saddle"),),
    ),
    label="Hubble in two layers",
    family="data",
    order=30,
    latex=(
        r"f(x, y) = \frac{1}{24} \sum_i (y\,x\,u_i - v_i)^2, \quad "
        r"u_i, v_i \text{ distance and velocity, standardized}"
    ),
    # By hand: for standardized numbers the loss is 1 - 2 r x y + (x y)^2, with the correlation r.
    check_values=(
        CheckValue(x=1.0, y=1.0, value=2 - 2 * 0.7896394879353184),
        CheckValue(x=2.0, y=0.0, value=1.0),
    ),
    presets=(
        Preset(
            key="good",
            label="A curve of minima",
            link="steps=200&run=sgd:lr=0.1&run=momentum:lr=0.01,momentum=0.8&run=adam:lr=0.05",
            look_for="Every point of a dark curve is the same line through the nebulae: each run ends at another one.",
            expect=("global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="On the ridge",
            link="steps=100&start=-1.8,1.8&run=sgd:lr=0.1&run=momentum:lr=0.02,momentum=0.8&run=adam:lr=0.1",
            look_for="From x = -y the gradient leads straight to the saddle: all runs stop there, at the prediction 0.",
            expect=("saddle", "saddle", "saddle"),
        ),
        Preset(
            key="overshoot",
            label="Over to the other curve",
            link="steps=100&start=2,1.8&run=sgd:lr=0.1&run=sgd:lr=0.3&run=sgd:lr=0.4",
            look_for="With lr 0.3 the run jumps across the saddle to the other curve; with 0.4 it diverges.",
            expect=("global_minimum", "global_minimum", "diverged"),
        ),
    ),
    teaches="A deep linear net of two weights: which of its infinitely many minima is reached?",
    references=(
        "E. Hubble, A relation between distance and radial velocity among extra-galactic nebulae, Proceedings of the "
        "National Academy of Sciences 15(3), 1929, 168-173, doi:10.1073/pnas.15.3.168: the data.",
        "A. M. Saxe, J. L. McClelland and S. Ganguli, Exact solutions to the nonlinear dynamics of learning in deep "
        "linear neural networks, ICLR 2014, arXiv:1312.6120.",
    ),
)
