"""The goals of a lesson as a Streamlit component; it sends nothing to Python."""

from typing import Any

from components.lesson.attempt import Attempt
from components.loader import assets, component
from trajectories import format_link

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
    return {
        "assets": assets(),
        "goals": [
            {
                "text": goal.text,
                # Before the goal is reached, its explanation would give the solution away.
                "says": goal.says if place in now.done else "",
                "done": place in now.done,
                "points": goal.points if scored else 0,
            }
            for place, goal in enumerate(goals)
        ],
        "score": sum(goals[place].points for place in now.done) if scored else 0,
        "most": sum(goal.points for goal in goals) if scored else 0,
        "links": {"lesson": now.link, "playground": format_link(now.visit.scenario)} if now.done else {},
    }
