"""What to try next, in plain words and with the run's own numbers."""

import numpy as np
from numpy.typing import NDArray

from optimizers import OPTIMIZERS
from trajectories.scenario import MAX_STEPS, Run, Scenario
from trajectories.sentences import show_number
from trajectories.terrain import sharpest_curvature

# The names under which torch keeps the memory of past directions.
MEMORY = ("momentum", "beta1")
BOUNCING = 0.3  # net way over way walked, in the last quarter
SOON = 10  # a walk that is lost within so few steps is far beyond what it bears


def advise(kind: str, step: int, scenario: Scenario, run: Run, positions: NDArray[np.float64], lost: bool) -> str:
    """One line for an outcome, to be read on after a colon.

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
        case "global minimum":
            return _sooner(step, scenario, run, positions)
        case "local minimum":
            return _out_of_the_dip(scenario, run)
        case "saddle":
            return "a little noise, or a start slightly to one side, gets it off the ridge"
        case "flat":
            larger = _larger(run, 10)
            return "there is no slope to follow here; start elsewhere" + (f", or try {larger}" if larger else "")
        case "still moving":
            return _get_there(scenario, run, positions)
        case _:
            return _smaller(run, 0.1 if lost and step <= SOON else 0.5) if step else "start on the map"


def _sooner(step: int, scenario: Scenario, run: Run, positions: NDArray[np.float64]) -> str:
    if step <= 1:
        return "start farther away to see it walk"
    larger = _larger(run, 2)
    if step <= scenario.steps // 4 or larger is None or not _bears_more(scenario, run, positions):
        return f"about {step} steps are enough from this start"
    return f"{larger} may get it there sooner"


def _out_of_the_dip(scenario: Scenario, run: Run) -> str:
    for name in MEMORY:
        if name in run.values:
            more = round(1 - (1 - run.values[name]) / 2, 4)
            if run.values[name] < more <= _high(run, name):
                return f"another start, or more {name} ({show_number(more)}), may get it over the hill"
    if scenario.noise == 0:
        return "momentum, a little noise or another start may get it over the hill"
    return "momentum or another start may get it over the hill"


def _get_there(scenario: Scenario, run: Run, positions: NDArray[np.float64]) -> str:
    recent = positions[-max(2, len(positions) // 4) :]
    walked = float(np.hypot(*np.diff(recent, axis=0).T).sum())
    if float(np.hypot(*(recent[-1] - recent[0]))) < BOUNCING * walked:
        return f"it goes back and forth; {_smaller(run, 0.5)}" + (" or lower the noise" if scenario.noise else "")
    more = min(2 * scenario.steps, MAX_STEPS)
    longer = f"{more} steps" if more > scenario.steps else None
    if not _bears_more(scenario, run, positions):
        return f"{longer or 'momentum'} may get it there; a much larger lr would overshoot"
    ways = [way for way in (longer, _larger(run, 2)) if way is not None]
    return f"{' or '.join(ways) or 'another start'} may get it there"


def _bears_more(scenario: Scenario, run: Run, positions: NDArray[np.float64]) -> bool:
    """Whether twice the learning rate is still below the edge of stability, where the step is a multiple of the slope.

    On a curvature c, gradient descent diverges beyond lr = 2 / c; memory only moves that edge outward.
    """
    if OPTIMIZERS[run.optimizer].family != "gradient":
        return True
    x, y = positions[-1].tolist()
    return not 2 * run.values["lr"] * sharpest_curvature(scenario.landscape, x, y) >= 2


def _larger(run: Run, factor: float) -> str | None:
    """A larger learning rate by its number, if the range has room for it."""
    lr = _scaled(run, factor)
    return None if lr is None else f"lr {show_number(lr)}"


def _smaller(run: Run, factor: float) -> str:
    """What to do about a learning rate that is too large."""
    lr = _scaled(run, factor)
    if lr is None:
        return "lr is as low as it goes; start elsewhere"
    return f"{'halve lr' if factor == 0.5 else 'cut lr to a tenth'} ({show_number(lr)})"


def _scaled(run: Run, factor: float) -> float | None:
    hyperparameter = next(h for h in OPTIMIZERS[run.optimizer].hyperparameters if h.name == "lr")
    lr = float(f"{run.values['lr'] * factor:.3g}")
    return lr if hyperparameter.low <= lr <= hyperparameter.high else None


def _high(run: Run, name: str) -> float:
    return next(h.high for h in OPTIMIZERS[run.optimizer].hyperparameters if h.name == name)
