"""An axis of a settings map: one setting, the range of its values, and the values of its cells."""

import math
from dataclasses import dataclass

from optimizers import OPTIMIZERS
from trajectories.checks import check_whole
from trajectories.scales import middles
from trajectories.scenario import MAX_NOISE, Scenario
from trajectories.sentences import show_number, show_text, suggest

LEAST_NOISE = 1e-3  # the least noise of an axis, except for none
# What belongs to the scenario, and so to all its runs: the coordinates of the start, and what changes the gradients.
SHARED = ("x", "y", "batch", "noise")
# An ensemble has one batch and one noise. Each value on such an axis needs its own ensemble, so it has fewer cells.
CHANCE, MOST_CHANCE = ("batch", "noise"), 24


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A setting, and the range of its values on one axis of a map.

    Parameters
    ----------
    name : str
        A hyperparameter of the run, or one of ``SHARED``: "x" and "y" are the coordinates of the start.
    run : int
        The index of the run whose hyperparameter it is; of ``SHARED``, the run that is simulated if no axis has one.
    low, high : float, optional
        The range; by default that of the hyperparameter, of the map, or from the least to the largest batch or noise.
    """

    name: str
    run: int = 0
    low: float | None = None
    high: float | None = None

    @property
    def is_shared(self) -> bool:
        """Whether it belongs to all runs."""
        return self.name in SHARED


def values_of(scenario: Scenario, axis: Axis, count: int) -> tuple[float, ...]:
    """The values of an axis: the middles of equal cells of its range on the setting's scale, rounded: see ``middles``.

    There are ``count`` of them, and at most 24 batches or noises. Batches are whole numbers, so several cells may have
    the same one.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=hump&run=momentum")
    >>> values_of(scenario, Axis(name="lr", low=0.01, high=1), 3), values_of(scenario, Axis(name="y"), 2)
    ((0.0215, 0.1, 0.464), (-1.3, 1.3))
    """
    low, high, scale = range_of(scenario, axis)
    values = middles(low, high, min(count, MOST_CHANCE) if axis.name in CHANCE else count, scale)
    return tuple(float(round(value)) for value in values) if axis.name == "batch" else values


def range_of(scenario: Scenario, axis: Axis) -> tuple[float, float, str]:
    """The lowest and the highest value of an axis, and the scale on which they are spaced.

    Raises
    ------
    ValueError
        If there is no such run or setting, or the range is invalid: one sentence.
    """
    check_whole("run", axis.run, 0, len(scenario.runs) - 1)
    landscape = scenario.landscape
    match axis.name:
        case "x" | "y":
            (least, most), scale = landscape.bounds["xy".index(axis.name)], "linear"
        case "batch":
            if not landscape.example_count:
                raise ValueError(f"batch cannot be an axis: surface {scenario.surface!r} has no data.")
            least, most, scale = 1.0, float(landscape.example_count), "log"
        case "noise":
            least, most, scale = LEAST_NOISE, MAX_NOISE, "log"
        case name:
            known = {of.name: of for of in OPTIMIZERS[scenario.runs[axis.run].optimizer].hyperparameters}
            if name not in known:
                raise ValueError(f"There is no setting {show_text(name)}. {suggest(name, (*known, *SHARED))}")
            least, most, scale = known[name].low, known[name].high, known[name].scale
            if scale == "switch":
                raise ValueError(f"{name} is on or off: it cannot be an axis.")
    low, high = (given if given is not None else own for given, own in ((axis.low, least), (axis.high, most)))
    within = axis.name in {"x", "y"} or least <= low < high <= most
    if not (math.isfinite(high - low) and low < high and within):
        raise ValueError(
            f"The range of {axis.name} must rise within {show_number(least)} to {show_number(most)}: "
            f"got {show_number(low)} to {show_number(high)}."
        )
    return low, high, scale
