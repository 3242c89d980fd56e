"""Values on a hyperparameter's scale: the stops of its slider, and the values of a sweep."""

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import numpy as np

MANTISSAS = ("1", "1.1", "1.2", "1.3", "1.5", "1.7", "2", "2.2", "2.5", "2.8", "3", "3.5", "4", "4.5", "5", "6", "7",
             "8", "9")  # fmt: skip
DIGITS = [f".{digits}g" for digits in range(3, 18)]


def slider_stops(low: float, high: float, scale: str, default: float | None = None) -> tuple[float, ...]:
    """The stops of a hyperparameter's slider: round numbers.

    Parameters
    ----------
    low, high : float
        The range. Both ends are among the stops.
    scale : {"log", "linear", "complement", "switch"}
        The hyperparameter's scale; ``complement`` is a log scale of the distance from 1.
    default : float, optional
        A further stop.

    Returns
    -------
    tuple of float
        Rising.

    Examples
    --------
    >>> slider_stops(0.1, 1, "log")[:6], slider_stops(0, 0.99, "complement", 0.9)[-4:]
    ((0.1, 0.11, 0.12, 0.13, 0.15, 0.17), (0.987, 0.988, 0.989, 0.99))
    """
    match scale:
        case "log":
            between = _round_numbers(low, high)
        case "complement":
            between = [_tidy(1 - rest) for rest in _round_numbers(_tidy(1 - high), _tidy(1 - low))]
        case "switch":
            between = []
        case _:
            between = _even(low, high)
    return _rising([*between, low, high, *([] if default is None else [default])])


def stops_from_zero(least: float, high: float) -> tuple[float, ...]:
    """The stops of a log scale with zero as a further stop.

    Examples
    --------
    >>> stops_from_zero(0.1, 0.12)
    (0.0, 0.1, 0.11, 0.12)
    """
    return _rising([0, *_round_numbers(least, high), high])


def whole_stops(low: int, high: int) -> tuple[float, ...]:
    """The whole numbers among the stops of a log scale.

    Examples
    --------
    >>> whole_stops(1, 12)
    (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0)
    """
    return _rising(stop for stop in [low, *_round_numbers(low, high), high] if float(stop).is_integer())


def spaced(low: float, high: float, count: int, scale: str) -> tuple[float, ...]:
    """Values evenly spaced on a hyperparameter's scale, rounded to four digits between the ends.

    Examples
    --------
    >>> spaced(0.01, 1, 3, "log"), spaced(0.9, 0.999, 3, "complement")
    ((0.01, 0.1, 1.0), (0.9, 0.99, 0.999))
    """
    match scale:
        case "log":
            between = [float(f"{value:.4g}") for value in np.geomspace(low, high, count)]
        case "complement":
            between = [float(1 - Fraction(f"{rest:.4g}")) for rest in np.geomspace(1 - low, 1 - high, count)]
        case "switch":
            between = []
        case _:
            between = [float(f"{value:.4g}") for value in np.linspace(low, high, count)]
    return (float(low), *between[1:-1], float(high))


def middles(low: float, high: float, count: int, scale: str) -> tuple[float, ...]:
    """The middles of equal cells of a range on a hyperparameter's scale, rounded.

    Each has at least three digits, and as many as keep it within the middle half of its cell: neighbors differ, and
    the number is short in a link. On the scale ``complement`` the digits are those of the distance from 1.

    Examples
    --------
    >>> middles(0.01, 1, 2, "log"), middles(0.9, 0.999, 2, "complement"), middles(0, 0.001, 4, "linear")
    ((0.0316, 0.316), (0.9684, 0.99684), (0.000125, 0.000375, 0.000625, 0.000875))
    """
    if scale == "complement":
        return tuple(float(1 - Fraction(rest)) for rest in _middles(1 - low, 1 - high, count, np.geomspace))
    spacing = np.geomspace if scale == "log" else np.linspace
    return tuple(float(text) + 0.0 for text in _middles(low, high, count, spacing))


def _middles(begin: float, end: float, count: int, spacing: Callable[[float, float, int], Any]) -> list[str]:
    """The texts of the rounded middles."""
    edges = spacing(begin, end, 2 * count + 1)
    texts = []
    for low, middle, high in zip(edges[:-1:2], edges[1::2], edges[2::2], strict=True):
        room = abs(high - low) / 4
        texts.append(next(text for text in map(middle.__format__, DIGITS) if abs(float(text) - middle) <= room))
    return texts


def _round_numbers(low: float, high: float) -> list[float]:
    """The powers of ten in the range and their round multiples, each read from its text: 0.0015, not 1.5 * 0.001."""
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    numbers = (float(f"{mantissa}e{power}") for power in powers for mantissa in MANTISSAS)
    return [number for number in numbers if low <= number <= high]


def _even(low: float, high: float) -> list[float]:
    """About a hundred values with equal differences, which are a power of ten."""
    stride = Fraction(10) ** round(math.log10((high - low) / 100))
    count = round((Fraction(high) - Fraction(low)) / stride)
    values = (_tidy(float(Fraction(low) + place * stride)) for place in range(count + 1))
    return [value for value in values if value <= high]


def _tidy(value: float) -> float:
    """Round away the last digits, which come from the subtraction."""
    return float(f"{value:.12g}")


def _rising(stops: Iterable[float]) -> tuple[float, ...]:
    return tuple(sorted({float(stop) for stop in stops}))
