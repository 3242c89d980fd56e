"""The goals of a lesson, as Streamlit sees them: what is reached goes in; nothing comes out."""

from typing import Any

from components.lesson.attempt import Attempt
from components.loader import assets, component
from trajectories import format_link

_GOALS = component("goals", "lesson/goals.js", "lesson/goals.css")


def goals(now: Attempt, key: str) -> None:
    """Show what there is to break or to find, and what of it is done.

    Parameters
    ----------
    now : Attempt
        Whose goals.
    key : str
        Their own key for Streamlit.
    """
    _GOALS(key=key, data=goals_data(now))


def goals_data(now: Attempt) -> dict[str, Any]:
    """All that the browser shows of the goals: plain JSON."""
    goals = now.lesson.goals
    # Where each is worth the same, the ticks say it all.
    scored = any(goal.points != 1 for goal in goals)
    return {
        "assets": assets(),
        "goals": [
            {
                "text": goal.text,
                # What a goal teaches would give it away.
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
