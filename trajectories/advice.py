"""Advice on what to try next: a search in a finite set of changes; a change is simulated before it is advised."""

import math
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from optimizers import OPTIMIZERS
from trajectories.candidates import Candidate, Change, length_candidates, searched, start_candidates, value_candidates
from trajectories.ends import Ends, ends_in_pieces
from trajectories.ensemble import Columns
from trajectories.message import Message, Value
from trajectories.minima import minima_of
from trajectories.outcome import Outcome, classify
from trajectories.scenario import Scenario
from trajectories.stepping import Walk
from trajectories.verdicts import GLOBAL, KINDS, Kind

MOST_RUN_STEPS = 1000  # steps of a run: for a longer one no advice is searched
# The greatest number of steps that one search computes, in about a second: those of its ensemble and of its walks.
MOST_SEARCH_STEPS = 2000
SOON = 10  # a run that arrives within so many steps gets no advice to arrive earlier
SOONER = 0.5  # advice for a run that has arrived must save at least this share of its steps
# A walk counts as arrived only if it stays for some steps: these multiples of the arrival step are tried as its length.
SPARE_FACTORS = (1.1, 1.5, 2, 3)
LEAST_SPARE = 5  # the least number of steps after the arrival
PAUSE = 16  # steps between two pauses of the search
# If no change leads to the global minimum: by the kind or the message of the outcome, the outcomes that are better,
# the best first. A run that circles the global minimum is lower than one that rests at a local minimum.
SECOND_BEST: Mapping[str, tuple[Kind, ...]] = MappingProxyType(
    {
        "diverged": ("local_minimum", "still_moving"),
        "left_the_map": ("local_minimum", "still_moving"),
        "outcome.circling_local": ("local_minimum",),
    }
)


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What to try after an outcome.

    Parameters
    ----------
    message : Message
        The result of the change and its step, or the message that nothing was found.
    change : Change or None
        The change; None if none is advised.
    detail : Message or None
        If nothing was found: what was tried, and in which ranges.
    """

    message: Message
    change: Change | None = None
    detail: Message | None = None


def advise(scenario: Scenario, run: int, outcome: Outcome) -> Advice | None:
    """Search for one change with which a run ends better; ``simulate`` gives exactly the advised result.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    run : int
        The index of the run, from 0.
    outcome : Outcome
        The run's outcome.

    Returns
    -------
    Advice or None
        None if the run has arrived and no change lets it arrive much earlier, or if its optimizer cannot step an
        ensemble.

    Notes
    -----
    The candidates are: up to 36 round learning rates from a thousandth to a thousand times the present one, 8 values of
    each hyperparameter that keeps past gradients, up to 17 other starts (in eight directions, 5 and 20 % of the map
    away, and the landscape's own), and, for a run that is still moving or has noise or batches, twice, four times and
    ten times the steps. They are the columns of one ensemble, except the greater numbers of steps, which are
    simulated one by one. A search computes at most ``MOST_SEARCH_STEPS`` steps.

    For a run that is not at the global minimum, the candidates that arrive there are sorted: hyperparameters and steps
    before starts, then smaller changes before larger ones (see ``Candidate.size``), then earlier arrivals (the
    outcome's ``step``) before later ones. If none arrives, and the run diverged, left the map or circles a local
    minimum, the candidates are the values that end in a local minimum; after these, if the run diverged or left the
    map, the values that end on the map. For a run that has arrived, the candidates are those that arrive in half of the
    steps; if there is none, the advice is a number of steps that is enough, if that is at most half of the steps.

    The candidates are simulated in that order, within the number of steps that a search may compute. The first one
    whose outcome in the simulation is the same as in the ensemble is advised, with the step of the simulation.
    Candidates for which too few steps are left are neither advised nor counted as tried.

    Examples
    --------
    >>> from trajectories import parse_link, simulate
    >>> scenario, _ = parse_link("surface=booth&start=-5,-5&steps=100&run=sgd:lr=0.001")
    >>> advice = advise(scenario, 0, simulate(scenario)[0].outcome)
    >>> advice.message.as_json()["arguments"], advice.change.value
    ({'name': 'lr', 'value': 0.007, 'step': 90}, 0.007)
    """
    search = searching(scenario, run, outcome)
    while True:
        try:
            next(search)
        except StopIteration as end:
            found: Advice | None = end.value
            return found


def searching(scenario: Scenario, run: int, outcome: Outcome) -> Generator[None, None, Advice | None]:
    """As ``advise``, with a pause every few steps; close the generator to cancel the search.

    Yields
    ------
    None
        At each pause; another thread may continue the search.

    Returns
    -------
    Advice or None
        The generator's return value.
    """
    single = Scenario(**dict(scenario) | {"runs": (scenario.runs[run],)})
    if OPTIMIZERS[single.runs[0].optimizer].refusal(ensemble=True, settings=True) is not None:
        return None
    if outcome.kind == "global_minimum":
        return (yield from _sooner(single, outcome.step))
    if single.landscape.embedding is not None:
        return Advice(message=Message("advice.network"))
    if not minima_of(single.landscape):
        return Advice(message=Message("advice.no_minimum"))
    if single.steps > MOST_RUN_STEPS:
        return Advice(message=Message("advice.not_searched", most=MOST_RUN_STEPS))
    return (yield from _arriving(single, outcome))


def _arriving(scenario: Scenario, outcome: Outcome) -> Generator[None, None, Advice | None]:
    """A change with which a run reaches the global minimum, or else ends better than without the change."""
    budget = _Budget()
    values, starts = value_candidates(scenario.runs[0]), start_candidates(scenario)
    longer = length_candidates(scenario) if outcome.kind == "still_moving" or scenario.noisy else []
    tried = [*values, *starts]
    budget.spend(scenario.steps)
    ends = yield from _ends_of(scenario, tried, scenario.steps)
    arriving = _offers(tried, ends.kinds == GLOBAL, ends)
    same_start = [offer for offer in arriving if offer.candidate.name != "start"]
    same_start += [_Offer(candidate=candidate, step=scenario.steps) for candidate in longer]
    other_starts = [offer for offer in arriving if offer.candidate.name == "start"]
    for offers in (same_start, other_starts):
        found = yield from _first_that_holds(scenario, offers, "global_minimum", budget)
        if found is not None:
            return found.advice("global_minimum")
    unknown = list(budget.skipped)  # not simulated: their outcome in the ensemble is not confirmed
    for kind in SECOND_BEST.get(outcome.kind, SECOND_BEST.get(outcome.message.key, ())):
        ending = _offers(tried, ends.kinds == KINDS.index(kind), ends)
        offers = [offer for offer in ending if offer.candidate.name != "start"]
        found = yield from _first_that_holds(scenario, offers, kind, budget)
        if found is not None:
            return found.advice(kind)
    lengths = [candidate for candidate in longer if candidate not in unknown]
    settings = len(lengths) + sum(candidate not in unknown for candidate in values)
    others = sum(candidate not in unknown for candidate in starts)
    if settings + others == 0:
        return None
    steps = max([scenario.steps, *(candidate.change.steps or 0 for candidate in lengths)])
    return Advice(
        message=Message("advice.nothing_reaches", settings=settings, starts=others),
        detail=searched(values, steps),
    )


def _sooner(scenario: Scenario, arrival: int) -> Generator[None, None, Advice | None]:
    """For a run that arrives: a change with which it arrives much earlier, or else a number of steps that is enough."""
    budget = _Budget()
    if SOON < arrival <= MOST_RUN_STEPS and arrival + scenario.steps <= budget.left:
        budget.spend(min(arrival, scenario.steps))
        tried = value_candidates(scenario.runs[0])
        ends = yield from _ends_of(scenario, tried, min(arrival, scenario.steps))
        latest = SOONER * arrival
        offers = _offers(tried, (ends.kinds == GLOBAL) & (ends.steps <= latest), ends)
        found = yield from _first_that_holds(scenario, offers, "global_minimum", budget, latest)
        if found is not None:
            return found.advice("global_minimum", sooner=True)
    for times in SPARE_FACTORS if arrival > 1 else ():
        enough = _rounded_up(max(times * arrival, arrival + LEAST_SPARE))
        if enough > min(SOONER * scenario.steps, budget.left):
            break
        budget.spend(enough)
        end = yield from _end_of(Change(steps=enough).apply(scenario, 0))
        # In a level valley the judge knows the step of arrival only to within a share of the steps: it must not differ.
        if (end.kind, end.step) == ("global_minimum", arrival):
            return Advice(message=Message("advice.steps_enough", steps=enough, step=arrival, total=scenario.steps))
    return None


@dataclass
class _Budget:
    """The steps that a search may still compute, and the candidates for which too few steps were left."""

    left: int = MOST_SEARCH_STEPS
    skipped: list[Candidate] = field(default_factory=list)

    def spend(self, steps: int) -> None:
        self.left -= steps


@dataclass(frozen=True, kw_only=True)
class _Offer:
    """A candidate that has the wanted outcome in the ensemble, and the step of that outcome."""

    candidate: Candidate
    step: int

    def advice(self, kind: Kind, sooner: bool = False) -> Advice:
        """The advice, where ``step`` comes from a simulation that ended with this kind of outcome."""
        change, step = self.candidate.change, self.step
        if change.steps is not None:
            message = Message("advice.steps_reach", steps=change.steps, step=step)
        elif change.start is not None:
            message = Message("advice.start_reaches", x=change.start[0], y=change.start[1], step=step)
        else:
            of: dict[str, Value] = {"name": self.candidate.name, "value": change.value or 0.0}
            match kind:
                case "still_moving":
                    message = Message("advice.value_stays", **of, steps=step)
                case "local_minimum":
                    message = Message("advice.value_rests", **of, step=step)
                case _:
                    message = Message(f"advice.value_{'sooner' if sooner else 'reaches'}", **of, step=step)
        return Advice(message=message, change=change)


def _offers(tried: Sequence[Candidate], which: NDArray[np.bool_], ends: Ends) -> list[_Offer]:
    """The candidates for which ``which`` is true."""
    steps = ends.steps.tolist()
    return [_Offer(candidate=tried[index], step=steps[index]) for index in np.flatnonzero(which).tolist()]


def _first_that_holds(
    scenario: Scenario, offers: Iterable[_Offer], kind: Kind, budget: _Budget, latest: float = math.inf
) -> Generator[None, None, _Offer | None]:
    """Simulate the offers, the smallest change first, until one has this kind of outcome by the step ``latest``.

    Candidates for which too few steps are left are added to the budget's ``skipped``.
    """
    ordered = sorted(offers, key=lambda offer: (round(offer.candidate.size, 9), offer.step))
    for offer in ordered:
        steps = offer.candidate.change.steps or scenario.steps
        if steps > budget.left:
            budget.skipped.append(offer.candidate)
            continue
        budget.spend(steps)
        end = yield from _end_of(offer.candidate.change.apply(scenario, 0))
        if end.kind == kind and end.step <= latest:
            return _Offer(candidate=offer.candidate, step=end.step)
    return None


def _end_of(scenario: Scenario) -> Generator[None, None, Outcome]:
    """The outcome of ``simulate`` for a scenario with one run."""
    walk = Walk(scenario)
    while not walk.finished:
        walk.advance(PAUSE)
        yield
    return classify(scenario, walk.record)[0]


def _ends_of(scenario: Scenario, tried: Sequence[Candidate], steps: int) -> Generator[None, None, Ends]:
    """How the candidates end; they are the columns of one ensemble."""
    run = scenario.runs[0]
    changes = [candidate.change for candidate in tried]
    values: dict[str, float | Tensor] = dict(run.values)
    for name in {change.hyperparameter for change in changes if change.hyperparameter is not None}:
        mine = [change.value if change.hyperparameter == name else run.values[name] for change in changes]
        values[name] = torch.tensor(mine, dtype=torch.float64)
    starts = torch.tensor([change.start or scenario.start for change in changes], dtype=torch.float64).T
    columns = Columns(
        landscape=scenario.landscape,
        optimizer=run.optimizer,
        starts=starts,
        values=values,
        steps=steps,
        batch=scenario.batch,
        noise=scenario.noise,
        seeds=scenario.seed,
    )
    return (yield from ends_in_pieces(columns, PAUSE))


def _rounded_up(steps: float) -> int:
    """The number rounded up to two significant digits."""
    unit: int = 10 ** max(0, math.floor(math.log10(steps)) - 1)
    return unit * math.ceil(steps / unit)
