"""Recorded walks equal those of torch: closed forms, a naive loop, the same bits for every way of stepping."""

import itertools
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.words import say
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.two_weights import TWO_WEIGHTS
from trajectories import MAX_RUNS, Run, Scenario, simulate, stream, trajectory
from trajectories.gradient import agrees_with_autograd, autograd_evaluator, trace
from trajectories.stepping import Walk

# A quadratic: 0.26 (x^2 + y^2) - 0.48 x y, with curvatures 0.04 along (1, 1) and 1 along (1, -1).
BOWL = "matyas"
ROOT = Path(__file__).parents[1]
EVERY_OPTIMIZER = [Run(optimizer=key) for key in OPTIMIZERS]
GROUPS = [EVERY_OPTIMIZER[n : n + MAX_RUNS] for n in range(0, len(EVERY_OPTIMIZER), MAX_RUNS)]
FOUR = tuple(EVERY_OPTIMIZER[n] for n in (0, 1, 4, 6))


def scenario(**changes):
    return Scenario(**({"surface": "himmelblau", "start": (0.5, 0.75), "steps": 60, "runs": FOUR} | changes))


def record(chunks):
    return np.concatenate([chunk.values for chunk in chunks], axis=1)


def assert_same_bits(one, other):
    assert one.tobytes() == other.tobytes()


# --- what torch does ----------------------------------------------------------------------------------------------


def naive(run, of):
    """A plain loop: one run, one backward each, zero_grad and step."""
    position = torch.tensor(of.start, dtype=torch.float64, requires_grad=True)
    optimizer = OPTIMIZERS[run.optimizer].build([position], **run.values)
    draws = torch.Generator().manual_seed(of.seed)
    noise = of.noise * torch.randn(1024, 2, dtype=torch.float64, generator=draws)
    rows = []
    for step in range(of.steps + 1):
        optimizer.zero_grad()
        loss = SURFACES[of.surface].landscape.loss(position[0], position[1])
        loss.backward()
        position.grad += noise[step]
        rows.append([*position.tolist(), loss.item(), *position.grad.tolist()])
        optimizer.step()
    return np.array(rows)


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("surface", ["hump", "himmelblau", BOWL])
def test_every_optimizer_walks_as_in_the_plain_loop(surface, noise):
    for runs in GROUPS:
        of = scenario(surface=surface, start=SURFACES[surface].landscape.start, noise=noise, seed=3, runs=runs)
        for run, walk in zip(of.runs, simulate(of), strict=True):
            expected = naive(run, of)
            np.testing.assert_allclose(walk.positions, expected[:, :2], rtol=1e-12, atol=1e-12)
            np.testing.assert_allclose(walk.losses, expected[:, 2], rtol=1e-11, atol=1e-11)
            np.testing.assert_allclose(walk.gradients, expected[:, 3:], rtol=1e-10, atol=1e-10)


@settings(max_examples=25)
@given(st.floats(0.01, 3), st.floats(-10, 10), st.floats(-10, 10))
def test_gradient_descent_on_a_quadratic_is_a_power(lr, along, across):
    """Each share of the distance shrinks by 1 - lr * curvature at each step; beyond lr = 2 / curvature it grows."""
    of = scenario(
        surface=BOWL,
        start=(along + across, along - across),
        steps=40,
        runs=[Run(optimizer="sgd", values={"lr": lr})],
    )
    (sgd,) = simulate(of)
    steps = np.arange(41)
    expected_along, expected_across = along * (1 - 0.04 * lr) ** steps, across * (1 - lr) ** steps
    scale = 1e-12 * np.maximum(1, abs(expected_across)).max() * 10
    np.testing.assert_allclose(sgd.positions.sum(axis=1) / 2, expected_along, atol=scale)
    np.testing.assert_allclose(-np.diff(sgd.positions, axis=1)[:, 0] / 2, expected_across, atol=scale)


def test_the_first_step_of_adam_is_as_long_as_the_learning_rate():
    (adam,) = simulate(scenario(runs=[Run(optimizer="adam", values={"lr": 0.25})], steps=1))
    np.testing.assert_allclose(np.abs(np.diff(adam.positions, axis=0)), 0.25, rtol=1e-6)


@pytest.mark.parametrize("key", [key for key, surface in TWO_WEIGHTS.items() if surface.landscape.model is None])
def test_the_traced_gradient_has_autograds_bits(key):
    assert agrees_with_autograd(SURFACES[key].landscape, trace(SURFACES[key].landscape))


def test_the_comparison_with_autograd_finds_the_smallest_difference():
    landscape = SURFACES["hump"].landscape
    exact = trace(landscape)

    def off(evaluate):
        def slightly(positions):
            results = evaluate(positions).clone()
            results[1, 2] *= 1 + 2**-52
            return results

        return slightly

    assert agrees_with_autograd(landscape, exact)
    assert not agrees_with_autograd(landscape, replace(exact, columns=off(exact.columns)))
    assert not agrees_with_autograd(landscape, replace(exact, rows=off(exact.rows)))


def test_a_walk_has_the_same_bits_with_and_without_the_trace(monkeypatch):
    landscape = SURFACES["ackley"].landscape
    of = scenario(surface="ackley", start=(3.0, 2.0))
    monkeypatch.setattr("trajectories.gradient._traced", {})
    plain = record(stream(of))
    monkeypatch.setattr("trajectories.gradient._traced", {landscape: trace(landscape)})
    assert_same_bits(plain, record(stream(of)))


# --- the record ---------------------------------------------------------------------------------------------------


def test_a_trajectory_begins_at_the_start_and_cannot_be_changed():
    for walk, run in zip(simulate(scenario(), parts=True), FOUR, strict=True):
        assert walk.positions.shape == walk.gradients.shape == (61, 2)
        assert walk.losses.shape == (61,)
        assert tuple(walk.positions[0]) == (0.5, 0.75)
        assert walk.settings == run
        for array in (walk.positions, walk.losses, walk.gradients, *walk.parts.values()):
            assert array.dtype == np.float64
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 0
        with pytest.raises(TypeError):
            walk.parts["update"] = None
    with pytest.raises(ValueError, match="read-only"):
        next(stream(scenario())).values[0] = 0


def test_the_update_of_a_step_is_the_change_of_the_position():
    for runs in GROUPS:
        for walk in simulate(scenario(runs=runs, noise=0.25), parts=True):
            parts = OPTIMIZERS[walk.settings.optimizer].update_latex.keys() - {"g"}
            assert walk.parts.keys() >= parts
            assert all(len(part) == 61 and np.isnan(part[0]).all() for part in walk.parts.values())
            np.testing.assert_allclose(walk.parts["update"][1:], np.diff(walk.positions, axis=0), atol=1e-12)


def test_recording_the_parts_changes_no_position():
    for plain, looked_into in zip(simulate(scenario()), simulate(scenario(), parts=True), strict=True):
        assert_same_bits(plain.positions, looked_into.positions)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_stream_has_the_parts_of_the_steps_of_one_run(key):
    of = scenario(runs=[Run(optimizer="sgd"), Run(optimizer=key)], noise=0.25)
    chunks = list(stream(of, inside=1))
    table = np.concatenate([chunk.inside for chunk in chunks if chunk.inside is not None])
    names = [name for name in OPTIMIZERS[key].update_latex if name != "g"]
    assert table.shape == (61, len(names), 2)
    walk = simulate(of, parts=True)[1]
    for column, name in enumerate(names):
        assert_same_bits(table[:, column], np.broadcast_to(walk.parts[name].reshape(61, -1), (61, 2)))
    assert_same_bits(
        np.concatenate([c.values for c in chunks], axis=1), np.concatenate([c.values for c in stream(of)], 1)
    )
    assert not any(chunk.inside.flags.writeable for chunk in chunks if chunk.inside is not None)


def test_a_walk_that_diverges_at_once_has_no_inside():
    of = scenario(surface="goldstein_price", start=(1e200, 0.0), runs=[Run(optimizer="adam")])
    tables = [chunk.inside for chunk in stream(of, inside=0) if chunk.inside is not None]
    assert tables
    assert all(np.isnan(table).all() for table in tables)


# --- the company changes nothing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("surface", SURFACES)
def test_a_run_has_the_same_bits_whatever_runs_are_beside_it(surface):
    of = scenario(surface=surface, start=SURFACES[surface].landscape.start, noise=0.125)
    together = record(stream(of))
    for index, run in enumerate(FOUR):
        assert_same_bits(together[index], record(stream(of.model_copy(update={"runs": (run,)})))[0])
    eight = record(stream(of.model_copy(update={"runs": (*FOUR, *reversed(FOUR))})))
    assert_same_bits(together, eight[:4])
    assert_same_bits(together, eight[:3:-1])


def test_all_runs_have_the_same_noise():
    of = scenario(noise=2.0, seed=11)
    draws = []
    for walk in simulate(of):
        exact = autograd_evaluator(of.landscape)(torch.tensor(walk.positions.T))[1:]
        draws.append(walk.gradients - exact.numpy().T)
    np.testing.assert_allclose(draws, np.broadcast_to(draws[0], np.shape(draws)), atol=1e-11)
    assert 1 < np.std(draws[0]) < 3
    other_seed = simulate(of.model_copy(update={"seed": 12}))[0]
    assert not np.allclose(other_seed.gradients[0], simulate(of)[0].gradients[0])


def test_more_steps_change_nothing_about_the_first():
    short, long = (record(stream(scenario(steps=steps, noise=1.0))) for steps in (37, 1100))
    assert_same_bits(short, long[:, :38].copy())


# --- divergence ---------------------------------------------------------------------------------------------------


def test_a_run_that_overflows_ends_and_the_others_go_on():
    wild = Run(optimizer="sgd", values={"lr": 5.0})
    calm = Run(optimizer="adam", values={"lr": 0.05})
    of = scenario(runs=[calm, wild, calm])
    first, diverged, last = simulate(of)
    step = diverged.outcome.step
    assert (diverged.outcome.kind, say(diverged.outcome.message)) == ("diverged", f"diverged at step {step}")
    everything = np.column_stack([diverged.positions, diverged.losses, diverged.gradients])
    assert np.isfinite(everything[:step]).all()
    assert not np.isfinite(everything[step]).all()
    assert not np.isnan(everything[step, :2]).any()  # what torch gave, not a gap
    assert np.isnan(everything[step + 1 :]).all()
    (alone,) = simulate(of.model_copy(update={"runs": (calm,)}))
    assert_same_bits(first.positions, alone.positions)
    assert_same_bits(last.positions, alone.positions)


def test_a_diverged_run_is_no_longer_stepped():
    walk = Walk(scenario(runs=[Run(optimizer="sgd", values={"lr": 5.0})]))
    walk.advance(3)
    assert walk.step == 3
    walk.advance(10)
    assert walk.finished
    assert walk.diverged[0] < 10
    assert len(record(stream(scenario(runs=[Run(optimizer="sgd", values={"lr": 5.0})])))[0]) == 61


def test_a_walk_from_a_start_that_overflows_diverges():
    (outcome,) = {say(walk.outcome.message) for walk in simulate(scenario(start=(1e200, -1e200)))}
    assert outcome == "diverged at step 0"


# --- the stream ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0.0, 0.005, math.inf])
def test_the_stream_is_the_simulation_in_pieces(seconds, monkeypatch):
    monkeypatch.setattr(trajectory, "FIRST_CHUNK_SECONDS", seconds)
    monkeypatch.setattr(trajectory, "CHUNK_SECONDS", seconds)
    of = scenario(noise=0.5, steps=203)
    chunks, outcomes = [], None
    steps = stream(of)
    while outcomes is None:
        try:
            chunks.append(next(steps))
        except StopIteration as end:
            outcomes = end.value
    assert [chunk.first for chunk in chunks] == [0, *np.cumsum([chunk.values.shape[1] for chunk in chunks])[:-1]]
    assert len(chunks) == {0.0: 26, math.inf: 1}.get(seconds, len(chunks))
    streamed = record(chunks)
    for index, walk in enumerate(simulate(of)):
        assert_same_bits(streamed[index, :, :2].copy(), walk.positions)
        assert_same_bits(streamed[index, :, 2].copy(), walk.losses)
        assert_same_bits(streamed[index, :, 3:].copy(), walk.gradients)
        assert outcomes[index] == walk.outcome


def test_a_cancelled_stream_stops_at_once():
    looks = itertools.count(1)
    chunks = list(stream(scenario(steps=10_000), cancelled=lambda: next(looks) > 3))
    assert next(looks) == 5
    assert sum(chunk.values.shape[1] for chunk in chunks) <= 3 * trajectory.STEPS_BETWEEN_CHECKS + 1


def test_the_longest_walk_of_the_most_runs():
    of = scenario(steps=10_000, runs=[Run(optimizer="sgd", values={"lr": 0.001})] * MAX_RUNS)
    chunks = list(stream(of))
    assert record(chunks).shape == (MAX_RUNS, 10_001, 5)


def test_a_walk_imports_no_module():
    """torch's late imports go in circles: begun in two threads at once they fail, and stay broken for all threads."""
    program = (
        "import sys, optimizers, trajectories as t\n"
        "before = set(sys.modules)\n"
        "runs = [t.Run(optimizer=key) for key in optimizers.OPTIMIZERS][:8]\n"
        "t.simulate(t.Scenario(surface='booth', steps=3, runs=runs))\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    completed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert completed.stdout.split() == []
