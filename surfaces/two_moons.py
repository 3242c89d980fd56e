"""A linear classifier with the hinge loss on two moons: flat pieces that meet at folds."""

from torch import Tensor

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.model import Model, fitted


def predict(x: Tensor, y: Tensor, inputs: Tensor) -> Tensor:
    """The score: above 0 the point belongs to the lower moon. The boundary is a line through the middle."""
    return x * inputs[0] + y * inputs[1]


def example_loss(x: Tensor, y: Tensor, inputs: Tensor, targets: Tensor) -> Tensor:
    """The hinge: how much a score of the right sign lacks to 1."""
    return (1 - (2 * targets - 1) * predict(x, y, inputs)).relu()


SURFACE = Surface(
    landscape=fitted(
        key="two_moons",
        model=Model(
            dataset=DATASETS["two_moons"],
            predict=predict,
            example_loss=example_loss,
            weights=("weight across", "weight up"),
            input_scale="standardized",
            boundary=0.0,
        ),
        bounds=((-3.0, 5.0), (-5.0, 2.0)),
        start=(-2.0, 1.0),
    ),
    label="Two moons",
    family="data",
    order=90,
    latex=(
        r"f(x, y) = \frac{1}{120} \sum_i \max(0, 1 - s_i (x\,u_i + y\,v_i)), \quad "
        r"s_i = 1 \text{ for the lower moon, else } -1"
    ),
    # By hand: without weights every score is 0; then with Python's floats, point after point.
    check_values=(CheckValue(x=0.0, y=0.0, value=1.0), CheckValue(x=1.0, y=1.0, value=1.2992738941597426)),
    presets=(
        Preset(
            key="good",
            label="Turn the boundary",
            link="steps=200&run=sgd:lr=0.2&run=momentum:lr=0.1,momentum=0.9&run=adam:lr=0.3",
            look_for="At the start most classes are wrong. The runs turn the line until most are right.",
            expect=("global_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=200&run=sgd:lr=6&run=momentum:lr=3,momentum=0.9&run=adam:lr=0.3",
            look_for="At the folds the gradient jumps: with lr 6 SGD never settles.",
            expect=("still_moving", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=200&run=sgd:lr=0.003&run=adam:lr=0.002",
            look_for="After 200 such steps the line still separates the moons the wrong way round.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="A line has to separate two moons: each point at its margin is a fold of the loss.",
    references=(
        "C. Cortes and V. Vapnik, Support-vector networks, Machine Learning 20, 1995, 273-297, doi:10.1007/BF00994018.",
    ),
)
