"""The sliders of a lesson as a Streamlit component; the stage sends the edits to Python."""

from typing import Any

from backend.contract import Control as PanelControl
from backend.contract import contract, hyperparameter_control
from components.lesson.attempt import Attempt
from components.loader import assets, component
from lessons.base import Control, Shared
from optimizers import OPTIMIZERS, Hyperparameter
from surfaces import Landscape
from trajectories import Scenario, parse_link
from trajectories.minima import minima_of
from trajectories.naming import run_names
from trajectories.scales import slider_stops
from trajectories.spelling import SPELLINGS, spell
from trajectories.sweep import grid
from trajectories.terrain import stability_limit

# The fields are those of the panel, with its style sheets.
_KNOBS = component(
    "knobs", "lesson/knobs.js", "panel/panel.css", "panel/field.css", "panel/walk_settings.css", "lesson/knobs.css"
)


def knobs(now: Attempt, stage: str, key: str) -> None:
    """Show a slider for each hyperparameter and each shared setting that the lesson lets the learner change.

    Parameters
    ----------
    now : Attempt
        The lesson with the learner's progress.
    stage : str
        The key of the stage whose scenario they edit; the stage sends the edits to Python.
    key : str
        Their own key for Streamlit.
    """
    _KNOBS(key=key, data=knobs_data(now, stage))


def knobs_data(now: Attempt, stage: str) -> dict[str, Any]:
    """Build the component's data, plain JSON."""
    scenario = now.visit.scenario
    return {
        "stage": stage,
        "assets": assets(),
        "knobs": [knob for control in now.lesson.controls if (knob := _knob(now, control, scenario)) is not None],
        "shared": [_shared_knob(now, name, scenario) for name in now.lesson.shared if _is_set(name, scenario)],
    }


def _is_set(name: Shared, scenario: Scenario) -> bool:
    """Whether a setting has a meaning for a scenario: a batch only on a surface with data."""
    return name != "batch" or scenario.landscape.example_count > 0


def _shared_knob(now: Attempt, name: Shared, scenario: Scenario) -> dict[str, Any]:
    """Build the data of the slider of a setting that all runs share."""
    record: PanelControl = getattr(contract().limits, name)
    count = scenario.landscape.example_count
    needed = {float(getattr(parse_link(link)[0], name)) for link in _links(now)}
    if name == "batch":
        # A larger batch than all examples is the same as all examples.
        stops = sorted({*(stop for stop in record.stops if stop < count), float(count), *needed})
    else:
        stops = sorted({*record.stops, *needed})
    return record.model_copy(update={"stops": tuple(stops)}).model_dump(mode="json")


def _knob(now: Attempt, control: Control, scenario: Scenario) -> dict[str, Any] | None:
    """Build the data of one slider; None where the scenario on the stage has no such hyperparameter."""
    if control.run >= len(scenario.runs):
        return None
    run = scenario.runs[control.run]
    record = next((h for h in OPTIMIZERS[run.optimizer].hyperparameters if h.name == control.name), None)
    if record is None:
        return None
    round_stops = slider_stops(record.low, record.high, record.scale, record.default)
    stops = sorted({*round_stops, *_needed(now, control, record)})
    return {
        "run": control.run,
        "label": run_names(scenario)[control.run],
        "mark": _edge(scenario.landscape) if control.mark else None,
        **hyperparameter_control(record, stops=stops).model_dump(mode="json"),
    }


def _needed(now: Attempt, control: Control, record: Hyperparameter) -> set[float]:
    """The values that the slider must offer, round or not: those of the lesson's scenes and of its goals."""
    runs = [runs[control.run] for link in _links(now) if control.run < len(runs := parse_link(link)[0].runs)]
    values = {run.values[control.name] for run in runs if control.name in run.values}
    steps = [
        goal.smallest.step
        for goal in now.lesson.goals
        if goal.smallest and (goal.smallest.run, goal.smallest.name) == (control.run, control.name)
    ]
    values |= {value for step in steps for value in grid(record, step)}
    return {value for value in values if record.low <= value <= record.high}


def _links(now: Attempt) -> list[str]:
    """The links of the lesson's scenes, and of the solutions of its goals."""
    scenes = [now.lesson.scenario, *(scene.scenario for scene in now.lesson.scenes)]
    return scenes + [goal.solution for goal in now.lesson.goals]


def _edge(landscape: Landscape) -> dict[str, Any] | None:
    """The stability limit of plain gradient descent at the global minimum, with its label; None if there is none."""
    minima = minima_of(landscape)
    limit = stability_limit(landscape, minima[0]) if minima else None
    if limit is None:
        return None
    return {"value": limit, "words": f"2 / curvature = {spell(limit, SPELLINGS['short'])}"}
