"""A network that separates two moons, on the plane of the two directions in which four reference walks go farthest."""

from datasets import DATASETS
from surfaces.base import CheckValue, Preset, Surface
from surfaces.network import Embedding, Network, embedded
from surfaces.planes import components_plane

SURFACE = Surface(
    landscape=embedded(
        key="network_moons_components",
        embedding=Embedding(
            network=Network(dataset=DATASETS["two_moons"], hidden=(16, 16), training=80),
            choose=components_plane,
            says="The plane goes through the first weights along the first two principal components of four walks.",
            directions=("x (component 1)", "y (component 2)"),
        ),
        bounds=((-3.0, 12.0), (-6.0, 6.0)),
        start=(0.0, 0.0),
    ),
    label="Two moons: components",
    family="network",
    order=20,
    latex=(
        r"f(x, y) = \frac{1}{80} \sum_i \ell(\theta, i), \quad \theta = \theta_0 + x\,d_1 + y\,d_2, \quad "
        r"\theta \in \mathbb{R}^{337}"
    ),
    check_values=(CheckValue(x=0.0, y=0.0, value=0.6789873561249795),),
    presets=(
        Preset(
            key="good",
            label="The walks of the plane",
            link="steps=300&batch=32&run=sgd:lr=0.1&run=momentum:lr=0.1&run=rmsprop:lr=0.005&run=adam:lr=0.02",
            look_for="These four walks chose the plane, so it holds as much of them all as a plane can.",
            expect=("still_moving",) * 4,
        ),
        Preset(
            key="batches",
            label="Other batches",
            link="steps=300&batch=16&seed=1&run=sgd:lr=0.1&run=momentum:lr=0.1&run=adam:lr=0.02",
            look_for="With other batches the paths are others, and the plane holds less of them.",
            expect=("still_moving",) * 3,
        ),
    ),
    teaches="The same 337 weights on another plane: the one that holds most of four walks.",
    references=(
        "H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein, Visualizing the loss landscape of neural nets, NeurIPS "
        "2018, section 7, arXiv:1712.09913.",
    ),
)
