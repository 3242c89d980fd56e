"""Ensembles, and walks in several threads, compared with a plain loop of torch calls."""

import os
import threading
import time
from collections.abc import Callable
from functools import partial

import torch

from optimizers import OPTIMIZERS
from tests.bench.table import Row
from trajectories import parse_link, warm
from trajectories.ends import ends_of
from trajectories.ensemble import Columns, Observer, step_ensemble
from trajectories.landscapes import landscape_of
from trajectories.stepping import Walk

SIDE, STEPS, ROUNDS = 128, 150, 5
LONG = "surface=hump&steps=4000&run=sgd:lr=0.0001&run=momentum:lr=0.0001&run=rmsprop:lr=0.001&run=adam:lr=0.001"


def measure(naive_us: float) -> list[Row]:
    """Particle-steps a second on all cores, and two walks beside each other.

    Parameters
    ----------
    naive_us : float
        What a step of the naive loop costs in this run, in microseconds.
    """
    warm()
    rows = [_row(name, values, target, naive_us) for name, values, target in _settings()]
    whole = _columns({**_adam(), "lr": 0.01})
    rows.append(_speed("ensemble, Adam on Rosenbrock, judged", lambda: ends_of(whole), None, naive_us))
    one, two = (_seconds(partial(_threads, count)) for count in (1, 2))
    rows.append(
        Row(what="two walks in two threads", value=1000 * two, unit="ms", against=1000 * one, of="one", target=1.3)
    )
    return rows


def _settings() -> list[tuple[str, dict[str, float | torch.Tensor], float]]:
    lrs = torch.linspace(0.001, 0.1, SIDE * SIDE, dtype=torch.float64)
    shared: dict[str, float | torch.Tensor] = {**_adam(), "lr": 0.01}
    return [("shared hyperparameters", shared, 20_000), ("lr by column", {**shared, "lr": lrs}, 7_000)]


def _adam() -> dict[str, float]:
    return OPTIMIZERS["adam"].defaults


def _columns(values: dict[str, float | torch.Tensor]) -> Columns:
    landscape = landscape_of("rosenbrock")
    axes = [torch.linspace(low, high, SIDE, dtype=torch.float64) for low, high in landscape.bounds]
    starts = torch.stack(torch.meshgrid(*axes, indexing="xy")).reshape(2, -1)
    return Columns(landscape=landscape, optimizer="adam", starts=starts, values=values, steps=STEPS)


def _row(name: str, values: dict[str, float | torch.Tensor], target: float, naive_us: float) -> Row:
    columns = _columns(values)
    return _speed(f"ensemble, Adam on Rosenbrock, {name}", lambda: step_ensemble(columns, _Nothing), target, naive_us)


def _speed(what: str, work: Callable[[], object], target: float | None, naive_us: float) -> Row:
    """Million particle-steps a second, as a multiple of the naive loop's."""
    speed = SIDE * SIDE * STEPS / _seconds(work) / 1e6
    return Row(
        what=f"{what}, {os.cpu_count()} cores", value=speed, unit="M/s", against=1 / naive_us, of="naive loop",
        target=target, at_least=True,
    )  # fmt: skip


class _Nothing(Observer):
    """Looks at nothing: what is measured is the stepping."""

    def __init__(self, count: int) -> None:
        """For a block of so many walks."""

    def add_steps(self, *_: object) -> None:
        """Nothing."""


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)  # time on the wall: what else the machine does can only add to it


def _threads(count: int) -> None:
    scenario, _ = parse_link(LONG)

    def step() -> None:
        walked = Walk(scenario)
        while not walked.finished:
            walked.advance(scenario.steps)

    threads = [threading.Thread(target=step) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
