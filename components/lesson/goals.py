"""The goals of a lesson as a Streamlit component; it sends nothing to Python."""

import math
from typing import Any

from components.lesson.attempt import Attempt
from components.lesson.truth import present_values
from components.loader import assets, component
from trajectories import format_link
from trajectories.naming import run_names
from trajectories.spelling import SPELLINGS, percent, spell

_GOALS = component("goals", "lesson/goals.js", "lesson/goals.css")


def goals(now: Attempt, key: str) -> None:
    """Show the goals, and which of them are reached.

    Parameters
    ----------
    now : Attempt
        The lesson with the learner's progress.
    key : str
        Their own key for Streamlit.
    """
    _GOALS(key=key, data=goals_data(now))


def goals_data(now: Attempt) -> dict[str, Any]:
    """Build the component's data, plain JSON."""
    goals = now.lesson.goals
    # If every goal is worth one point, the ticks are enough.
    scored = any(goal.points != 1 for goal in goals)
    present = _present(now)
    return {
        "assets": assets(),
        "goals": [
            {
                "text": goal.text,
                # Before the goal is reached, its explanation would give the solution away.
                "says": goal.says if place in now.done else "",
                "done": place in now.done,
                "points": goal.points if scored else 0,
                "now": present[place],
            }
            for place, goal in enumerate(goals)
        ],
        "score": sum(goals[place].points for place in now.done) if scored else 0,
        "most": sum(goal.points for goal in goals) if scored else 0,
        "links": {"lesson": now.link, "playground": format_link(now.visit.scenario)} if now.done else {},
    }


def _present(now: Attempt) -> list[list[dict[str, str]]]:
    """For each goal the present values of what it gives ranges for, as texts; before the answer there are none."""
    goals = now.lesson.goals
    scenario = now.visit.scenario
    if now.answer is None or now.long:
        return [[] for _ in goals]
    found = present_values(now.lesson, scenario)
    names = run_names(scenario)
    # Only where a goal is about several runs their names are needed.
    several = [len({run for run, _, _ in values}) > 1 for values in found]
    return [
        [
            {"run": names[run] if named else "", "name": name, "value": _spell(name, value)}
            for run, name, value in values
            if not math.isnan(value)
        ]
        for values, named in zip(found, several, strict=True)
    ]


def _spell(name: str, value: float) -> str:
    return spell(value, SPELLINGS["brief"]) if name == "validation" else percent(value)
