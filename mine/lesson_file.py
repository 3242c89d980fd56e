"""Begins a lesson: the text of a lesson's file with a scene, whose claims are true, for a teacher to complete."""

import json
import math
from collections.abc import Iterator

import numpy as np

from lessons import Claim
from mine.of_lessons import MOST_STEPS
from optimizers import OPTIMIZERS
from surfaces import Landscape
from trajectories import Run, Scenario, Trajectory, format_link, parse_link, simulate
from trajectories.claims import holds
from trajectories.landscapes import card_of
from trajectories.minima import minima_of
from trajectories.naming import run_names
from trajectories.sentences import show_number
from trajectories.sweep import changed

# How answers name an outcome.
ENDS = {
    "global_minimum": "In the global minimum",
    "local_minimum": "In a local minimum",
    "saddle": "At a saddle",
    "flat": "On level ground",
    "circling": "It goes round in a cycle",
    "still_moving": "It is still on its way at the last step",
    "left_the_map": "It leaves the map",
    "diverged": "Its numbers become too large",
}
OFF_MAP = {"left_the_map", "diverged"}
FACTORS = (10, 100, 1000, 0.1, 0.01, 0.001, 3, 30, 1e4, 1e5)  # of the learning rate
BESIDE = 0.03  # share of the map: how far from a minimum a start is that is tried

TEMPLATE = """+++
# A lesson that was begun in the playground. Replace what is in brackets, and save the file as lessons/NAME.md in your
# own folder. "docs/lessons.md" explains every line, and "python -m mine check FOLDER" checks the file.
order = 1
title = {title}
idea = "[One sentence: what this lesson is about.]"
scenario = {scenario}

# The question before the walk; the walk is hidden until it is answered or skipped.
[predict]
question = {question}
teaches = "[One sentence: what the walk shows. Every learner sees it after the walk.]"
{answers}
# The sliders of the learner, one table for each.
{controls}
# The task. The solution is a link with which it is done.
[[goals]]
text = {task}
says = "[One sentence: why this solves it.]"
claim = {claim}
solution = {solution}

# What the lesson says of its scene; the check walks it.
{expect}
+++
## [A title]

[The text that is read before the question. It must not give the answer away.]

## [A second title]

[The text above the sliders and the task.]

## [A third title]

[What to remember.]
"""


class NoLessonError(ValueError):
    """A scene with which no lesson can begin; the text is one sentence for people."""


def lesson_file(scenario: Scenario) -> str:
    """The text of a lesson's file with a scene; the check of a folder finds it right.

    Parameters
    ----------
    scenario : Scenario
        The scene. Its first run is the one of the question and of the task.

    Raises
    ------
    NoLessonError
        If the walks are too long for a lesson, or no link holds the scene.
    """
    if scenario.steps > MOST_STEPS:
        raise NoLessonError(f"A lesson's walks have at most {MOST_STEPS} steps: this scene has {scenario.steps}.")
    link = format_link(scenario)
    if parse_link(link) != (scenario, []):
        raise NoLessonError("This scene is not a link: its table has too many rows. A lesson needs a link.")
    walks = simulate(scenario)
    name, kind = run_names(scenario)[0], walks[0].outcome.kind
    task, claim, solution = _goal(scenario, walks[0], name)
    return TEMPLATE.format(
        title=json.dumps(card_of(scenario.surface).label, ensure_ascii=False),
        scenario=json.dumps(link, ensure_ascii=False),
        question=json.dumps(f"Where does the run of {name} end?", ensure_ascii=False),
        answers=_options(kind) if kind in OFF_MAP else _FLAG,
        controls="\n".join(f'[[controls]]\nrun = {run}\nname = "lr"\n' for run in range(len(scenario.runs))),
        task=json.dumps(task, ensure_ascii=False),
        claim=claim,
        solution=json.dumps(format_link(solution), ensure_ascii=False),
        expect="\n\n".join(
            f'[[expect]]\nrun = {run}\noutcome = "{walk.outcome.kind}"' for run, walk in enumerate(walks)
        ),
    )


_FLAG = """flag = 0  # the run whose end the learner marks with a flag on the map
near = "[What you say if the flag is right.]"
far = "[What you say if it is not.]"
"""


def _options(kind: str) -> str:
    """Three answers as tables, of which the given outcome is the correct one."""
    tables = [
        f'[[predict.options]]\nlabel = "{ENDS[option]}"\n'
        f'says = "[What you say to a learner who chose this.]"\nclaim = {{ run = 0, outcome = "{option}" }}\n'
        for option in ("global_minimum", kind, "still_moving")
    ]
    return "\n" + "\n".join(tables)


def _goal(scenario: Scenario, walk: Trajectory, name: str) -> tuple[str, str, Scenario]:
    """A task for the first run, its claim in TOML, and a scenario that solves it."""
    tried = []
    for how, other in _others(scenario):
        end = _alone(other)
        tried.append((how, other, end))
        kind = end.outcome.kind
        claim = Claim(run=0, outcome=kind)
        if not holds(claim, _first(scenario), [walk]):
            task = f"{how} so that the run of {name} ends otherwise: {ENDS[kind][0].lower()}{ENDS[kind][1:]}."
            return task, f'{{ run = 0, outcome = "{kind}" }}', other
    for how, other, end in tried:
        losses = [_last(walk), _last(end)]
        below = float(f"{sum(losses) / 2:.3g}") if all(map(math.isfinite, losses)) else math.nan
        if losses[1] < below <= losses[0]:
            task = f"{how} so that the run of {name} ends with a loss below {show_number(below)}."
            return task, f"{{ run = 0, below = {below!r} }}", other
    for how, other, end in tried:
        x, y = (float(f"{number:.3g}") for number in end.positions[-1].tolist())
        claim = Claim(run=0, near=(x, y))
        if holds(claim, _first(other), [end]) and not holds(claim, _first(scenario), [walk]):
            task = f"{how} so that the run of {name} ends near ({show_number(x)}, {show_number(y)})."
            return task, f"{{ run = 0, near = [{x!r}, {y!r}] }}", other
    raise NoLessonError("No other learning rate and no other start gives this run another end: choose another scene.")


def _others(scenario: Scenario) -> Iterator[tuple[str, Scenario]]:
    """Scenarios with another learning rate of the first run or another start, each with the words for the change."""
    run = scenario.runs[0]
    (record,) = (h for h in OPTIMIZERS[run.optimizer].hyperparameters if h.name == "lr")
    for factor in FACTORS:
        value = float(f"{run.values['lr'] * factor:.2g}")
        if record.low <= value <= record.high and value != run.values["lr"]:
            yield "Change lr", changed(scenario, 0, "lr", value)
    for x, y in _starts(scenario.landscape):
        yield "Move the start", Scenario(**dict(scenario) | {"start": (x, y)})


def _starts(landscape: Landscape) -> Iterator[tuple[float, float]]:
    """Starts beside the minima, and at the quarters of the map."""
    (x_low, _), (y_low, _) = landscape.bounds
    width, height = landscape.size
    for minimum in minima_of(landscape)[:3]:
        yield float(f"{minimum.x + BESIDE * width:.3g}"), float(f"{minimum.y + BESIDE * height:.3g}")
    for right, up in ((0.25, 0.25), (0.75, 0.75), (0.25, 0.75), (0.75, 0.25)):
        yield float(f"{x_low + right * width:.3g}"), float(f"{y_low + up * height:.3g}")


def _first(scenario: Scenario) -> Scenario:
    """The scenario with its first run only; that run is the same without the others."""
    runs: tuple[Run, ...] = scenario.runs[:1]
    return scenario.model_copy(update={"runs": runs})


def _alone(scenario: Scenario) -> Trajectory:
    return simulate(_first(scenario))[0]


def _last(walk: Trajectory) -> float:
    return float(np.nan_to_num(walk.losses[-1], nan=math.inf))
