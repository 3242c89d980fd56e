"""What the walk says: which prediction was right, and which goals a scenario reaches."""

import math
from dataclasses import dataclass

from lessons import LESSONS, Lesson
from trajectories import Scenario, claims, parse_link
from trajectories.once import once
from trajectories.sweep import simulated

NEAR = 0.05  # of the map's size: so near a flag counts as right


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a learner said before the walk: an option, a place for the flag, or, with neither, nothing.

    Parameters
    ----------
    option : int or None
        Which of the options.
    flag : (float, float) or None
        Where the flag stands.
    """

    option: int | None = None
    flag: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What there is to say of an answer.

    Parameters
    ----------
    right : bool or None
        None of a prediction that was skipped.
    says : str
        What the learner's answer says; empty if there was none.
    option : int or None
        The option that is true.
    end : (float, float) or None
        Where the run went whose end was asked for; None if that is nowhere finite.
    away : float or None
        How far the flag was from there, as a share of the map.
    """

    right: bool | None
    says: str
    option: int | None = None
    end: tuple[float, float] | None = None
    away: float | None = None


def judge(lesson: Lesson, answer: Answer) -> Verdict:
    """Hold an answer against the walk of the lesson's own scenario."""
    asks = lesson.predict
    if asks.flag is None:
        true = true_option(lesson.key)
        if answer.option is None:
            return Verdict(right=None, says="", option=true)
        return Verdict(right=answer.option == true, says=asks.options[answer.option].says, option=true)
    scenario, _ = parse_link(lesson.scenario)
    x, y = simulated(scenario)[asks.flag].positions[-1].tolist()
    end = (x, y) if math.isfinite(x) and math.isfinite(y) else None
    if answer.flag is None:
        return Verdict(right=None, says="", end=end)
    away = _share(scenario, answer.flag, end) if end else None
    near = away is not None and away <= NEAR
    return Verdict(right=near, says=(asks.near if near else asks.far) or "", end=end, away=away)


@once(64)
def true_option(key: str) -> int:
    """Which of a lesson's options comes true when its scenario is walked."""
    scenario, _ = parse_link(LESSONS[key].scenario)
    walks = simulated(scenario)
    return next(
        i for i, option in enumerate(LESSONS[key].predict.options) if claims.holds(option.claim, scenario, walks)
    )


def reached(lesson: Lesson, scenario: Scenario) -> set[int]:
    """Which of a lesson's goals, by their places, a scenario reaches.

    Examples
    --------
    >>> lesson = LESSONS["hump"]
    >>> reached(lesson, parse_link(lesson.scenario)[0])
    set()
    """
    own, _ = parse_link(lesson.scenario)
    walks = simulated(scenario)
    return {place for place, goal in enumerate(lesson.goals) if claims.reached(goal, own, scenario, walks)}


def _share(scenario: Scenario, one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two points are apart, in maps: widths one way, heights the other."""
    size = scenario.landscape.size
    return math.hypot(*((a - b) / length for a, b, length in zip(one, other, size, strict=True)))
