"""What to try next: a search among a finite set of changes, each of which is walked before it is advised."""

import math
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from optimizers import OPTIMIZERS
from trajectories.batch import Columns
from trajectories.candidates import Candidate, Change, length_candidates, searched, start_candidates, value_candidates
from trajectories.ends import Ends, ends_in_pieces
from trajectories.message import Message, Value
from trajectories.minima import minima_of
from trajectories.outcome import Outcome, classify
from trajectories.scenario import Scenario
from trajectories.stepping import Walk
from trajectories.verdicts import GLOBAL, KINDS, Kind

LONGEST = 1000  # steps: of a longer walk the candidates are not walked
# Steps that one search computes at most, about a second of them: those of its batch, and those of its walks.
MOST_STEPS = 2000
SOON = 10  # a run that arrives within so many steps needs no advice to be faster
SOONER = 0.5  # of the steps: what counts as sooner, and as a walk that is longer than it needs to be
SPARES = (1.1, 1.5, 2, 3)  # times the arrival, and at least LEAST_SPARE more: a walk has to be seen to rest there
LEAST_SPARE = 5
PAUSE = 16  # steps from one pause to the next
# Where nothing arrives: which ends are better than an outcome, the best first.
ELSE: Mapping[Kind, tuple[Kind, ...]] = MappingProxyType(
    dict.fromkeys(KINDS, ())
    | {
        "diverged": ("local_minimum", "still_moving"),
        "left_the_map": ("local_minimum", "still_moving"),
        "circling": ("local_minimum",),
    }
)


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What to try after an outcome.

    Parameters
    ----------
    message : Message
        What comes of it, with its step; or that nothing was found, and where it was searched.
    change : Change or None
        What to change for it; None where there is nothing to do.
    detail : Message or None
        Where nothing was found: what was tried, and over which range.
    """

    message: Message
    change: Change | None = None
    detail: Message | None = None


def advise(scenario: Scenario, run: int, outcome: Outcome) -> Advice | None:
    """Search for one change after which a run does better; what is promised is what ``simulate`` does.

    Parameters
    ----------
    scenario : Scenario
        What was walked.
    run : int
        Which of its runs, from 0.
    outcome : Outcome
        What became of it.

    Returns
    -------
    Advice or None
        None where the run has arrived and nothing is to be gained, or its optimizer cannot step a batch.

    Notes
    -----
    Tried are: up to 36 round learning rates from a thousandth to a thousand times the present one, 8 values of each
    hyperparameter that keeps past directions, up to 17 other starts (in eight directions, 5 and 20 % of the map away,
    and the landscape's own), and, for a run that is still moving or sees noise, twice, four times and ten times the
    steps. They are walked as columns of one batch; more steps are walked as they are. A search computes at most
    ``MOST_STEPS`` steps.

    Of a run that is not at the global minimum, those are taken that arrive there: changes of a hyperparameter or of the
    steps first, the smallest change before larger ones (see ``Candidate.size``), of equal changes the earliest arrival
    (the outcome's ``step``) first; then starts, by the same order. Where none arrives, and the run diverged, left the
    map or circles, values are taken that end in a local minimum; for the former two, at last, those that end on the map
    at all. Of a run that has arrived, those are taken
    that arrive in half the steps; or else it is said how many steps are enough, if that is at most half of them.

    In that order they are walked as ``simulate`` walks them, as far as the steps go, and the first that does what the
    batch says it does is advised, with the step of that walk. Those for which no steps are left are neither advised nor
    counted among what does not arrive.

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
    """As ``advise``, with a pause every few steps; close the generator to give the search up.

    Yields
    ------
    None
        At each pause: the next piece may be computed in another thread.

    Returns
    -------
    Advice or None
        The generator's own return value.
    """
    alone = Scenario(**dict(scenario) | {"runs": (scenario.runs[run],)})
    if OPTIMIZERS[alone.runs[0].optimizer].refusal(batch=True) is not None:
        return None
    if outcome.kind == "global_minimum":
        return (yield from _sooner(alone, outcome.step))
    if not minima_of(alone.landscape):
        return Advice(message=Message("advice.no_minimum"))
    if alone.steps > LONGEST:
        return Advice(message=Message("advice.not_searched", most=LONGEST))
    return (yield from _there(alone, outcome))


def _there(scenario: Scenario, outcome: Outcome) -> Generator[None, None, Advice | None]:
    """What gets a run to the global minimum, or else to rest."""
    budget = _Budget()
    values, starts = value_candidates(scenario.runs[0]), start_candidates(scenario)
    longer = length_candidates(scenario) if outcome.kind == "still_moving" or scenario.noise else []
    tried = [*values, *starts]
    budget.spend(scenario.steps)
    ends = yield from _ends_of(scenario, tried, scenario.steps)
    arriving = _offers(tried, ends.kinds == GLOBAL, ends)
    at_home = [offer for offer in arriving if offer.candidate.name != "start"]
    at_home += [_Offer(candidate=candidate, step=scenario.steps) for candidate in longer]
    elsewhere = [offer for offer in arriving if offer.candidate.name == "start"]
    for offers in (at_home, elsewhere):
        found = yield from _first_that_holds(scenario, offers, "global_minimum", budget)
        if found is not None:
            return found.advice("global_minimum")
    unknown = list(budget.skipped)  # the batch says that they arrive, or nothing is known of them
    for kind in ELSE[outcome.kind]:
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
    """What gets a run that arrives there clearly sooner, or how many steps are enough."""
    budget = _Budget()
    if SOON < arrival <= LONGEST and arrival + scenario.steps <= budget.left:
        budget.spend(min(arrival, scenario.steps))
        tried = value_candidates(scenario.runs[0])
        ends = yield from _ends_of(scenario, tried, min(arrival, scenario.steps))
        latest = SOONER * arrival
        offers = _offers(tried, (ends.kinds == GLOBAL) & (ends.steps <= latest), ends)
        found = yield from _first_that_holds(scenario, offers, "global_minimum", budget, latest)
        if found is not None:
            return found.advice("global_minimum", sooner=True)
    for times in SPARES if arrival > 1 else ():
        enough = _rounded_up(max(times * arrival, arrival + LEAST_SPARE))
        if enough > min(SOONER * scenario.steps, budget.left):
            break
        budget.spend(enough)
        end = yield from _end_of(Change(steps=enough).apply(scenario, 0))
        if end.kind == "global_minimum":
            return Advice(message=Message("advice.steps_enough", steps=enough))
    return None


@dataclass
class _Budget:
    """The steps that a search may still compute, and the candidates for whose walks none were left."""

    left: int = MOST_STEPS
    skipped: list[Candidate] = field(default_factory=list)

    def spend(self, steps: int) -> None:
        self.left -= steps


@dataclass(frozen=True, kw_only=True)
class _Offer:
    """A candidate that may hold, and the step at which, as far as is known."""

    candidate: Candidate
    step: int

    def advice(self, kind: Kind, sooner: bool = False) -> Advice:
        """The advice, once the step is that of its own walk, which ends in this way."""
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
    """Those candidates for which it is so."""
    steps = ends.steps.tolist()
    return [_Offer(candidate=tried[index], step=steps[index]) for index in np.flatnonzero(which).tolist()]


def _first_that_holds(
    scenario: Scenario, offers: Iterable[_Offer], kind: Kind, budget: _Budget, latest: float = math.inf
) -> Generator[None, None, _Offer | None]:
    """Walk them, the smallest change first, until one ends in a way, at the latest since a step, or no steps are left.

    Those for which no steps are left are noted in the budget.
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
    """What became of a walk by torch's own steps: the outcome of ``simulate``."""
    walk = Walk(scenario)
    while not walk.finished:
        walk.advance(PAUSE)
        yield
    return classify(scenario, walk.record)[0]


def _ends_of(scenario: Scenario, tried: Sequence[Candidate], steps: int) -> Generator[None, None, Ends]:
    """How the candidates end, as columns of one batch."""
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
        noise=scenario.noise,
        seeds=scenario.seed,
    )
    return (yield from ends_in_pieces(columns, PAUSE))


def _rounded_up(steps: float) -> int:
    """A number of two digits at most, and zeros."""
    unit: int = 10 ** max(0, math.floor(math.log10(steps)) - 1)
    return unit * math.ceil(steps / unit)
