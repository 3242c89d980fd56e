"""The checks of a lesson: what it names exists, and what it claims is true of real walks.

Each check takes the record and yields a sentence for everything that is wrong. The tests call the same checks on the
lessons of the app.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from charts.figures import FIGURES
from charts.theme import LIGHT
from lessons import Claim, Lesson
from mine.of_links import whole
from trajectories import KINDS, Run, Scenario, Trajectory, simulate
from trajectories.claims import explain, holds, reached
from trajectories.sentences import show_text, suggest

MOST_STEPS = 2_000  # goals and figures are computed for walks of at most so many steps
Simulate = Callable[[Scenario], Sequence[Trajectory]]


def links_of(lesson: Lesson) -> list[str]:
    """The link of the lesson's own scene, and then those of the others."""
    return [lesson.scenario, *(scene.scenario for scene in lesson.scenes)]


def scenes_of(lesson: Lesson) -> list[Scenario]:
    """The scenarios of the lesson's own scene and of the others."""
    return [whole(link)[0] for link in links_of(lesson)]


def has_links_that_are_used_whole(lesson: Lesson) -> Iterator[str]:
    """Every part of a link has a meaning, and walks are short enough for goals and figures."""
    for link in [*links_of(lesson), *(goal.solution for goal in lesson.goals)]:
        scenario, wrong = whole(link)
        yield from wrong
        if scenario.steps > MOST_STEPS:
            yield f'the link "{link}" must have at most {MOST_STEPS} steps: got {scenario.steps}.'


def names_what_exists(lesson: Lesson) -> Iterator[str]:
    """Runs, hyperparameters and outcomes that the head names exist."""
    runs = scenes_of(lesson)[0].runs
    for control in lesson.controls:
        yield from _named("controls", runs, control.run, control.name)
    for name, run in (("inside", lesson.inside), ("predict.flag", lesson.predict.flag)):
        if run is not None and run >= len(runs):
            yield _no_run(name, run, len(runs))
    for goal in lesson.goals:
        if goal.smallest is not None:
            yield from _named("goals.smallest", runs, goal.smallest.run, goal.smallest.name)
    for claim in _claims(lesson):
        if claim.outcome is not None and claim.outcome not in KINDS:
            yield f"no outcome {show_text(claim.outcome)}. {suggest(claim.outcome, KINDS)}"


def has_figures_that_exist(lesson: Lesson) -> Iterator[str]:
    """The kinds of the figures exist, and have the parameters that the head gives."""
    for figure in lesson.figures:
        if figure.kind not in FIGURES:
            yield f"figures: no kind {show_text(figure.kind)}. {suggest(figure.kind, FIGURES)}"
            continue
        try:
            FIGURES[figure.kind].check(figure.parameters)
        except ValueError as problem:
            yield str(problem)


def gives_no_name_twice(lesson: Lesson) -> Iterator[str]:
    """The answers differ, the scenes differ, and each slider is there once."""
    lists = {
        "predict.options": [option.label for option in lesson.predict.options],
        "scenes": links_of(lesson),
        "controls": [f"{control.name} of run {control.run}" for control in lesson.controls],
    }
    for name, words in lists.items():
        for word, times in Counter(words).items():
            if times > 1:
                yield f"{name} must differ from each other: got {show_text(word)} {times} times."


def has_closed_formulas(lesson: Lesson) -> Iterator[str]:
    """Each dollar sign that begins a formula has one that ends it."""
    for heading, text in lesson.sections.items():
        signs = text.replace(r"\$", "").count("$")
        if signs % 2:
            yield rf"the section {heading} must have an even number of dollar signs, others written \$: got {signs}."


def has_true_claims(lesson: Lesson, walks_of: Simulate = simulate) -> Iterator[str]:
    """What ``expect`` says is true of the scenes."""
    scenes = scenes_of(lesson)
    for claim in lesson.expect:
        scenario = scenes[claim.scene]
        wrong = explain(claim, scenario, walks_of(scenario))
        if wrong:
            yield f"expect, scene {claim.scene}: {wrong}"


def has_one_true_answer(lesson: Lesson, walks_of: Simulate = simulate) -> Iterator[str]:
    """Exactly one of the answers is true, and the run of a flag ends on the map."""
    own, predict = scenes_of(lesson)[0], lesson.predict
    walks = walks_of(own)
    if predict.flag is not None:
        kind = walks[predict.flag].outcome.kind
        if kind in {"diverged", "left_the_map"}:
            yield f"predict.flag: run {predict.flag} must end on the map, so that a flag can be right: got {kind}."
        return
    true = [option.label for option in predict.options if holds(option.claim, own, walks)]
    if len(true) != 1:
        got = " and ".join(show_text(label) for label in true) or "none"
        reasons = [explain(option.claim, own, walks) for option in predict.options] if not true else []
        yield " ".join([f"predict.options: exactly one answer must be true: got {got}.", *reasons])


def has_goals_that_wait(lesson: Lesson, walks_of: Simulate = simulate) -> Iterator[str]:
    """No scene reaches a goal: the learner does."""
    own, *others = scenes_of(lesson)
    for place, goal in enumerate(lesson.goals):
        for number, scenario in enumerate((own, *others)):
            if reached(goal, own, scenario, walks_of(scenario)):
                yield f"goals.{place}: scene {number} must not reach it: its claim is already true."


def has_goals_that_can_be_reached(lesson: Lesson, walks_of: Simulate = simulate) -> Iterator[str]:
    """The solution of each goal reaches it."""
    own = scenes_of(lesson)[0]
    for place, goal in enumerate(lesson.goals):
        scenario, _ = whole(goal.solution)
        walks = walks_of(scenario)
        if reached(goal, own, scenario, walks):
            continue
        changed = [part for part in goal.keep if getattr(scenario, part) != getattr(own, part)]
        why = f"it changes {', '.join(changed)}, which keep lists." if changed else explain(goal.claim, scenario, walks)
        yield f"goals.{place}: its solution does not reach it: {why or 'a smaller value reaches it, too.'}"


def has_figures_that_can_be_drawn(lesson: Lesson) -> Iterator[str]:
    """Each figure can be drawn for each scene."""
    for figure in lesson.figures:
        for number, scenario in enumerate(scenes_of(lesson)):
            try:
                empty = not FIGURES[figure.kind].draw(scenario, LIGHT, **figure.parameters).data
            except ValueError as problem:
                yield f"scene {number}: {problem}"
                continue
            if empty:
                yield f'scene {number}: figure "{figure.kind}" shows nothing.'


FIRST = (
    has_links_that_are_used_whole,
    names_what_exists,
    has_figures_that_exist,
    gives_no_name_twice,
    has_closed_formulas,
)
FURTHER = (
    has_true_claims,
    has_one_true_answer,
    has_goals_that_wait,
    has_goals_that_can_be_reached,
    has_figures_that_can_be_drawn,
)


def _claims(lesson: Lesson) -> Iterator[Claim]:
    """All claims of a lesson, with those that they contain."""
    waiting: list[Claim] = [option.claim for option in lesson.predict.options]
    waiting += [goal.claim for goal in lesson.goals] + list(lesson.expect)
    while waiting:
        claim = waiting.pop(0)
        yield claim
        waiting += claim.also


def _named(place: str, runs: Sequence[Run], run: int, name: str) -> Iterator[str]:
    """A sentence if a run, or its hyperparameter, does not exist."""
    if run >= len(runs):
        yield _no_run(place, run, len(runs))
        return
    values = runs[run].values
    if name not in values:
        yield f"{place}: run {run} has no {show_text(name)}. {suggest(name, values)}"


def _no_run(place: str, run: int, count: int) -> str:
    return f"{place}: no run {run}; runs are counted from 0, and the scenario has {count}."
