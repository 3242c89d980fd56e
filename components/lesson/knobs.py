"""The numbers that a lesson hands out, as Streamlit sees them: the records go in; the stage tells of edits."""

from typing import Any

from backend.contract import hyperparameter_control
from components.lesson.attempt import Attempt
from components.loader import assets, component
from lessons.base import Control
from optimizers import OPTIMIZERS, Hyperparameter
from surfaces import Landscape
from trajectories import Scenario
from trajectories.minima import minima_of
from trajectories.naming import run_names
from trajectories.scales import slider_stops
from trajectories.spelling import SPELLINGS, spell
from trajectories.sweep import grid
from trajectories.terrain import stability_limit

# The fields are the panel's own.
_KNOBS = component(
    "knobs", "lesson/knobs.js", "panel/panel.css", "panel/field.css", "panel/walk.css", "lesson/knobs.css"
)


def knobs(now: Attempt, stage: str, key: str) -> None:
    """Show the numbers that the lesson lets the learner move.

    Parameters
    ----------
    now : Attempt
        Whose lesson.
    stage : str
        The key of the stage whose scenario they edit. It is the stage that tells Python of the edits.
    key : str
        Their own key for Streamlit.
    """
    _KNOBS(key=key, data=knobs_data(now, stage))


def knobs_data(now: Attempt, stage: str) -> dict[str, Any]:
    """All that the browser needs of the records: plain JSON."""
    scenario = now.visit.scenario
    return {
        "stage": stage,
        "assets": assets(),
        "knobs": [knob for control in now.lesson.controls if (knob := _knob(now, control, scenario)) is not None],
    }


def _knob(now: Attempt, control: Control, scenario: Scenario) -> dict[str, Any] | None:
    """What one slider needs; None where the scenario on the stage has no such number."""
    if control.run >= len(scenario.runs):
        return None
    run = scenario.runs[control.run]
    record = next((h for h in OPTIMIZERS[run.optimizer].hyperparameters if h.name == control.name), None)
    if record is None:
        return None
    stops = slider_stops(record.low, record.high, record.scale, record.default)
    return {
        "run": control.run,
        "label": run_names(scenario)[control.run],
        "mark": _edge(scenario.landscape) if control.mark else None,
        **hyperparameter_control(record, stops=sorted({*stops, *_asked(now, control, record)})).model_dump(mode="json"),
    }


def _asked(now: Attempt, control: Control, record: Hyperparameter) -> list[float]:
    """The values that a goal asks to be tried: the slider must stop at each of them."""
    steps = (
        goal.smallest.step
        for goal in now.lesson.goals
        if goal.smallest and (goal.smallest.run, goal.smallest.name) == (control.run, control.name)
    )
    return sorted({value for step in steps for value in grid(record, step)})


def _edge(landscape: Landscape) -> dict[str, Any] | None:
    """The learning rate beyond which plain gradient descent does not come to rest at the global minimum."""
    minima = minima_of(landscape)
    limit = stability_limit(landscape, minima[0]) if minima else None
    if limit is None:
        return None
    return {"value": limit, "words": f"2 / curvature = {spell(limit, SPELLINGS['short'])}"}
