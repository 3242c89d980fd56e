"""The known limits of learning rates, as lines over a map of settings or of starts."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from formulas import Node, evaluate
from optimizers import OPTIMIZERS
from optimizers.evaluate import take_step
from trajectories.axis import Axis, range_of
from trajectories.checks import check_whole
from trajectories.message import Message
from trajectories.minima import minima_of
from trajectories.minimum_levels import minimum_levels
from trajectories.once import once
from trajectories.outcome import Outcome, classify
from trajectories.scenario import Run, Scenario
from trajectories.settings_map import runs_of
from trajectories.spread import quadratic_bowl
from trajectories.stationary import stationary_points_near
from trajectories.stepping import Walk
from trajectories.stretch import stretch_of
from trajectories.terrain import derivatives
from trajectories.zero_lines import zero_lines

NODES = 129  # along each axis of the grid on which lines are searched for
LEVEL = 1e-9  # of the larger curvature: a smaller one is zero

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Limit:
    """A limit of one run, as lines over a map or as points of one axis.

    Parameters
    ----------
    run : int
        The index of the run.
    message : Message
        What the lines are.
    error : Message or None
        Why they are not exact; None if they are.
    source : str
        Where the formula is from.
    points : ndarray, float64, (n, 2)
        The points of the lines in order, in the units of the two axes; NaN between two lines. Read-only. Between two
        points a line is straight on the scales of the axes. Of one axis: (x, 0) for each value x.
    """

    run: int
    message: Message
    error: Message | None
    source: str
    points: Floats

    def __post_init__(self) -> None:
        self.points.flags.writeable = False


def limits(scenario: Scenario, axes: Sequence[Axis]) -> tuple[Limit, ...]:
    """The limits that are known for the runs of a map of settings; for two axes "x" and "y", of a map of starts.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    axes : sequence of Axis
        The axes of the map, as in ``settings``: two, or only that along x.

    Returns
    -------
    tuple of Limit
        One for each run of the map for which a limit is known and has a line on the map. Empty for networks.

    Raises
    ------
    ValueError
        If there is no such run or setting, or a range is invalid: one sentence.

    Notes
    -----
    The stability limit is where ``lr λ`` equals the bound of the optimizer's record. λ is the largest eigenvalue of
    the Hessian at the minimum at which the run arrives with its present settings, else at the nearest minimum to its
    end. On a level curve of minima there is no such limit: the run moves along the curve to where it is flatter.

    For an optimizer that divides the gradient, λ is the largest eigenvalue of ``D H``: H is that Hessian, and the
    diagonal matrix D holds the effective step of each coordinate at lr 1, by the rule's own formula (for Adam
    ``1 / (sqrt(v_hat) + eps)``), the median over the last 5 % of the present run's steps. That is an estimate: the run
    has another second moment in every cell of the map.

    Where a landscape has an exact formula for the starts from which gradient descent converges (``StartLimit``), that
    takes the place of the stability limit, for gradient descent without noise and batches.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario, _ = parse_link("surface=matyas&run=momentum:lr=0.5,momentum=0.5")
    >>> (limit,) = limits(scenario, (Axis(name="lr", low=1, high=10), Axis(name="x")))
    >>> limit.points.round(6).tolist(), limit.error
    ([[3.0, -10.0], [3.0, 10.0]], None)
    """
    ranges = [range_of(scenario, axis) for axis in axes]
    if scenario.landscape.embedding is not None:
        return ()
    found = []
    for run in runs_of(axes):
        check_whole("run", run, 0, len(scenario.runs) - 1)
        known = _start_limit(scenario, run) or _stability_limit(_alone(scenario, run))
        if known is not None:
            points = _points(_excess_over(scenario, run, axes, known), run, axes, ranges, known.below)
            limit = Limit(run=run, message=known.message, error=known.error, source=known.source, points=points)
            found += [limit] if len(points) else []
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class _Known:
    """A formula for a run: ``bound(values, x, y)`` is the learning rate at the limit, for any settings and start."""

    bound: Callable[[Mapping[str, Floats], Floats, Floats], Floats]
    message: Message
    error: Message | None
    source: str
    below: float = math.inf


def _start_limit(scenario: Scenario, run: int) -> _Known | None:
    """The exact border of the starts, if there is a formula for this run."""
    limit, spec = scenario.landscape.start_limit, OPTIMIZERS[scenario.runs[run].optimizer]
    plain = spec.family == "gradient" and spec.written and not spec.state
    if limit is None or not plain or scenario.noise or scenario.batch:
        return None
    lr = limit.lr

    def bound(_: Mapping[str, Floats], x: Floats, y: Floats) -> Floats:
        return np.asarray(lr(torch.tensor(x), torch.tensor(y)).numpy())

    return _Known(bound=bound, message=Message("limit.starts"), error=None, source=limit.source, below=limit.below)


def _alone(scenario: Scenario, run: int) -> Scenario:
    return scenario.model_copy(update={"runs": (scenario.runs[run],)})


@once(64)
def _stability_limit(scenario: Scenario) -> _Known | None:
    """The stability limit of a scenario's only run; None if no formula or no curvature is known."""
    (run,) = scenario.runs
    spec, landscape = OPTIMIZERS[run.optimizer], scenario.landscape
    if spec.stability is None or not minima_of(landscape):
        return None
    place, rates = _end_of(scenario, run)
    hessian = derivatives(landscape, torch.tensor([place], dtype=torch.float64))[2][0].numpy()
    if not np.isfinite(hessian).all() or not np.isfinite(rates).all():
        return None
    flat, steep = np.linalg.eigvalsh(hessian)
    if flat <= LEVEL * steep:
        return None
    root = np.sqrt(rates / run.values["lr"])
    sharpness = float(np.linalg.eigvalsh(root[:, None] * hessian * root)[-1])
    stability = spec.stability
    told, (x, y) = _rounded(sharpness), map(_rounded, place)
    if spec.family == "adaptive":
        message = Message("limit.divided", formula=stability.formula, curvature=told)
        error: Message | None = Message("limit.estimated", x=x, y=y)
    else:
        message = Message("limit.stable", formula=stability.formula, curvature=told)
        error = None if quadratic_bowl(landscape) is not None else Message("limit.local", x=x, y=y)
    if scenario.noise or scenario.batch:
        error = Message("limit.noisy")

    def bound(values: Mapping[str, Floats], _x: Floats, _y: Floats) -> Floats:
        return np.asarray(stability.bound(values) / sharpness)

    return _Known(bound=bound, message=message, error=error, source=stability.source)


def _end_of(scenario: Scenario, run: Run) -> tuple[tuple[float, float], Floats]:
    """The minimum that belongs to the only run of a scenario, and its effective steps, (2,), in its last steps."""
    walk, late = Walk(scenario), stretch_of(scenario.steps)
    walk.advance(scenario.steps - late)
    rates = []
    while not walk.finished:
        walk.advance(1)
        rates.append(_effective_step(walk, run))
    (outcome,) = classify(scenario, walk.record)
    return _minimum_for(scenario, walk.record[-1, 0, :2], outcome), np.median(rates, axis=0)


def _effective_step(walk: Walk, run: Run) -> Floats:
    """The effective step along both axes, (2,), by the rule, in the last step of the only run of a walk."""
    rule, values = OPTIMIZERS[run.optimizer].rule, dict(run.values)
    before = torch.tensor(walk.record[walk.step - 1, 0])
    parts = take_step(rule, values, before[3:5], before[:2], walk.step, {}, walk.kept(0))
    known: dict[Node, float | Tensor] = {("value", name): value for name, value in values.items()}
    known |= {("part", name, 0): part for name, part in parts.items()} | {("step",): walk.step}
    return torch.as_tensor(evaluate(rule.rate, known), dtype=torch.float64).expand(2).numpy()


def _minimum_for(scenario: Scenario, end: Floats, outcome: Outcome) -> tuple[float, float]:
    """The minimum at which a walk rests, else the nearest one to its end, or to its start if it is not on the map."""
    landscape, place = scenario.landscape, torch.tensor(scenario.start, dtype=torch.float64)
    if outcome.kind not in {"left_the_map", "diverged"}:
        place = torch.tensor(end)
    if outcome.kind in {"global_minimum", "local_minimum"}:
        near = stationary_points_near(landscape, place[:, None])
        if bool(near.found[0]):
            x, y = near.positions[:, 0].tolist()
            return x, y
    known = minimum_levels(landscape)
    nearest = minima_of(landscape)[int(known.nearest(place[:, None] * known.factor))]
    return nearest.x, nearest.y


def _excess_over(
    scenario: Scenario, run: int, axes: Sequence[Axis], known: _Known
) -> Callable[[Floats, Floats], Floats]:
    """The logarithm of a run's learning rate over the limit, for values along both axes; NaN beyond the formula."""

    def excess(across: Floats, up: Floats) -> Floats:
        settings = {name: np.full(across.shape, value) for name, value in scenario.runs[run].values.items()}
        start = {name: np.full(across.shape, value) for name, value in zip("xy", scenario.start, strict=True)}
        for axis, values in zip(axes, (across, up), strict=False):
            if axis.name in start:
                start[axis.name] = values
            elif not axis.is_shared and axis.run == run:
                settings[axis.name] = values
        lr = np.where(settings["lr"] <= known.below, settings["lr"], np.nan)
        return np.asarray(np.log(lr / known.bound(settings, start["x"], start["y"])))

    return excess


def _rounded(number: float) -> float:
    return float(f"{number:.4g}")


def _points(
    excess: Callable[[Floats, Floats], Floats],
    run: int,
    axes: Sequence[Axis],
    ranges: Sequence[tuple[float, float, str]],
    below: float,
) -> Floats:
    """The points on which the excess is zero, in the units of the axes: see ``Limit``.

    The grid is even on the scales of the axes, and ends at the learning rate ``below`` of the run.
    """
    scales, nodes = [], []
    for axis, (low, high, scale) in zip(axes, ranges, strict=True):
        end = min(high, below) if (axis.name, axis.run) == ("lr", run) else high
        if low >= end:
            return np.empty((0, 2))
        first, last = _placed(np.array([low, end]), scale).tolist()
        nodes.append(np.linspace(first, last, NODES))
        scales.append(scale)
    if len(axes) == 1:  # across the whole height of a strip
        nodes, scales = [nodes[0], np.array([0.0, 1.0])], [scales[0], "linear"]

    def placed_excess(across: Floats, up: Floats) -> Floats:
        return excess(_valued(across, scales[0]), _valued(up, scales[1]))

    lines = [_in_units(line, scales) for line in zero_lines(placed_excess, *nodes)]
    if len(axes) == 1:
        return np.array([(line[0, 0], 0.0) for line in lines]).reshape(-1, 2)
    gap = np.full((1, 2), np.nan)
    return np.concatenate([part for line in lines for part in (gap, line)][1:]) if lines else np.empty((0, 2))


def _in_units(line: Floats, scales: Sequence[str]) -> Floats:
    return np.stack([_valued(line[:, at], scales[at]) for at in (0, 1)], axis=1)


def _placed(values: Floats, scale: str) -> Floats:
    """Values as coordinates on a scale on which they are evenly spaced."""
    match scale:
        case "log":
            return np.log(values)
        case "complement":
            return -np.log1p(-values)
        case _:
            return values


def _valued(places: Floats, scale: str) -> Floats:
    """The values at coordinates of a scale."""
    match scale:
        case "log":
            return np.exp(places)
        case "complement":
            return -np.expm1(-places)
        case _:
            return places
