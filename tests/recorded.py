"""Walks as they were once recorded: the same scenario must give the same bits in every later version.

``python -m tests.recorded`` writes the file anew; do that only when torch itself has changed its numbers.
"""

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch

from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories import Run, Scenario, format_link, simulate

FILE = Path(__file__).with_name("recorded_walks.json")
COUNT = 200


def machine() -> dict[str, str]:
    """What the last bits of a walk depend on besides the scenario."""
    return {"torch": torch.__version__.partition("+")[0], "cpu": torch.backends.cpu.get_cpu_capability()}


def digest(scenario: Scenario) -> str:
    """A hash over every position, loss and gradient of a scenario's walks, bit by bit; all NaN count as one."""
    hashed = hashlib.blake2b(digest_size=12)
    for run in simulate(scenario):
        for array in (run.positions, run.losses, run.gradients):
            hashed.update(np.where(np.isnan(array), np.nan, array).astype("<f8").tobytes())
    return hashed.hexdigest()


def draw(chance: random.Random) -> Scenario:
    """A scenario of 1 to 8 runs, anywhere on the map or a little beyond, a third of them with noise."""
    surface = SURFACES[chance.choice(sorted(SURFACES))]
    (x_low, x_high), (y_low, y_high) = BOUNDS[surface.key]
    start = (
        round(x_low + (x_high - x_low) * chance.uniform(-0.1, 1.1), 4),
        round(y_low + (y_high - y_low) * chance.uniform(-0.1, 1.1), 4),
    )
    noise = chance.choice((0.0, 0.0, round(10 ** chance.uniform(-3, 1), 4)))
    runs = [_run(chance) for _ in range(chance.randint(1, 8))]
    return Scenario(
        surface=surface.key,
        start=start,
        steps=chance.choice((1, 2, 7, 60, 150, 400, 1200)),
        noise=noise,
        seed=chance.randrange(1000) if noise else 0,
        runs=runs,
    )


def _run(chance: random.Random) -> Run:
    spec = OPTIMIZERS[chance.choice(sorted(OPTIMIZERS))]
    values = {}
    for h in spec.hyperparameters:
        if h.scale == "switch":
            values[h.name] = float(chance.choice((h.low, h.high)))
        elif h.name == "lr":
            values[h.name] = float(f"{10 ** chance.uniform(-4, 0):.3g}")
        elif chance.random() < 0.4:
            values[h.name] = min(h.high, max(h.low, float(f"{h.default * chance.uniform(0.5, 1.0):.4g}")))
    return Run(optimizer=spec.key, values=values)


def record() -> dict[str, Any]:
    """Draw the scenarios and walk them."""
    chance = random.Random(9)
    scenarios = [draw(chance) for _ in range(COUNT)]
    return machine() | {"walks": {format_link(scenario): digest(scenario) for scenario in scenarios}}


BOUNDS = {key: getattr(surface, "landscape", surface).bounds for key, surface in SURFACES.items()}

if __name__ == "__main__":
    FILE.write_text(json.dumps(record(), indent=1) + "\n", encoding="utf-8")
