"""What to try next, in plain words and with the run's own numbers."""

import numpy as np
from numpy.typing import NDArray

from optimizers import OPTIMIZERS
from trajectories.scenario import MAX_STEPS, Run, Scenario
from trajectories.sentences import show_number

# The names under which torch keeps the memory of past directions.
MEMORY = ("momentum", "beta1")
BOUNCING = 0.3  # net way over way walked, in the last quarter


def advise(kind: str, step: int, scenario: Scenario, run: Run, positions: NDArray[np.float64]) -> str:
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
    """
    match kind:
        case "global minimum":
            return _sooner(step, scenario, run)
        case "local minimum":
            return _out_of_the_dip(scenario, run)
        case "saddle":
            return "a little noise, or a start slightly to one side, gets it off the ridge"
        case "flat":
            return f"there is no slope to follow here; start elsewhere, or {_changed(run, 10, 'raise')}"
        case "still moving":
            return _get_there(scenario, run, positions)
        case _:
            return _changed(run, 0.5, "halve") if step else "start on the map"


def _sooner(step: int, scenario: Scenario, run: Run) -> str:
    if step <= 1:
        return "start farther away to see it walk"
    if step <= scenario.steps // 4:
        return f"{min(scenario.steps, max(10, 2 * step))} steps are plenty from here"
    return f"{_changed(run, 2, 'double')} to get there sooner"


def _out_of_the_dip(scenario: Scenario, run: Run) -> str:
    for name in MEMORY:
        if name in run.values:
            more = round(1 - (1 - run.values[name]) / 2, 4)
            if run.values[name] < more <= _high(run, name):
                return f"more {name} ({show_number(more)}) may carry it over the hill; so may another start"
    if scenario.noise == 0:
        return "momentum, a little noise or another start may get it over the hill"
    return "momentum or another start may get it over the hill"


def _get_there(scenario: Scenario, run: Run, positions: NDArray[np.float64]) -> str:
    recent = positions[-max(2, len(positions) // 4) :]
    walked = float(np.hypot(*np.diff(recent, axis=0).T).sum())
    if float(np.hypot(*(recent[-1] - recent[0]))) < BOUNCING * walked:
        return f"it goes back and forth; {_changed(run, 0.5, 'halve')}" + (
            " or lower the noise" if scenario.noise else ""
        )
    more = min(2 * scenario.steps, MAX_STEPS)
    if more > scenario.steps:
        return f"more steps ({more}) or {_changed(run, 2, 'double')}"
    return _changed(run, 2, "double")


def _changed(run: Run, factor: float, verb: str) -> str:
    """Say how to change the learning rate, with the number if the range allows it."""
    name = "lr" if "lr" in run.values else next(iter(run.values))
    value = float(f"{run.values[name] * factor:.3g}")
    hyperparameter = next(h for h in OPTIMIZERS[run.optimizer].hyperparameters if h.name == name)
    if hyperparameter.low <= value <= hyperparameter.high:
        return f"{verb} {name} ({show_number(value)})"
    end = hyperparameter.high if factor > 1 else hyperparameter.low
    return f"{'raise' if factor > 1 else 'lower'} {name} as far as it goes ({show_number(end)})"


def _high(run: Run, name: str) -> float:
    return next(h.high for h in OPTIMIZERS[run.optimizer].hyperparameters if h.name == name)
