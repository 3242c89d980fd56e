"""The cost of one optimizer-step, compared with a plain loop of torch calls."""

import time
from collections.abc import Callable
from statistics import median

import torch

from surfaces import SURFACES, Landscape
from tests.bench import basins, ensembles
from tests.bench.table import Row
from trajectories import Scenario, parse_link, simulate, warm

STEPS = 400
ROUNDS = 5
WALKED = ("hump", "ravine", "rosenbrock", "himmelblau", "ackley", "beale")
RUNS = "run=sgd:lr=0.0001&run=momentum:lr=0.0001&run=rmsprop:lr=0.001&run=adam:lr=0.001"
# The same four with torch's default arguments.
PLAIN: tuple[Callable[[list[torch.Tensor]], torch.optim.Optimizer], ...] = (
    lambda weights: torch.optim.SGD(weights, lr=0.0001),
    lambda weights: torch.optim.SGD(weights, lr=0.0001, momentum=0.9),
    lambda weights: torch.optim.RMSprop(weights, lr=0.001),
    lambda weights: torch.optim.Adam(weights, lr=0.001),
)


def measure() -> list[Row]:
    """Four runs on each of several surfaces; processor time, so that a busy machine changes little."""
    warm()
    costs = {key: _costs(SURFACES[key].landscape) for key in WALKED}
    ratios = {key: ours / plain for key, (ours, plain) in costs.items()}
    middle, worst = sorted(ratios, key=lambda key: ratios[key])[len(ratios) // 2], max(ratios, key=lambda k: ratios[k])
    rows = [
        Row(what=f"optimizer-step, 4 runs, {name} ({key})", value=1e6 * costs[key][0], unit="us",
            against=1e6 * costs[key][1], of="naive loop", target=0.07)
        for name, key in (("median", middle), ("worst", worst))
    ]  # fmt: skip
    return rows + ensembles.measure(1e6 * costs["rosenbrock"][1]) + basins.measure(1e6 * costs["hump"][1])


def _costs(landscape: Landscape) -> tuple[float, float]:
    """Seconds for an optimizer-step, ours and naive, from rounds that alternate."""
    scenario, notes = parse_link(f"surface={landscape.key}&steps={STEPS}&{RUNS}")
    if notes:
        raise ValueError(notes[0])
    rounds = [(_seconds(lambda: _ours(scenario)), _seconds(lambda: _naive(landscape))) for _ in range(ROUNDS)]
    ours, naive = (median(column) / (STEPS * len(PLAIN)) for column in zip(*rounds, strict=True))
    return ours, naive


def _seconds(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _ours(scenario: Scenario) -> None:
    runs = simulate(scenario)
    if any(run.outcome.kind == "diverged" for run in runs):
        raise ValueError(f"A run that diverged costs nothing any more: surface {scenario.surface}.")


def _naive(landscape: Landscape) -> None:
    for build in PLAIN:
        position = torch.tensor(landscape.start, dtype=torch.float64, requires_grad=True)
        optimizer = build([position])
        for _ in range(STEPS):
            optimizer.zero_grad()
            loss = landscape.loss(position[0], position[1])
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
