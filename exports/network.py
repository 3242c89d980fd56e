"""A network's walk as code: the network, the plane on which the map shows its weights, and the loop."""

import json

from datasets import Dataset
from exports.code import Code
from exports.losses import BATCHES, rows_code
from surfaces.network import Embedding
from trajectories import Scenario

DATASET = '''\
@dataclass
class Column:
    """A column of the data; `classes` names its values 0, 1, ... if it says which class a row belongs to."""

    classes: list


@dataclass
class Dataset:
    """The examples: rows of inputs and a target, the names of the inputs, and the columns."""

    rows: list
    inputs: tuple
    axes: list'''

GRADIENT = '''\
def evaluate(weights):
    """The mean loss over all training examples, and its gradient.

    A matrix product of one network may round differently from that of several. So, as in the app, eight copies of the
    weights are evaluated, and the first result is used.
    """
    copies = weights.repeat(8, 1).requires_grad_()
    losses = network.example_losses(network.outputs(copies, inputs), targets).mean(1)
    (gradients,) = torch.autograd.grad(losses.sum(), copies)
    return full_loss(copies.detach()), gradients'''

BATCH_GRADIENT = '''\
def evaluate(weights, batch):
    """The mean loss over all training examples, and the gradient of the batch.

    A matrix product of one network may round differently from that of several. So, as in the app, eight copies of the
    weights are evaluated, and the first result is used.
    """
    copies = weights.repeat(8, 1).requires_grad_()
    losses = network.example_losses(network.outputs(copies, inputs[batch]), targets[batch]).mean(1)
    (gradients,) = torch.autograd.grad(losses.sum(), copies)
    return full_loss(copies.detach()), gradients'''

FULL_LOSS = '''\
def full_loss(copies):
    """The mean loss over all training examples."""
    all_inputs, all_targets = network.examples
    losses = network.example_losses(network.outputs(copies, all_inputs), all_targets)
    return losses[:, : network.training].mean(1)[0]'''

NOISE = '''\
def draw_noise():
    """What is added to the gradient at each step: every run gets the same random numbers."""
    generator = torch.Generator().manual_seed(SEED)
    while True:
        yield NOISE * torch.randn(1, network.size, dtype=torch.float64, generator=generator)'''

PLACE = '''\
def place(weights):
    """The nearest position on the plane to these weights."""
    with torch.no_grad():
        return tuple(plane.positions(weights.repeat(8, 1))[0].tolist())'''

LOSS_ON_MAP = '''\
def loss_on_map(x, y):
    """The mean loss over all training examples at every point of the map: a network for each."""
    points = torch.stack((x.flatten(), y.flatten()), 1)
    with torch.no_grad():
        losses = [
            network.example_losses(network.outputs(plane.weights(some), inputs), targets).mean(1)
            for some in points.split(500)
        ]
    return torch.cat(losses).reshape(x.shape)'''


def network_code(embedding: Embedding, code: Code) -> list[str]:
    """The classes of the network and of the plane, which are added to ``code``; returned: the data and both objects."""
    code.stand_in(Dataset.__module__, "Dataset", DATASET)
    code.imports.add("from dataclasses import dataclass")
    network = embedding.network
    kind, choose = code.add(type(network)), code.add(embedding.choose)
    columns = [f"Column(classes={json.dumps(column.classes)})" for column in network.dataset.axes]
    columns_code = "\n".join(["COLUMNS = [", *(f"    {column}," for column in columns), "]"])
    inputs = f"({', '.join(map(json.dumps, network.dataset.inputs))},)"
    return [
        rows_code(network.dataset, network.dataset.rows),
        columns_code,
        f"dataset = Dataset(rows=ROWS, inputs={inputs}, axes=COLUMNS)",
        f"network = {kind}(dataset=dataset, hidden={network.hidden!r}, training={network.training}, "
        f"seed={network.seed})",
        "inputs, targets = network.trained_on",
        f"# {embedding.says}",
        f"with torch.no_grad():\n    plane = {choose}(network)",
    ]


def network_gradient(scenario: Scenario) -> list[str]:
    """The functions that evaluate the network and find its position on the plane."""
    return [*([BATCHES, BATCH_GRADIENT] if scenario.batch else [GRADIENT]), FULL_LOSS, PLACE]


def network_walk(scenario: Scenario) -> list[str]:
    """The loop over the steps of one run."""
    batch = ", next(batches)" if scenario.batch else ""
    noise = ["        gradients += next(noise)"] if scenario.noise else []
    lines = [
        "def walk(optimizer_class, **settings):",
        '    """The positions on the plane of one run, the start first, and the loss at each."""',
        "    with torch.no_grad():",
        "        weights = plane.weights(torch.tensor([START], dtype=torch.float64))[0]",
        "    optimizer = optimizer_class([weights], **settings)",
        *(["    batches = draw_batches()"] if scenario.batch else []),
        *(["    noise = draw_noise()"] if scenario.noise else []),
        "    path, losses = [], []",
        "    for step in range(STEPS + 1):",
        "        if step > 0:",
        "            optimizer.step()",
        f"        loss_here, gradients = evaluate(weights{batch})",
        *noise,
        "        weights.grad = gradients[0]",
        "        path.append(place(weights))",
        "        losses.append(loss_here.item())",
        "        along_plane = (gradients @ plane.directions.T)[0].tolist()",
        "        if not all(map(math.isfinite, (*path[-1], losses[-1], *along_plane))):",
        "            break  # the run has diverged",
        "    return path, losses",
    ]
    return [*([NOISE] if scenario.noise else []), "\n".join(lines)]
