"""Compute from walks whether a prediction was right, and which goals a scenario reaches."""

import math
from dataclasses import dataclass

from lessons import LESSONS, Lesson
from trajectories import Scenario, claims, parse_link
from trajectories.descent import attracting_minimum
from trajectories.once import once
from trajectories.sweep import simulated

NEAR = 0.05  # share of the map: if a run ends at no minimum, a flag within this distance of its end is right
AT_REST = ("global_minimum", "local_minimum")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A learner's prediction: an option, or a position of the flag; neither of them if the question was skipped.

    Parameters
    ----------
    option : int or None
        The index of the option.
    flag : (float, float) or None
        The position of the flag.
    """

    option: int | None = None
    flag: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The judgement of an answer.

    Parameters
    ----------
    right : bool or None
        None for a prediction that was skipped.
    says : str
        The lesson's comment on the answer; empty if the question was skipped.
    option : int or None
        The index of the correct option.
    end : (float, float) or None
        The last position of the run in question; None if it is not finite.
    away : float or None
        The distance of the flag from ``end``, as a share of the map.
    measure : {"same_basin", "other_basin", "no_basin", "distance"} or None
        How the flag was judged. If the run ends at a minimum, by the basin of attraction: the minimum that gradient
        descent in short steps reaches from the flag (``attracting_minimum``) is the same, another, or there is none.
        If the run ends elsewhere, by the distance.
    """

    right: bool | None
    says: str
    option: int | None = None
    end: tuple[float, float] | None = None
    away: float | None = None
    measure: str | None = None


def judge(lesson: Lesson, answer: Answer) -> Verdict:
    """Judge an answer by the walk of the lesson's own scenario."""
    question = lesson.predict
    if question.flag is None:
        true = true_option(lesson.key)
        if answer.option is None:
            return Verdict(right=None, says="", option=true)
        return Verdict(right=answer.option == true, says=question.options[answer.option].says, option=true)
    scenario, _ = parse_link(lesson.scenario)
    walk = simulated(scenario)[question.flag]
    x, y = walk.positions[-1].tolist()
    end = (x, y) if math.isfinite(x) and math.isfinite(y) else None
    if answer.flag is None:
        return Verdict(right=None, says="", end=end)
    away = _share(scenario, answer.flag, end) if end else None
    if end is not None and walk.outcome.kind in AT_REST:
        measure = _compare_basins(scenario, answer.flag, end)
        right = measure == "same_basin"
    else:
        measure = "distance"
        right = away is not None and away <= NEAR
    return Verdict(
        right=right, says=(question.near if right else question.far) or "", end=end, away=away, measure=measure
    )


def _compare_basins(scenario: Scenario, flag: tuple[float, float], end: tuple[float, float]) -> str:
    """Whether the flag lies in the basin of attraction of the minimum at which a run ends."""
    of_flag, of_end = (attracting_minimum(scenario.landscape, *point) for point in (flag, end))
    if of_flag is None:
        return "no_basin"
    return "same_basin" if of_flag == of_end else "other_basin"


@once(64)
def true_option(key: str) -> int:
    """The index of the option whose claim is true for the walk of a lesson's own scenario."""
    scenario, _ = parse_link(LESSONS[key].scenario)
    walks = simulated(scenario)
    return next(
        i for i, option in enumerate(LESSONS[key].predict.options) if claims.holds(option.claim, scenario, walks)
    )


def reached(lesson: Lesson, scenario: Scenario) -> set[int]:
    """The indices of the goals of a lesson that a scenario reaches.

    Examples
    --------
    >>> lesson = LESSONS["hump"]
    >>> reached(lesson, parse_link(lesson.scenario)[0])
    set()
    """
    own, _ = parse_link(lesson.scenario)
    walks = simulated(scenario)
    return {place for place, goal in enumerate(lesson.goals) if claims.reached(goal, own, scenario, walks)}


def present_values(lesson: Lesson, scenario: Scenario) -> list[list[tuple[int, str, float]]]:
    """For each goal of a lesson what its claim gives ranges for, with the scenario's values; see ``claims.measured``.

    Examples
    --------
    >>> lesson = LESSONS["batches"]
    >>> present_values(lesson, parse_link(lesson.scenario)[0])[0][0][:2]
    (0, 'spread')
    """
    walks = simulated(scenario)
    return [claims.measured(goal.claim, scenario, walks) for goal in lesson.goals]


def _share(scenario: Scenario, one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points, in units of the map: x is divided by its width, y by its height."""
    size = scenario.landscape.size
    return math.hypot(*((a - b) / length for a, b, length in zip(one, other, size, strict=True)))
