"""One judge: a walk, an ensemble and a figure give the same outcome, with the same words, at every number of steps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.outcomes import outcome_for_browser
from charts.figures import FIGURES
from charts.theme import THEMES
from charts.words import name_kind, say
from trajectories import KINDS, Scenario, parse_link, simulate
from trajectories.outcome import describe
from trajectories.sweep import late_loss, sweep_ends

# The same in both: without functions that torch rounds differently for many numbers than for eight, and not chaotic,
# since chaos makes the last digit of a number matter.
WALKS = (
    "surface=plateau&run=sgd:lr=0.5",  # a cycle of two, of which one place is off the map
    "surface=himmelblau&run=sgd:lr=0.02",
    "surface=himmelblau&run=sgd:lr=0.1",  # leaves the map and overflows
    "surface=himmelblau&start=-2,2.5&run=momentum:lr=0.02",
    "surface=matyas&start=5,-5&run=sgd:lr=2",
    "surface=matyas&start=5,-5&run=sgd:lr=1.99",
    "surface=matyas&start=5,-5&run=sgd:lr=2.01",
    "surface=rosenbrock&run=sgd:lr=0.002",
    "surface=two_wells&run=sgd:lr=0.14",
    "surface=six_hump_camel&run=momentum:lr=0.05",
)


def agree(link):
    """Judge one link as a walk and as an ensemble, and read the figure of its learning rate; the walk's outcome."""
    scenario, ignored = parse_link(link)
    assert ignored == []
    (walk,) = simulate(scenario)
    lr = scenario.runs[0].values["lr"]
    ends = sweep_ends(scenario, 0, "lr", (lr,))
    assert (KINDS[ends.kinds[0]], int(ends.steps[0])) == (walk.outcome.kind, walk.outcome.step), link
    message = describe(scenario.landscape, ends.ending(0), scenario.steps)
    assert message == walk.outcome.message, link
    assert np.isinf(ends.late_losses[0]) == np.isinf(late_loss(walk)), link
    assert outcome_for_browser(walk.outcome).sentence == say(message)
    return scenario, walk


@pytest.mark.parametrize("steps", [7998, 7999, 8000, 8001])
@pytest.mark.parametrize("link", WALKS[:1])
def test_a_cycle_of_two_is_the_same_cycle_after_thousands_of_steps(link, steps):
    _, walk = agree(f"{link}&steps={steps}")
    assert walk.outcome.kind == "circling"


@settings(deadline=None, max_examples=40)
@given(link=st.sampled_from(WALKS), steps=st.integers(1, 400))
def test_a_walk_and_an_ensemble_have_the_same_outcome_at_every_number_of_steps(link, steps):
    agree(f"{link}&steps={steps}")


@pytest.mark.parametrize(("link", "steps"), [(link, 60 + n) for n, link in enumerate(WALKS)])
@pytest.mark.parametrize("y", ["loss", "outcome"])
def test_a_figure_marks_and_names_the_outcome_of_the_walk(link, steps, y):
    scenario, walk = agree(f"{link}&steps={steps}")
    lr = scenario.runs[0].values["lr"]
    figure = FIGURES["sweep"].draw(scenario, THEMES["light"], low=lr, high=2 * lr, count=3, y=y)
    ((name, text),) = [
        (trace.name, text)
        for trace in figure.data
        if trace.customdata is not None
        for (value, _), text in zip(trace.customdata, trace.hovertext, strict=True)
        if value == lr
    ]
    assert name == name_kind(walk.outcome.kind)
    assert say(walk.outcome.message) in text


@pytest.mark.parametrize(("link", "steps"), [(link, 60 + n) for n, link in enumerate(WALKS)])
def test_the_basins_map_has_the_outcome_of_the_walk_from_each_start(link, steps):
    scenario, _ = parse_link(f"{link}&steps={steps}")
    cells = FIGURES["basins"].draw(scenario, THEMES["light"], columns=8, rows=8).data[0]
    for row, column in np.random.default_rng(steps).integers(8, size=(3, 2)):
        start = (float(cells.x[column]), float(cells.y[row]))
        (walk,) = simulate(Scenario(**dict(scenario) | {"start": start}))
        kind = walk.outcome.kind
        in_minimum = kind in {"global_minimum", "local_minimum"}
        assert cells.text[row][column] == (name_kind(kind) if in_minimum else "no minimum")
