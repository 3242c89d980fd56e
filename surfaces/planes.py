"""Planes in the space of a network's weights, on which its loss is drawn.

Some planes need training: then reference walks are computed, with torch's optimizers and the batches of its loader.
A scenario with the same settings, batches of 32 and seed 0 repeats them.
"""

from collections.abc import Sequence
from itertools import chain, islice, repeat

import torch
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

from surfaces.network import Network, Plane

REFERENCE_STEPS, REFERENCE_BATCH, REFERENCE_SEED = 300, 32, 0
SGD_LR, MOMENTUM, ADAM_LR, RMSPROP_LR = 0.1, 0.9, 0.02, 0.005
# Seeds of the two random directions; the first weights have seed 0.
DIRECTION_SEEDS = (101, 102)


def ends_plane(network: Network) -> Plane:
    """Through the first weights and the ends of a reference walk of SGD and one of Adam: x leads to the end of SGD."""
    center = network.initial()
    sgd, adam = (walk[-1] - center for walk in reference_walks(network, ("SGD", "Adam")))
    return Plane.through(center, sgd, adam)


def components_plane(network: Network) -> Plane:
    """Through the first weights along the first two principal components of four reference walks.

    The components are those of the displacements from the first weights. Of their two signs each has the one with which
    the last displacement, the end of Adam, is positive.
    """
    center = network.initial()
    walks = reference_walks(network, ("SGD", "momentum", "RMSprop", "Adam"))
    displacements = torch.cat(walks) - center
    # The eigenvectors of a small matrix are those of the large one: there are fewer weights than displacements.
    _, vectors = torch.linalg.eigh(displacements.T @ displacements)
    directions = vectors[:, -2:].flip(1).T
    return Plane(center=center, directions=directions * (directions @ displacements[-1]).sign()[:, None])


def random_plane(network: Network) -> Plane:
    """Through the first weights along two random directions, scaled as in Li et al. 2018.

    Each unit's part of a direction gets the norm of the unit's weights ("filter normalization"), so that units with
    small weights are not changed more than others. Biases do not change.
    """
    center = network.initial()
    return Plane.through(center, *(_normalized(network, center, network.initial(seed)) for seed in DIRECTION_SEEDS))


def reference_walks(network: Network, optimizers: Sequence[str]) -> list[Tensor]:
    """The weights of walks from the first weights, by torch.optim, (REFERENCE_STEPS + 1, size) each.

    Parameters
    ----------
    network : Network
        The network.
    optimizers : sequence of {"SGD", "momentum", "RMSprop", "Adam"}
        Those that are walked.
    """
    return [_walk(network, optimizer) for optimizer in optimizers]


def _walk(network: Network, name: str) -> Tensor:
    weights = network.initial()[None].requires_grad_()
    optimizer: torch.optim.Optimizer
    match name:
        case "SGD":
            optimizer = torch.optim.SGD([weights], lr=SGD_LR)
        case "momentum":
            optimizer = torch.optim.SGD([weights], lr=SGD_LR, momentum=MOMENTUM)
        case "RMSprop":
            optimizer = torch.optim.RMSprop([weights], lr=RMSPROP_LR)
        case _:
            optimizer = torch.optim.Adam([weights], lr=ADAM_LR)
    examples = TensorDataset(*network.trained_on)
    generator = torch.Generator().manual_seed(REFERENCE_SEED)
    loader = DataLoader(examples, batch_size=REFERENCE_BATCH, shuffle=True, generator=generator)
    batches = islice(chain.from_iterable(repeat(loader)), REFERENCE_STEPS)
    path = [weights.detach()[0].clone()]
    with torch.enable_grad():
        for inputs, targets in batches:
            loss = network.example_losses(network.outputs(weights, inputs), targets).mean()
            (weights.grad,) = torch.autograd.grad(loss, weights)
            optimizer.step()
            path.append(weights.detach()[0].clone())
    return torch.stack(path)


def _normalized(network: Network, weights: Tensor, direction: Tensor) -> Tensor:
    parts, first = [], 0
    for rows, columns in network.layers:
        own, other = (vector[first : first + rows * columns].reshape(rows, columns) for vector in (weights, direction))
        parts += [(other * own.norm(dim=0) / other.norm(dim=0)).flatten(), torch.zeros(columns, dtype=torch.float64)]
        first += (rows + 1) * columns
    return torch.cat(parts)
