"""A network that separates two moons, on a plane of two random directions: training hardly moves in it."""

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.network import Embedding, Network, embedded
from surfaces.planes import random_plane

SURFACE = Surface(
    landscape=embedded(
        key="network_moons_random",
        embedding=Embedding(
            network=Network(dataset=DATASETS["two_moons"], hidden=(16, 16), training=80),
            choose=random_plane,
            says="The plane goes through the first weights along two random directions, scaled unit by unit.",
            directions=("x (at random)", "y (at random)"),
        ),
        bounds=((-8.0, 8.0), (-5.0, 5.0)),
        start=(0.0, 0.0),
    ),
    label="Two moons: random plane",
    family="network",
    order=30,
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
            look_for="The networks learn, and their points hardly move: a random plane holds almost nothing of a path.",
            expect=("still_moving",) * 4,
        ),
        Preset(
            key="corner",
            label="From a corner",
            link="start=6,-4&steps=300&batch=32&run=sgd:lr=0.1&run=momentum:lr=0.1&run=adam:lr=0.02",
            look_for="The losses fall far below any on this map, and still the points hardly move.",
            expect=("still_moving",) * 3,
        ),
    ),
    teaches="The same training on a random plane: the loss falls, and on the map almost nothing happens.",
    references=(
        "H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein, Visualizing the loss landscape of neural nets, NeurIPS "
        "2018, section 4, arXiv:1712.09913.",
    ),
)
