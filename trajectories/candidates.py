"""The candidates of a search for advice: a finite set of changes of a scenario, tried one at a time."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from formulas import Node
from optimizers import OPTIMIZERS, OptimizerSpec
from trajectories.message import Message, Value
from trajectories.scenario import MAX_STEPS, Run, Scenario
from trajectories.sweep import changed

# Six round numbers per power of ten, for three powers below and three above: 36 learning rates, if the range has all.
MANTISSAS = (1, 1.5, 2, 3, 5, 7)
REACH = 1000
# Values for hyperparameters that set the share of past gradients that is kept, such as momentum and beta1.
MEMORIES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
LENGTHS = (2, 4, 10)  # multiples of the number of steps
NEARBY = (0.05, 0.2)  # distances to other starts, in shares of the map, in each of eight directions


class Change(BaseModel):
    """One change of a scenario as plain data: a hyperparameter of one run, the steps, or the start of all runs.

    Parameters
    ----------
    hyperparameter, value : str and float, or None
        The run's hyperparameter that changes, and its new value.
    steps : int or None
        The new number of steps.
    start : (float, float) or None
        The new start, of all runs.

    Examples
    --------
    >>> from trajectories import format_link, parse_link
    >>> scenario, _ = parse_link("surface=matyas&start=1,1&steps=50&run=sgd:lr=0.1&run=adam:lr=0.1")
    >>> format_link(Change(hyperparameter="lr", value=0.3).apply(scenario, 1))
    'surface=matyas&start=1,1&steps=50&run=sgd:lr=0.1&run=adam:lr=0.3'
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    hyperparameter: str | None = None
    value: float | None = None
    steps: int | None = None
    start: tuple[float, float] | None = None

    def apply(self, scenario: Scenario, run: int) -> Scenario:
        """The scenario with this change; a hyperparameter changes in one run only, and all else is unchanged."""
        if self.hyperparameter is not None and self.value is not None:
            return changed(scenario, run, self.hyperparameter, self.value)
        part = {"steps": self.steps, "start": self.start}
        return Scenario(**dict(scenario) | {name: value for name, value in part.items() if value is not None})


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A change that is tried.

    Parameters
    ----------
    change : Change
        The change.
    name : str
        What it changes: a hyperparameter, ``steps`` or ``start``.
    size : float
        The size of the change, as an absolute value. For a learning rate or steps: the logarithm of new / old. For
        momentum and the like: the logarithm of (1 - new) / (1 - old). For a start: the distance in shares of the map.
    """

    change: Change
    name: str
    size: float


def value_candidates(run: Run) -> list[Candidate]:
    """Other values of the learning rate, and of the hyperparameters that keep past gradients."""
    spec, found = OPTIMIZERS[run.optimizer], []
    ranges = {h.name: (h.low, h.high) for h in spec.hyperparameters}
    for name in ("lr", *memories(spec)):
        now, (low, high) = run.values[name], ranges[name]
        for value in _rates(now) if name == "lr" else MEMORIES:
            if low <= value <= high and value != now:
                ratio = value / now if name == "lr" else (1 - value) / (1 - now)
                change = Change(hyperparameter=name, value=value)
                found.append(Candidate(change=change, name=name, size=abs(math.log(ratio))))
    return found


def memories(spec: OptimizerSpec) -> list[str]:
    """The hyperparameters that set the share of past gradients that is kept.

    They are found in the optimizer's rule: such a hyperparameter multiplies a line's own previous value, and the line
    adds the gradient itself. A line that adds the square of the gradient does not count: a square has no direction.

    Examples
    --------
    >>> {key: memories(spec) for key, spec in OPTIMIZERS.items() if key in ("sgd", "momentum", "rmsprop", "adam")}
    {'sgd': [], 'momentum': ['momentum'], 'rmsprop': [], 'adam': ['beta1']}
    """
    found: list[str] = []
    for line in spec.rule.lines:
        for terms in _sums(line.formula):
            if any(("part", "g", 0) in factors for factors in terms):
                own = [factors for factors in terms if ("part", line.key, 1) in factors]
                found += [of[1] for factors in own for of in factors if of[0] == "value"]
    return found


def _sums(node: Node) -> Iterator[list[list[Node]]]:
    """For each sum in a formula, its terms as lists of factors."""
    if node[0] == "sum":
        yield [_factors(term) for _, term in node[1:]]
    for part in node:
        if isinstance(part, tuple):
            yield from _sums(part)


def _factors(term: Node) -> list[Node]:
    """The references of the symbols among a term's factors."""
    parts: list[Node] = [part for _, part in term[1:]] if term[0] == "product" else [term]
    return [part[2] for part in parts if part[0] == "symbol"]


def _rates(now: float) -> Iterator[float]:
    """Round learning rates between ``now / REACH`` and ``now * REACH``, rising."""
    power = math.floor(math.log10(now / REACH))
    for exponent in range(power, power + 8):
        for mantissa in MANTISSAS:
            value = float(f"{mantissa}e{exponent}")
            if now / REACH < value < now * REACH:
                yield value


def length_candidates(scenario: Scenario) -> list[Candidate]:
    """Greater numbers of steps, up to the limit of a scenario."""
    lengths = sorted({min(times * scenario.steps, MAX_STEPS) for times in LENGTHS} - {scenario.steps})
    return [
        Candidate(change=Change(steps=steps), name="steps", size=math.log(steps / scenario.steps)) for steps in lengths
    ]


def start_candidates(scenario: Scenario) -> list[Candidate]:
    """Other starts on the map: around the present one, and the landscape's own start."""
    landscape = scenario.landscape
    width, height = landscape.size
    # Coordinates are rounded to a hundredth of the map.
    digits = [max(0, 2 - math.floor(math.log10(extent))) for extent in (width, height)]
    found: dict[tuple[float, float], float] = {}
    for share in NEARBY:
        for turn in range(8):
            along = (width * math.cos(turn * math.pi / 4), height * math.sin(turn * math.pi / 4))
            start = (
                round(scenario.start[0] + share * along[0], digits[0]),
                round(scenario.start[1] + share * along[1], digits[1]),
            )
            found.setdefault(start, share)
    found.setdefault(landscape.start, 1.0)
    (left, right), (bottom, top) = landscape.bounds
    return [
        Candidate(change=Change(start=start), name="start", size=share)
        for start, share in found.items()
        if left <= start[0] <= right and bottom <= start[1] <= top and start != scenario.start
    ]


def searched(values: Iterable[Candidate], steps: int) -> Message:
    """The ranges of the hyperparameters that a search tried, and its greatest number of steps."""
    ranges: dict[str, list[float]] = {}
    for candidate in values:
        ranges.setdefault(candidate.name, []).append(candidate.change.value or 0.0)
    rates = ranges.pop("lr")
    for name, tried in ranges.items():
        lr: dict[str, Value] = {"low": min(rates), "high": max(rates)}
        return Message("advice.searched_memory", **lr, name=name, least=min(tried), most=max(tried), steps=steps)
    return Message("advice.searched", low=min(rates), high=max(rates), steps=steps)
