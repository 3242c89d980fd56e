"""One step of a walk on data: the gradients of its examples, and where it would end with other batches."""

import itertools
import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from surfaces import Examples, Model
from trajectories.batches import Batches
from trajectories.gradient import WIDTH, data_evaluator, examples_evaluator
from trajectories.scenario import Scenario
from trajectories.source import Draws
from trajectories.stepping import Walk

MOST_LANDINGS = 256
# So many steps, or gradients of batches, are computed between two pauses: a few milliseconds.
STEPS_AT_ONCE, BATCHES_AT_ONCE = 64, 32


@dataclass(frozen=True, kw_only=True, eq=False)
class Landings:
    """Where a step would end with other batches of the same size.

    Parameters
    ----------
    own : ndarray, float64, (2,)
        The end of the step with the walk's own batch: the walk's next position.
    others : ndarray, float64, (n, 2)
        Its end with each of the other batches. A number may be infinite or NaN.
    every : bool
        Whether these are all other batches of this size; else they are ``MOST_LANDINGS`` batches drawn at random with
        the scenario's seed.
    """

    own: NDArray[np.float64]
    others: NDArray[np.float64]
    every: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class ExampleStep:
    """The gradients of the examples that a step uses.

    Parameters
    ----------
    batch : ndarray, int64, (size,)
        The examples of the step's batch by their index; without batches all examples.
    position : ndarray, float64, (2,)
        Where the step begins.
    gradients : ndarray, float64, (size, 2)
        The gradient of each example of the batch at this position.
    batch_gradient, full_gradient : ndarray, float64, (2,)
        The mean of ``gradients``, with the bits of the walk and without noise; and the gradient over all examples.
    landings : Landings or None
        Where the step would end with other batches, if requested.
    """

    batch: NDArray[np.int64]
    position: NDArray[np.float64]
    gradients: NDArray[np.float64]
    batch_gradient: NDArray[np.float64]
    full_gradient: NDArray[np.float64]
    landings: Landings | None


def batch_of(scenario: Scenario, step: int) -> NDArray[np.int64]:
    """The examples of a step's batch by their index, int64 (size,); without batches all examples.

    Raises
    ------
    ValueError
        If the scenario's surface has no data.

    Examples
    --------
    >>> from trajectories import Run, Scenario
    >>> scenario = Scenario(surface="cars_raw", batch=3, runs=[Run(optimizer="sgd")])
    >>> len(batch_of(scenario, 0)), len(batch_of(scenario, 16))
    (3, 2)
    """
    _, examples = _data_of(scenario)
    if not scenario.batch:
        return np.arange(examples.count)
    return np.asarray(Batches(examples.count, scenario.batch, [scenario.seed]).at(step)[0].numpy())


def batches_from(scenario: Scenario, first: int, most: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
    """The batches of consecutive steps.

    Parameters
    ----------
    scenario : Scenario
        The scenario, on a surface with data.
    first : int
        The first step.
    most : int
        The most indices in all batches together; one batch is given in any case.

    Returns
    -------
    count : int
        The number of examples; of a network, those that train it.
    batches : tuple of tuple of int
        The examples of each batch by their index, for ``first`` and the steps after it, ``scenario.steps`` at most.

    Raises
    ------
    ValueError
        If the scenario's surface has no data.
    """
    count = scenario.landscape.example_count
    if count == 0:
        raise ValueError(f"surface {scenario.surface!r} has no data.")
    if not scenario.batch:
        return count, (tuple(range(count)),)
    batches = Batches(count, scenario.batch, [scenario.seed])
    found: list[tuple[int, ...]] = []
    room = most
    for step in range(first, scenario.steps + 1):
        batch = tuple(batches.at(step)[0].tolist())
        room -= len(batch)
        if found and room < 0:
            break
        found.append(batch)
    return count, tuple(found)


def examine(scenario: Scenario, run: int, step: int, *, landings: bool = False) -> ExampleStep:
    """The gradients of the examples that a step uses; see ``examining``.

    Examples
    --------
    The gradients of the single examples add up to that of the batch:

    >>> from trajectories import Run, Scenario
    >>> scenario = Scenario(surface="cars_standardized", batch=16, runs=[Run(optimizer="sgd")])
    >>> found = examine(scenario, 0, 3)
    >>> bool(abs(found.gradients.mean(axis=0) - found.batch_gradient).max() < 1e-12)
    True
    """
    work = examining(scenario, run, step, landings=landings)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: ExampleStep = end.value
            return found


def examining(scenario: Scenario, run: int, step: int, *, landings: bool = False) -> Generator[None, None, ExampleStep]:
    """Compute the gradients of the examples that a step uses, with pauses every few milliseconds.

    Parameters
    ----------
    scenario : Scenario
        The scenario, on a surface with data.
    run : int
        The index of the run.
    step : int
        The steps taken before, 0 to ``scenario.steps``: the step begins at this position.
    landings : bool
        Whether to take the step with other batches, too: by torch's class, from a copy of the optimizer's state after
        ``step`` steps, with the noise of this step.

    Returns
    -------
    ExampleStep
        The generator's return value.

    Raises
    ------
    ValueError
        If the surface has no data, or a number at this step is not finite.
    """
    model, examples = _data_of(scenario)
    walk = Walk(Scenario(**dict(scenario) | {"runs": (scenario.runs[run],)}))
    while walk.step < step and walk.diverged[0] is None:
        walk.advance(min(STEPS_AT_ONCE, step - walk.step))
        yield
    if walk.diverged[0] is not None:
        raise ValueError(f"The run takes no step from {step} on: it diverged at step {walk.diverged[0]}.")
    position = walk.record[step, 0, :2].copy()
    batch = batch_of(scenario, step)
    at = _At(model, examples, position)
    single = at.examples(batch)
    own, full = (at.mean(batch) if scenario.batch else at.mean()), at.mean()
    if not all(np.isfinite(numbers).all() for numbers in (single, own, full)):
        raise ValueError(f"The gradients of the single examples at step {step} are not finite.")
    ends = None
    if landings:
        noise = Draws(scenario.noise, scenario.seed).block(step)[0].numpy() if scenario.noise else 0.0
        others, every = _other_batches(batch, examples.count, scenario.seed)
        gradients = itertools.chain([own], map(at.mean, others))
        positions = []
        while piece := list(itertools.islice(gradients, BATCHES_AT_ONCE)):
            positions.append(walk.landings(0, torch.from_numpy(np.array(piece) + noise)).numpy())
            yield
        found = np.concatenate(positions)
        ends = Landings(own=found[0], others=found[1:], every=every)
    return ExampleStep(
        batch=batch, position=position, gradients=single, batch_gradient=own, full_gradient=full, landings=ends
    )


class _At:
    """The gradients at one position."""

    def __init__(self, model: Model, examples: Examples, position: NDArray[np.float64]) -> None:
        self._model = model
        self._examples = examples
        self._evaluate = data_evaluator(model)
        # As many columns as in a walk: a kernel may round a number alone differently.
        self._positions = torch.from_numpy(position)[:, None].repeat(1, WIDTH)

    @torch.inference_mode()
    def mean(self, batch: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
        """The gradient over a batch, or over all examples, (2,)."""
        which = [] if batch is None else [torch.from_numpy(batch)]
        data = [self._examples.inputs, self._examples.targets]
        return np.asarray(self._evaluate(self._positions, data, which)[1:3, 0].numpy())

    @torch.inference_mode()
    def examples(self, batch: NDArray[np.int64]) -> NDArray[np.float64]:
        """The gradient of each example of a batch, (size, 2)."""
        which = torch.from_numpy(batch)
        inputs, targets = self._examples.inputs[:, which], self._examples.targets[which]
        found = examples_evaluator(self._model)(self._positions, inputs, targets)
        return np.asarray(found[1:, 0].T.contiguous().numpy())


def _other_batches(own: NDArray[np.int64], count: int, seed: int) -> tuple[Iterator[NDArray[np.int64]], bool]:
    """The other batches of the same size: all of them if they are few, else some at random; and which of the two."""
    size = len(own)
    if math.comb(count, size) > MOST_LANDINGS:
        generator = torch.Generator().manual_seed(seed)
        drawn: Iterator[Tensor] = (torch.randperm(count, generator=generator)[:size] for _ in range(MOST_LANDINGS))
        return (np.asarray(one.numpy()) for one in drawn), False
    present = tuple(sorted(own.tolist()))
    return (np.array(one) for one in itertools.combinations(range(count), size) if one != present), True


def _data_of(scenario: Scenario) -> tuple[Model, Examples]:
    landscape = scenario.landscape
    if landscape.model is None or landscape.examples is None:
        raise ValueError(f"surface {scenario.surface!r} has no data.")
    return landscape.model, landscape.examples
