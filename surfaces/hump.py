"""The hump: plain SGD stops in the first minimum; with momentum a run can get over the hump."""

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape

# Three bell curves, for the dip, the hump and the basin: height (negative: depth); center and width along x, along y.
HEIGHTS = torch.tensor([-0.55, 0.15, -1.9], dtype=torch.float64)
NUMBERS = torch.tensor([[-1.4, -0.5, 2.2], [0.35, 0.3, 1.6], [-0.2, 0.0, 0.2], [1.2, 2.5, 1.4]], dtype=torch.float64)
# The same as the first axis beside no, one, or two axes of positions.
BELLS = [tuple(numbers.reshape(-1, *(1,) * axes) for numbers in NUMBERS) for axes in range(3)]


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A valley with a dip, a hump behind it, and the global minimum behind the hump."""
    valley = 0.05 * (x - 2.2) ** 2 + 0.35 * (y - 0.25 * torch.sin(x)) ** 2
    # All three bell curves in one tensor, the first axis: an operation on three numbers takes no longer than on one,
    # and three rows of many numbers take less time than many rows of three. Only the sum is that of rows of three.
    center_x, width_x, center_y, width_y = BELLS[x.dim()]
    along = (x.unsqueeze(0) - center_x) ** 2 / width_x
    across = (y.unsqueeze(0) - center_y) ** 2 / width_y
    return valley + torch.stack(torch.exp(-along - across).unbind(), dim=-1) @ HEIGHTS


SURFACE = Surface(
    landscape=Landscape(
        key="hump",
        loss=loss,
        bounds=((-4.6, 4.6), (-2.6, 2.6)),
        start=(-3.7, 1.35),
        critical_points=(
            CriticalPoint(x=2.2000699317, y=0.200433375676, value=-1.8999987507, kind="minimum"),
            CriticalPoint(x=-1.31299980252, y=-0.219805972639, value=0.0946703335753, kind="minimum"),
            CriticalPoint(x=-0.522418067631, y=-0.145347663831, value=0.441468528298, kind="saddle"),
        ),
    ),
    label="The hump",
    family="story",
    order=0,
    latex=(
        r"\begin{aligned} f(x, y) = {} & 0.05\,(x - 2.2)^2 + 0.35\,(y - 0.25 \sin x)^2"
        r" - 0.55\,e^{-(x + 1.4)^2 / 0.35 - (y + 0.2)^2 / 1.2} \\"
        r" & + 0.15\,e^{-(x + 0.5)^2 / 0.3 - y^2 / 2.5}"
        r" - 1.9\,e^{-(x - 2.2)^2 / 1.6 - (y - 0.2)^2 / 1.4} \end{aligned}"
    ),
    # By hand: 0.242 - 0.55 exp(-5.6 - 1/30) + 0.15 exp(-5/6) - 1.9 exp(-3.025 - 1/35).
    check_values=(CheckValue(x=0.0, y=0.0, value=0.215561417553),),
    presets=(
        Preset(
            key="good",
            label="Over the hump",
            link="steps=150&run=sgd:lr=0.05&run=momentum:lr=0.07,momentum=0.9&run=rmsprop:lr=0.02&run=adam:lr=0.3",
            look_for="SGD and RMSprop stop in the first minimum. Momentum and Adam get over the hump.",
            expect=("local_minimum", "global_minimum", "local_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="Too little speed",
            link="steps=150&run=sgd:lr=0.05&run=momentum:lr=0.02,momentum=0.9&run=adam:lr=0.1",
            look_for=(
                "With about a third of the lr, momentum and Adam pass the first minimum, turn back, and end in it too."
            ),
            expect=("local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=1.5&run=sgd:lr=3&run=adam:lr=4",
            look_for=(
                "SGD at lr 1.5 never settles, and at lr 3 it leaves the map. Adam makes a wide swing, then settles."
            ),
            expect=("circling", "left_the_map", "global_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=150&run=sgd:lr=0.0005&run=momentum:lr=0.0005,momentum=0.9&run=adam:lr=0.0005",
            look_for="The same tiny lr for all three: momentum gets furthest, but no run comes near the first minimum.",
            expect=("still_moving", "still_moving", "still_moving"),
        ),
    ),
    teaches="A local minimum, a hump, and the global minimum behind it: which runs get over the hump?",
    references=("Made for this app after Figure 1 of K. Jerzmaowski, Mr. Adam Who Are You?, 2024.",),
)
