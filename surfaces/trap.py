"""The trap: momentum climbs the hill, becomes too slow below the pass, and turns back."""

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A valley with a high ridge across it, and the global minimum behind the ridge."""
    valley = 0.09 * (x - 2) ** 2 + 0.35 * (y - 0.4 * torch.sin(0.7 * x)) ** 2
    ridge = 2.4 * torch.exp(-0.9 * (x - 1 + 0.1 * y**2) ** 2)
    basin = -1.6 * torch.exp(-((x - 3.2) ** 2) / 1.2 - (y - 0.4) ** 2 / 1.4)
    return valley + ridge + basin


SURFACE = Surface(
    landscape=Landscape(
        key="trap",
        loss=loss,
        bounds=((-4.8, 5.2), (-2.8, 2.8)),
        start=(-3.1, 0.0),
        critical_points=(
            CriticalPoint(x=3.16703007545, y=0.384428830632, value=-1.44113552451, kind="minimum"),
            CriticalPoint(x=-0.739416841807, y=-0.173289505714, value=0.834716927402, kind="minimum"),
            CriticalPoint(x=0.931415801569, y=0.232047346572, value=2.4726784877, kind="saddle"),
        ),
    ),
    label="The trap",
    family="story",
    order=10,
    latex=(
        r"\begin{aligned} f(x, y) = {} & 0.09\,(x - 2)^2 + 0.35\,(y - 0.4 \sin 0.7x)^2"
        r" + 2.4\,e^{-0.9\,(x - 1 + 0.1\,y^2)^2} \\"
        r" & - 1.6\,e^{-(x - 3.2)^2 / 1.2 - (y - 0.4)^2 / 1.4} \end{aligned}"
    ),
    # By hand: 0.36 + 2.4 exp(-0.9) - 1.6 exp(-10.24 / 1.2 - 0.16 / 1.4).
    check_values=(CheckValue(x=0.0, y=0.0, value=1.33548631248),),
    presets=(
        Preset(
            key="caught",
            label="Not enough speed",
            link=(
                "steps=200&run=sgd:lr=0.05&run=momentum:lr=0.1,momentum=0.9&run=momentum:lr=0.05,momentum=0.95"
                "&run=adam:lr=0.1"
            ),
            look_for=(
                "Both momentum runs pass the local minimum, climb, and turn back. With more momentum a run gets higher."
            ),
            expect=("local_minimum", "local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="good",
            label="Higher start, larger lr",
            link=(
                "start=-4.5,-1.5&steps=200&run=sgd:lr=0.05&run=momentum:lr=0.3,momentum=0.9"
                "&run=momentum:lr=0.1,momentum=0.95&run=adam:lr=0.1"
            ),
            look_for="From here, with a larger lr, both momentum runs get over the pass. SGD and Adam are caught.",
            expect=("local_minimum", "global_minimum", "global_minimum", "local_minimum"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=200&run=sgd:lr=0.003&run=adam:lr=0.003",
            look_for="After 200 steps SGD and Adam have not even reached the local minimum.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="Behind the local minimum the hill is steep: which runs get over the pass, and which turn back?",
    references=("Made for this app after Figure 3 of K. Jerzmaowski, Mr. Adam Who Are You?, 2024.",),
)
