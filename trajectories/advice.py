"""What to try next, with the run's own numbers."""

import numpy as np
from numpy.typing import NDArray

from optimizers import OPTIMIZERS
from trajectories.message import Message
from trajectories.scenario import MAX_STEPS, Run, Scenario
from trajectories.terrain import sharpest_curvature

# The names under which torch keeps the memory of past directions.
MEMORY = ("momentum", "beta1")
BOUNCING = 0.3  # net way over way walked, in the last quarter
SOON = 10  # a walk that is lost within so few steps is far beyond what it bears


def advise(kind: str, step: int, scenario: Scenario, run: Run, positions: NDArray[np.float64], lost: bool) -> Message:
    """What to try after an outcome.

    Parameters
    ----------
    kind, step
        Of the outcome.
    scenario : Scenario
        What was walked.
    run : Run
        Who walked.
    positions : ndarray, float64, (steps + 1, 2)
        Where it was.
    lost : bool
        Whether it runs away for good.
    """
    match kind:
        case "global_minimum":
            return _sooner(step, scenario, run, positions)
        case "local_minimum":
            return _out_of_the_dip(scenario, run)
        case "saddle":
            return Message("advice.off_the_ridge")
        case "flat":
            return _off_the_plain(run)
        case "circling" | "still_moving":
            return _get_there(kind == "circling", scenario, run, positions)
        case _:
            return _smaller(run, 0.1 if lost and step <= SOON else 0.5) if step else Message("advice.start_on_the_map")


def _sooner(step: int, scenario: Scenario, run: Run, positions: NDArray[np.float64]) -> Message:
    if step <= 1:
        return Message("advice.start_farther")
    larger = _scaled(run, 2)
    if step <= scenario.steps // 4 or larger is None or not _bears_more(scenario, run, positions):
        return Message("advice.steps_enough", steps=step)
    return Message("advice.sooner", lr=larger)


def _out_of_the_dip(scenario: Scenario, run: Run) -> Message:
    for name in MEMORY:
        if name in run.values:
            more = round(1 - (1 - run.values[name]) / 2, 4)
            if run.values[name] < more <= _high(run, name):
                return Message("advice.more_memory", name=name, value=more)
    if scenario.noise == 0:
        return Message("advice.over_the_hill_by_noise")
    return Message("advice.over_the_hill")


def _off_the_plain(run: Run) -> Message:
    larger = _scaled(run, 10)
    return Message("advice.no_slope") if larger is None else Message("advice.no_slope_or_lr", lr=larger)


def _get_there(circling: bool, scenario: Scenario, run: Run, positions: NDArray[np.float64]) -> Message:
    recent = positions[-max(2, len(positions) // 4) :]
    walked = float(np.hypot(*np.diff(recent, axis=0).T).sum())
    if circling or float(np.hypot(*(recent[-1] - recent[0]))) < BOUNCING * walked:
        return _to_and_fro(scenario, run)
    more = min(2 * scenario.steps, MAX_STEPS)
    longer = more if more > scenario.steps else None
    if not _bears_more(scenario, run, positions):
        if longer is None:
            return Message("advice.momentum_without_larger_lr")
        return Message("advice.steps_without_larger_lr", steps=longer)
    larger = _scaled(run, 2)
    if longer is not None:
        if larger is None:
            return Message("advice.steps", steps=longer)
        return Message("advice.steps_or_lr", steps=longer, lr=larger)
    return Message("advice.another_start") if larger is None else Message("advice.lr", lr=larger)


def _to_and_fro(scenario: Scenario, run: Run) -> Message:
    """What to do about a walk that jumps back and forth."""
    lr, noise = _scaled(run, 0.5), "_or_noise" if scenario.noise else ""
    if lr is None:
        return Message(f"advice.to_and_fro_lowest_lr{noise}")
    return Message(f"advice.to_and_fro_halve_lr{noise}", lr=lr)


def _bears_more(scenario: Scenario, run: Run, positions: NDArray[np.float64]) -> bool:
    """Whether twice the learning rate is still below the edge of stability, where the step is a multiple of the slope.

    On a curvature c, gradient descent diverges beyond lr = 2 / c; memory only moves that edge outward.
    """
    if OPTIMIZERS[run.optimizer].family != "gradient":
        return True
    x, y = positions[-1].tolist()
    return not 2 * run.values["lr"] * sharpest_curvature(scenario.landscape, x, y) >= 2


def _smaller(run: Run, factor: float) -> Message:
    """What to do about a learning rate that is too large."""
    lr = _scaled(run, factor)
    if lr is None:
        return Message("advice.lowest_lr")
    return Message("advice.halve_lr" if factor == 0.5 else "advice.tenth_of_lr", lr=lr)


def _scaled(run: Run, factor: float) -> float | None:
    """A multiple of the learning rate, if the range has room for it."""
    hyperparameter = next(h for h in OPTIMIZERS[run.optimizer].hyperparameters if h.name == "lr")
    lr = float(f"{run.values['lr'] * factor:.3g}")
    return lr if hyperparameter.low <= lr <= hyperparameter.high else None


def _high(run: Run, name: str) -> float:
    return next(h.high for h in OPTIMIZERS[run.optimizer].hyperparameters if h.name == name)
