"""The only stepping loop: real torch.optim steps, all runs of a scenario side by side."""

import inspect
from collections.abc import Callable, Collection, Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories.gradient import WIDTH, evaluator
from trajectories.scenario import Run, Scenario

# On a handful of numbers more threads only wait for each other.
torch.set_num_threads(1)

NOISE_BLOCK = 1024


class Walk:
    """All runs of one scenario on their way.

    One tensor of ``WIDTH`` rows holds everything of the present step: x, y, loss and the two slopes. A
    run's parameter and its ``.grad`` are views into its row, so that nothing is stacked, copied or
    zeroed: torch.optim moves the row, one shared forward and backward fills in the rest of it.
    Nothing is clipped, and a run that overflows only ends itself.

    Parameters
    ----------
    scenario : Scenario
        Who walks where.
    inside : collection of int
        The runs of whose steps the parts are recorded too.

    Attributes
    ----------
    step : int
        The last step that is recorded; 0 is the start.
    record : ndarray, float64, (steps + 1, runs, 5)
        x, y, loss, and the gradient as the optimizer sees it, noise included. NaN where there is nothing.
    diverged : list of (int or None)
        For each run, the first step with a position, loss or gradient that is not finite.
    anatomy : list of dict
        For each run, the parts of its steps by name, (steps + 1, ...); row n made position n, row 0 is NaN.
    """

    def __init__(self, scenario: Scenario, *, inside: Collection[int] = ()) -> None:
        runs = scenario.runs
        self.scenario = scenario
        self.step = 0
        self.record: NDArray[np.float64] = np.full((scenario.steps + 1, len(runs), 5), np.nan)
        self.diverged: list[int | None] = [None] * len(runs)
        self.anatomy: list[dict[str, NDArray[np.float64]]] = [{} for _ in runs]
        self._evaluate = evaluator(SURFACES[scenario.surface])
        self._noise = Noise(scenario.noise, scenario.seed) if scenario.noise else None
        with torch.inference_mode():
            present = torch.zeros(WIDTH, 5, dtype=torch.float64)
            self._positions, self._results, self._gradients = present[:, :2], present[:, 2:], present[:, 3:]
            self._positions.copy_(torch.tensor(scenario.start, dtype=torch.float64))
            self._present: NDArray[np.float64] = present.numpy()[: len(runs)]
            steps = [self._stepper(index, run, index in inside) for index, run in enumerate(runs)]
            self._walking: dict[int, Callable[[], object]] = dict(enumerate(steps))
            self._look()

    @property
    def finished(self) -> bool:
        """Whether there is nothing left to step."""
        return self.step == self.scenario.steps

    @torch.inference_mode()
    def advance(self, steps: int) -> None:
        """Take so many steps, or as many as are left."""
        for _ in range(min(steps, self.scenario.steps - self.step)):
            if not self._walking:
                self.step = self.scenario.steps
                return
            for take_step in self._walking.values():
                take_step()
            self.step += 1
            self._look()

    def parts(self, run: int, first: int, last: int) -> NDArray[np.float64]:
        """The parts of a run's steps ``first`` to ``last``, (count, parts, 2), in the order of the optimizer's record.

        A part that both coordinates share stands in both columns; NaN where no step was taken.
        """
        names = [name for name in OPTIMIZERS[self.scenario.runs[run].optimizer].update_latex if name != "g"]
        table = np.full((last - first + 1, len(names), 2), np.nan)
        for column, name in enumerate(names):
            kept = self.anatomy[run].get(name)
            if kept is not None:
                table[:, column] = kept[first : last + 1].reshape(len(table), -1)
        return table

    def _look(self) -> None:
        """Evaluate where everybody is now, and write it down."""
        self._results.copy_(self._evaluate(self._positions))
        if self._noise is not None:
            self._gradients.add_(self._noise.draw(self.step))
        self.record[self.step] = self._present
        if len(self._walking) < len(self.diverged):
            self.record[self.step, [run for run, step in enumerate(self.diverged) if step is not None]] = np.nan
        if not np.isfinite(self._present).all():
            self._end_diverged()

    def _end_diverged(self) -> None:
        for run in [run for run in self._walking if not np.isfinite(self._present[run]).all()]:
            self.diverged[run] = self.step
            del self._walking[run]
            # Its row is evaluated with the others, so it waits where numbers are finite. Nobody sees it.
            self._positions[run] = torch.tensor(self.scenario.start, dtype=torch.float64)

    def _stepper(self, index: int, run: Run, inside: bool) -> Callable[[], object]:
        """What takes one step of a run: its optimizer's ``step``, with a look inside if wanted."""
        spec = OPTIMIZERS[run.optimizer]
        position, gradient = self._positions[index], self._gradients[index]
        position.grad = gradient
        optimizer = spec.build([position], **run.values)
        # torch wraps ``step`` in a profiler's scope, hooks and no_grad, which cost up to half of a step on two
        # numbers. Nobody profiles or hooks here, and gradients are off: what is called is the class's own step.
        take_step = inspect.unwrap(type(optimizer).step)
        if not inside:
            return lambda: take_step(optimizer)

        def step_and_look_inside() -> None:
            before = position.clone()
            take_step(optimizer)
            self._keep(index, spec.anatomy(optimizer.state[position], optimizer.param_groups[0], gradient, before))

        return step_and_look_inside

    def _keep(self, index: int, parts: Mapping[str, Tensor]) -> None:
        kept = self.anatomy[index]
        for name, part in parts.items():
            if name not in kept:
                kept[name] = np.full((self.scenario.steps + 1, *part.shape), np.nan)
            kept[name][self.step + 1] = part.numpy()


class Noise:
    """The same normal draw for every run at a step, whoever else walks and however many steps follow."""

    def __init__(self, sigma: float, seed: int) -> None:
        self._sigma = sigma
        self._generator = torch.Generator().manual_seed(seed)

    def draw(self, step: int) -> Tensor:
        """The draw of a step, (2,), to be added to everybody's gradient; ask for the steps in order, from 0."""
        if step % NOISE_BLOCK == 0:  # blocks of one size: torch draws a long row differently from a short one
            self._block = self._sigma * torch.randn(NOISE_BLOCK, 2, dtype=torch.float64, generator=self._generator)
        return self._block[step % NOISE_BLOCK]
