"""Checks of the numbers of a scenario. Each raises a ValueError whose text is a sentence for people."""

import math

from optimizers import Hyperparameter
from surfaces import Landscape
from trajectories.sentences import show_number, show_value


def check_number(name: str, value: object, low: float, high: float) -> float:
    """A finite number in the range as a float; otherwise a ValueError whose text is a sentence for people."""
    number = _as_float(value)
    if number is None or not low <= number <= high:
        raise ValueError(f"{name} must be from {show_number(low)} to {show_number(high)}: got {show_value(value)}.")
    return number


def check_whole(name: str, value: object, low: int, high: int) -> int:
    """A whole number in the range as an int; otherwise a ValueError whose text is a sentence for people."""
    number = _as_float(value)
    if number is None or not low <= number <= high or number != int(number):
        raise ValueError(f"{name} must be a whole number from {low} to {high}: got {show_value(value)}.")
    return int(number)


def check_batch(value: object, most: int, landscape: Landscape) -> int:
    """The size of a batch, 0 where a landscape has no data; otherwise a ValueError whose text is a sentence."""
    batch = check_whole("batch", value, 0, most)
    if batch > 0 and landscape.example_count == 0:
        raise ValueError(f"batch must be 0 on a surface without data, such as {landscape.key}: got {batch}.")
    return batch


def check_start(start: object) -> tuple[float, float]:
    """Two finite numbers as a tuple of floats; otherwise a ValueError whose text is a sentence for people."""
    if not isinstance(start, list | tuple) or len(start) != 2:
        raise ValueError(f"start must be two numbers, x and y: got {show_value(start)}.")
    x, y = (_as_float(coordinate) for coordinate in start)
    if x is None or y is None or not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError(f"start must be two finite numbers: got {show_value(start[0])} and {show_value(start[1])}.")
    return x, y


def check_value(optimizer: str, hyperparameter: Hyperparameter, value: object) -> float:
    """A hyperparameter's value within its range; otherwise a ValueError whose text is a sentence for people."""
    name = f"{hyperparameter.name} of {optimizer}"
    if hyperparameter.scale == "switch" and _as_float(value) not in (0.0, 1.0):
        raise ValueError(f"{name} must be 0 or 1: got {show_value(value)}.")
    return check_number(name, value, hyperparameter.low, hyperparameter.high)


def _as_float(value: object) -> float | None:
    """A Python or NumPy number as a float; None for everything else, including texts and booleans."""
    if isinstance(value, bool | str | bytes | bytearray) or not hasattr(value, "__float__"):
        return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        return None
