"""A network that fits three years of temperatures, on the plane through its first weights and two trained ones."""

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.network import Embedding, Network, embedded
from surfaces.planes import ends_plane

SURFACE = Surface(
    landscape=embedded(
        key="network_nottingham",
        embedding=Embedding(
            network=Network(dataset=DATASETS["nottingham"], hidden=(16, 16), training=27),
            choose=ends_plane,
            says="The plane goes through the first weights and the ends of a walk of SGD (along x) and of one of Adam.",
            directions=("x (to the end of SGD)", "y (to the end of Adam)"),
        ),
        bounds=((-5.0, 12.0), (-4.0, 16.0)),
        start=(0.0, 0.0),
    ),
    label="Temperatures, 321 weights",
    family="network",
    order=40,
    latex=(
        r"f(x, y) = \frac{1}{27} \sum_i (h_\theta(u_i) - t_i)^2, \quad \theta = \theta_0 + x\,d_1 + y\,d_2, \quad "
        r"\theta \in \mathbb{R}^{321}"
    ),
    check_values=(CheckValue(x=0.0, y=0.0, value=1.1400136170173025),),
    presets=(
        Preset(
            key="good",
            label="Fit the curve",
            link="steps=300&run=sgd:lr=0.1&run=momentum:lr=0.1&run=rmsprop:lr=0.005&run=adam:lr=0.02",
            look_for="Momentum and Adam bend the curve until it follows the seasons; SGD is not there after 300 steps.",
            expect=("still_moving",) * 4,
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=300&run=sgd:lr=0.3&run=momentum:lr=0.3&run=adam:lr=0.02",
            look_for="With lr 0.3 SGD and momentum diverge: their curves leave the picture.",
            expect=("diverged", "diverged", "still_moving"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=100&run=sgd:lr=0.001&run=adam:lr=0.0005",
            look_for="After 100 such steps the curve has hardly changed.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="A curve with 321 weights bends until it follows the seasons.",
    references=(
        "H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein, Visualizing the loss landscape of neural nets, NeurIPS "
        "2018, section 4, arXiv:1712.09913.",
    ),
)
