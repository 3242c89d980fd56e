"""The cost of a network's walk, compared with a plain loop over torch's layers, and of its map."""

import time
from collections.abc import Callable, Iterator
from itertools import chain, islice, repeat
from statistics import median

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from surfaces.network import Embedding
from tests.bench.stepping import PLAIN
from tests.bench.table import Row
from tests.test_network import sequential
from trajectories import Scenario, parse_link, simulate
from trajectories.landscapes import landscape_of

SURFACE, STEPS, BATCH, ROUNDS = "network_moons", 300, 32, 5
RUNS = "run=sgd:lr=0.0001&run=momentum:lr=0.0001&run=rmsprop:lr=0.001&run=adam:lr=0.001"
# Measured on the busy 2-core machine, the loops need 1.46 s and 0.40 s of processor time: with these ratios a walk
# takes at most 2 s, and a map at most 1 s.
WALK_TARGET, MAP_TARGET = 1.35, 2.5


def measure() -> list[Row]:
    """Four runs in all weights, and the loss on a plane; processor time, so that a busy machine changes little."""
    landscape = landscape_of(SURFACE)
    embedding = landscape.embedding
    if embedding is None:
        raise ValueError(f"{SURFACE} is no surface of a network.")
    scenario, notes = parse_link(f"surface={SURFACE}&steps={STEPS}&batch={BATCH}&{RUNS}")
    if notes:
        raise ValueError(notes[0])
    (columns, rows), bounds = landscape.resolution, landscape.bounds
    counts = (columns, rows)
    axes = [torch.linspace(*ends, count, dtype=torch.float64) for ends, count in zip(bounds, counts, strict=True)]
    grid = torch.meshgrid(*axes, indexing="xy")
    with torch.no_grad():
        mapped = _compared(lambda: embedding.loss(*grid), lambda: _naive_map(embedding, *grid))
    walked = _compared(lambda: simulate(scenario), lambda: _naive_walk(embedding, scenario))
    return [
        Row(what=f"walk of a network, {STEPS} steps, 4 runs, batch {BATCH}: processor time", value=walked[0], unit="s",
            against=walked[1], of="naive loop", target=WALK_TARGET),
        Row(what=f"map of a network, {columns} x {rows}: processor time", value=mapped[0], unit="s",
            against=mapped[1], of="naive loop", target=MAP_TARGET),
    ]  # fmt: skip


def _compared(ours: Callable[[], object], naive: Callable[[], object]) -> tuple[float, float]:
    """Seconds of both, from rounds that alternate; the first round is not counted."""
    rounds = [(_seconds(ours), _seconds(naive)) for _ in range(ROUNDS + 1)][1:]
    mine, plain = (median(column) for column in zip(*rounds, strict=True))
    return mine, plain


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _batches(examples: TensorDataset, scenario: Scenario) -> Iterator[list[Tensor]]:
    generator = torch.Generator().manual_seed(scenario.seed)
    loader = DataLoader(examples, batch_size=scenario.batch, shuffle=True, generator=generator)
    return islice(chain.from_iterable(repeat(loader)), scenario.steps)


def _naive_walk(embedding: Embedding, scenario: Scenario) -> None:
    """The loop that everybody writes, run after run; like ours it computes the loss over all examples at each step."""
    inputs, targets = embedding.network.trained_on
    criterion = nn.BCEWithLogitsLoss()
    start = embedding.plane.weights(torch.tensor([scenario.start], dtype=torch.float64))[0]
    for build in PLAIN:
        module = sequential(embedding.network, start)
        optimizer = build(list(module.parameters()))
        for some, wanted in _batches(TensorDataset(inputs, targets), scenario):
            optimizer.zero_grad()
            criterion(module(some)[:, 0], wanted).backward()
            optimizer.step()
            with torch.no_grad():
                criterion(module(inputs)[:, 0], targets).item()


def _naive_map(embedding: Embedding, x: Tensor, y: Tensor) -> None:
    """One network after the other."""
    network, (inputs, targets) = embedding.network, embedding.network.trained_on
    for weights in embedding.plane.weights(torch.stack((x.reshape(-1), y.reshape(-1)), 1)):
        network.example_losses(network.outputs(weights[None], inputs), targets).mean().item()
