"""One step on data: the gradients of its examples add up to that of the batch, which leads to the next position."""

import itertools
import math
from typing import Any

import numpy as np
import pytest
import torch

from charts.batch_map import batch_tones, extended
from charts.ground import tone_map
from charts.surface_figure import surface_figure
from charts.theme import LIGHT
from charts.tone import Tone
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories import Run, Scenario, simulate
from trajectories.batches import Batches
from trajectories.data_edits import edited_rows
from trajectories.example_step import MOST_LANDINGS, batch_of, batches_from, examine
from trajectories.gradient import trace_model
from trajectories.loops import compile_all, compiled_loop
from trajectories.stepping import Walk

TOLERANCE = 1e-12
WITH_DATA = [key for key, surface in SURFACES.items() if surface.landscape.model is not None]


def scenario_of(key: str = "cars_standardized", optimizer: str = "adam", **parts: Any) -> Scenario:
    return Scenario(surface=key, runs=[Run(optimizer=optimizer)], **({"steps": 24, "batch": 16} | parts))


def near(found: np.ndarray, expected: np.ndarray) -> bool:
    return bool(np.abs(found - expected).max() <= TOLERANCE * max(1.0, np.abs(expected).max()))


# --- gradients ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", WITH_DATA)
@pytest.mark.parametrize("batch", [0, 1, 7])
@pytest.mark.parametrize("step", [0, 5, 24])
def test_the_examples_gradients_add_up_to_the_recorded_gradient_of_the_step(key, batch, step):
    scenario = scenario_of(key, batch=batch)
    (walked,) = simulate(scenario)
    found = examine(scenario, 0, step)
    assert near(found.gradients.mean(axis=0), found.batch_gradient)
    assert found.batch_gradient.tobytes() == walked.gradients[step].tobytes()
    assert found.position.tobytes() == walked.positions[step].tobytes()


@pytest.mark.parametrize("key", WITH_DATA)
def test_each_gradient_is_that_of_its_example(key):
    landscape = SURFACES[key].landscape
    found = examine(scenario_of(key, batch=3), 0, 2)
    x, y = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in found.position)
    for example, gradient in zip(found.batch, found.gradients, strict=True):
        only = landscape.examples.only(torch.tensor([example]))
        loss = landscape.model.example_loss(x, y, only.inputs, only.targets).sum()
        assert near(gradient, np.array(torch.autograd.grad(loss, (x, y), materialize_grads=True)))
    loss = landscape.loss(x, y)
    assert near(found.full_gradient, np.array(torch.autograd.grad(loss, (x, y), materialize_grads=True)))


def test_without_batches_all_examples_are_the_batch():
    scenario = scenario_of(batch=0)
    found = examine(scenario, 0, 3, landings=True)
    assert found.batch.tolist() == list(range(50))
    assert found.batch_gradient.tobytes() == found.full_gradient.tobytes()
    assert found.landings.every
    assert len(found.landings.others) == 0
    assert found.landings.own.tobytes() == simulate(scenario)[0].positions[4].tobytes()
    assert batches_from(scenario, 3, 10) == (50, (tuple(range(50)),))


def test_the_second_run_of_a_scenario_is_examined_alone():
    runs = [Run(optimizer="sgd"), Run(optimizer="adam")]
    scenario = Scenario(surface="cars_standardized", steps=9, batch=8, runs=runs)
    found = examine(scenario, 1, 6)
    assert found.position.tobytes() == simulate(scenario)[1].positions[6].tobytes()


def test_a_step_of_a_run_that_has_diverged_is_refused_with_a_sentence():
    scenario = Scenario(surface="cars_raw", steps=600, batch=5, runs=[Run(optimizer="sgd", values={"lr": 10})])
    diverged = simulate(scenario)[0].outcome.step
    assert 0 < diverged < 600
    assert examine(scenario, 0, diverged - 1).batch.size == 5
    with pytest.raises(ValueError, match=rf"no step from 600 on: it diverged at step {diverged}\.$"):
        examine(scenario, 0, 600)


def test_a_surface_without_data_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match=r"^surface 'hump' has no data\.$"):
        examine(Scenario(surface="hump", runs=[Run(optimizer="sgd")]), 0, 0)


# --- where the step ends ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("noise", [0.0, 0.3])
@pytest.mark.parametrize("step", [0, 1, 23])
def test_the_own_batch_leads_to_the_walks_next_position(optimizer, noise, step):
    scenario = scenario_of(optimizer=optimizer, noise=noise, batch=49)
    landings = examine(scenario, 0, step, landings=True).landings
    assert landings.own.tobytes() == simulate(scenario)[0].positions[step + 1].tobytes()
    assert len(landings.others) == 49
    assert landings.every


def test_it_leads_there_from_compiled_steps_as_well():
    scenario = scenario_of(key="cars_raw", optimizer="momentum", steps=40)
    (expected,) = simulate(scenario)
    assert scenario.landscape.model is not None
    trace_model(scenario.landscape.model)
    compile_all()
    assert compiled_loop(scenario.landscape) is not None
    landings = examine(scenario, 0, 30, landings=True).landings
    assert landings.own.tobytes() == expected.positions[31].tobytes()


def test_few_batches_are_all_taken_and_many_are_drawn_with_the_seed():
    few = examine(scenario_of("o_rings", batch=2), 0, 4, landings=True)
    assert math.comb(23, 2) == 253 <= MOST_LANDINGS
    assert few.landings.every
    assert len(few.landings.others) == 252
    many = [examine(scenario_of(seed=seed, batch=4), 0, 0, landings=True).landings for seed in (1, 1, 2)]
    assert [landings.every for landings in many] == [False] * 3
    assert [len(landings.others) for landings in many] == [MOST_LANDINGS] * 3
    first, same, other = (landings.others.tobytes() for landings in many)
    assert first == same != other


def test_another_batch_leads_where_a_walk_with_its_gradient_would_go():
    scenario = scenario_of("o_rings", "sgd", batch=22)
    found = examine(scenario, 0, 4, landings=True)
    landscape = scenario.landscape
    lr = scenario.runs[0].values["lr"]
    expected = []
    for batch in itertools.combinations(range(23), 22):
        if batch == tuple(sorted(found.batch.tolist())):
            continue
        x, y = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in found.position)
        only = landscape.examples.only(torch.tensor(batch))
        loss = landscape.model.example_loss(x, y, only.inputs, only.targets).mean()
        expected.append(found.position - lr * np.array(torch.autograd.grad(loss, (x, y))))
    assert near(found.landings.others, np.array(expected))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("step", [0, 6])
def test_a_walk_goes_on_as_if_other_gradients_had_never_been_tried(optimizer, step):
    scenario = scenario_of(optimizer=optimizer)
    walk = Walk(scenario)
    walk.advance(step)
    walk.landings(0, torch.ones(3, 2, dtype=torch.float64))
    walk.advance(scenario.steps)
    assert walk.record[:, 0, :2].tobytes() == simulate(scenario)[0].positions.tobytes()


# --- the order of the examples ------------------------------------------------------------------------------------


def test_a_stretch_of_batches_holds_those_of_its_steps():
    scenario = scenario_of(steps=30)
    batches = Batches(50, 16, [0])
    expected = [tuple(batches.at(step)[0].tolist()) for step in range(31)]
    assert batches_from(scenario, 0, 10_000) == (50, tuple(expected))
    assert batches_from(scenario, 9, 33) == (50, tuple(expected[9:11]))
    assert batches_from(scenario, 9, 1) == (50, tuple(expected[9:10]))
    assert tuple(batch_of(scenario, 9).tolist()) == expected[9]


# --- edited data --------------------------------------------------------------------------------------------------

EDITS: dict[str, dict[str, Any]] = {
    "moved": {"points": [{"example": 50, "values": [21.0, 7.0]}]},
    "left out": {"points": [{"example": 1, "values": None}]},
    "added": {"points": [{"example": None, "values": [12.0, 30.0]}]},
    "table": {"table": [[1.0, 3.0], [2.0, 5.0], [4.0, 4.0], [6.0, 9.0], [7.0, 8.0]]},
}


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS)
def test_batches_gradients_and_the_loss_of_the_batch_are_those_of_the_edited_data(edits):
    scenario = scenario_of(batch=3, steps=40, seed=5, **edits)
    model = SURFACES[scenario.surface].landscape.model
    rows = edited_rows(scenario.table or model.dataset.rows, scenario.points)
    examples = model.examples(rows)
    order = [tuple(Batches(len(rows), 3, [5]).at(step)[0].tolist()) for step in range(41)]
    assert batches_from(scenario, 0, 10_000) == (len(rows), tuple(order))
    # The step with the edited example in its batch: an example that has not been moved has another gradient, too, since
    # the data are standardized.
    step = next(step for step, batch in enumerate(order) if len(rows) - 1 in batch)
    found = examine(scenario, 0, step)
    assert tuple(found.batch.tolist()) == order[step]
    (walked,) = simulate(scenario)
    assert found.batch_gradient.tobytes() == walked.gradients[step].tobytes()
    for example, gradient in zip(found.batch, found.gradients, strict=True):
        x, y = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in found.position)
        only = examples.only(torch.tensor([example]))
        loss = model.example_loss(x, y, only.inputs, only.targets).sum()
        assert near(gradient, np.array(torch.autograd.grad(loss, (x, y), materialize_grads=True)))
    tones, _ = batch_tones(scenario.landscape, found.batch, (40, 25))
    tone, _ = tone_map(scenario.landscape, (240, 150))
    (x_low, _), (_, y_high) = scenario.landscape.bounds
    corner = torch.tensor([[x_low]], dtype=torch.float64), torch.tensor([[y_high]], dtype=torch.float64)
    batch = examples.only(torch.tensor(order[step]))
    loss = float(model.example_loss(*corner, batch.inputs, batch.targets).mean())
    assert tones[-1, 0] == pytest.approx(float(extended(tone, np.array(loss))), abs=1e-9)


# --- the loss of the batch on the map -----------------------------------------------------------------------------


def test_the_loss_of_the_batch_has_the_tones_and_the_levels_of_the_map():
    landscape = SURFACES["o_rings"].landscape
    every, levels = batch_tones(landscape, np.arange(landscape.examples.count), (40, 25))
    tone, tones = tone_map(landscape, (240, 150))
    contours = surface_figure(landscape, LIGHT).data[0].contours
    assert levels == pytest.approx(np.arange(contours.start, contours.end + contours.size / 2, contours.size))
    assert every[0, 0] == pytest.approx(tones[0, 0])
    assert every[-1, -1] == pytest.approx(tones[-1, -1])
    part, _ = batch_tones(landscape, np.array([3, 5]), (40, 25))
    x, y = landscape.bounds[0][0], landscape.bounds[1][1]
    only = landscape.examples.only(torch.tensor([3, 5]))
    corner = torch.tensor([[x]], dtype=torch.float64), torch.tensor([[y]], dtype=torch.float64)
    loss = float(landscape.model.example_loss(*corner, only.inputs, only.targets).mean())
    assert part[-1, 0] == pytest.approx(float(extended(tone, np.array(loss))), abs=1e-9)


def test_tones_go_on_beyond_the_losses_of_the_map():
    tone = Tone(losses=np.array([1.0, 2.0, 4.0]), tones=np.array([0.0, 0.6, 1.0]))
    assert extended(tone, np.array([0.5, 1.0, 3.0, 4.0, 9.0])) == pytest.approx([-0.3, 0.0, 0.8, 1.0, 2.0])
