"""A network that separates two moons, on the plane through its first weights and two trained ones."""

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.network import Embedding, Network, embedded
from surfaces.planes import ends_plane

SURFACE = Surface(
    landscape=embedded(
        key="network_moons",
        embedding=Embedding(
            network=Network(dataset=DATASETS["two_moons"], hidden=(16, 16), training=80),
            choose=ends_plane,
            says="The plane goes through the first weights and the ends of a walk of SGD (along x) and of one of Adam.",
            directions=("x (to the end of SGD)", "y (to the end of Adam)"),
        ),
        bounds=((-5.0, 12.0), (-5.0, 10.0)),
        start=(0.0, 0.0),
    ),
    label="Two moons, 337 weights",
    family="network",
    order=10,
    latex=(
        r"f(x, y) = \frac{1}{80} \sum_i \ell(\theta, i), \quad \theta = \theta_0 + x\,d_1 + y\,d_2, \quad "
        r"\theta \in \mathbb{R}^{337}"
    ),
    check_values=(CheckValue(x=0.0, y=0.0, value=0.6789873561249795),),
    presets=(
        Preset(
            key="good",
            label="Train it",
            link="steps=300&batch=32&run=sgd:lr=0.1&run=momentum:lr=0.1&run=rmsprop:lr=0.005&run=adam:lr=0.02",
            look_for="All four networks separate the moons, but their weights go to different places.",
            expect=("still_moving", "still_moving", "still_moving", "still_moving"),
        ),
        Preset(
            key="elsewhere",
            label="From another start",
            link="start=-3,7&steps=300&batch=32&run=sgd:lr=0.1&run=rmsprop:lr=0.005&run=adam:lr=0.02",
            look_for="From here the networks learn as well, but the plane holds almost nothing of their paths.",
            expect=("still_moving", "still_moving", "still_moving"),
        ),
        Preset(
            key="single",
            label="One example a step",
            link="steps=300&batch=1&run=sgd:lr=0.1&run=adam:lr=0.02",
            look_for="With batches of one example each step follows another point: the losses jump.",
            expect=("still_moving", "still_moving"),
        ),
        Preset(
            key="glacial",
            label="Tiny steps",
            link="steps=300&batch=32&run=sgd:lr=0.005&run=adam:lr=0.0005",
            look_for="After 300 such steps the boundary is still nearly a straight line.",
            expect=("still_moving", "still_moving"),
        ),
    ),
    teaches="All 337 weights are trained. The map shows a plane of their space: how much of a path lies in it?",
    references=(
        "H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein, Visualizing the loss landscape of neural nets, NeurIPS "
        "2018, section 4, arXiv:1712.09913.",
        "I. J. Goodfellow, O. Vinyals and A. M. Saxe, Qualitatively characterizing neural network optimization "
        "problems, ICLR 2015, arXiv:1412.6544.",
    ),
)
