"""The compiled loop steps as torch.optim's classes do, to the last bit, on every surface."""

import threading
from dataclasses import replace

import numpy as np
import pytest
import torch

from optimizers import OPTIMIZERS
from optimizers.kernel import Kernel
from surfaces import SURFACES
from tests.optimizer_walks import OURS, settings_of, values_of
from tests.two_weights import TWO_WEIGHTS
from trajectories import Run, Scenario, compiled, loops
from trajectories.compiled import CompiledLoop
from trajectories.gradient import trace
from trajectories.loops import agrees_with_class, agrees_with_classes, compile_all, compiled_loop
from trajectories.scenario import MAX_RUNS
from trajectories.stepping import Walk

KERNELS = [key for key, spec in OPTIMIZERS.items() if spec.kernel is not None]
STEPS = 50


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    compile_all()


@pytest.fixture
def by_class(monkeypatch):
    """``by_class(scenario)``: its record, stepped by torch's classes."""

    def record(scenario):
        with monkeypatch.context() as without:
            without.setattr(loops, "_loops", {})
            return record_of(scenario)

    return record


def record_of(scenario, block=STEPS):
    walk = Walk(scenario)
    while not walk.finished:
        walk.advance(block)
    return walk.record


def scenarios(surface, **more):
    """Every optimizer with a kernel in every setting, eight at a time."""
    runs = [
        Run(optimizer=key, values=values_of(OPTIMIZERS[key], setting))
        for key in KERNELS
        for setting in settings_of(OPTIMIZERS[key])
    ]
    for first in range(0, len(runs), MAX_RUNS):
        yield Scenario(surface=surface, steps=STEPS, runs=runs[first : first + MAX_RUNS], **more)


def test_every_optimizer_of_torch_has_a_kernel():
    assert set(KERNELS) == OPTIMIZERS.keys() - OURS.keys()


def test_every_surface_of_two_weights_has_a_loop_and_no_other():
    have = [key for key, surface in SURFACES.items() if compiled_loop(surface.landscape) is not None]
    assert have == list(TWO_WEIGHTS)


@pytest.mark.parametrize("surface", TWO_WEIGHTS)
def test_the_loop_takes_the_steps_of_the_classes(surface, by_class):
    for scenario in scenarios(surface):
        np.testing.assert_array_equal(record_of(scenario), by_class(scenario))


@pytest.mark.parametrize(("batch", "noise"), [(1, 0), (16, 0), (16, 0.5), (49, 0), (500, 0)])
def test_a_loop_steps_on_batches_as_the_classes_do(batch, noise, by_class):
    """16 examples of 50, and 49: the last batch of an epoch is shorter."""
    for scenario in scenarios("cars_raw", batch=batch, noise=noise, seed=5):
        expected = by_class(scenario)
        assert expected.shape[2] == 6
        for block in (STEPS, 7):
            np.testing.assert_array_equal(record_of(scenario, block), expected)


def test_one_loop_serves_every_edit_of_the_data(by_class):
    runs = [Run(optimizer="sgd"), Run(optimizer="adam")]
    original = Scenario(surface="cars_raw", steps=STEPS, batch=16, runs=runs)
    edits = [{"example": 1, "values": (30.0, 5.0)}, {"example": 2, "values": None}]
    edited = Scenario(surface="cars_raw", points=edits, steps=STEPS, batch=16, runs=runs)
    assert compiled_loop(edited.landscape) is compiled_loop(original.landscape) is not None
    np.testing.assert_array_equal(record_of(edited), by_class(edited))
    assert not np.array_equal(record_of(edited), record_of(original))


def test_noise_is_the_same_across_its_blocks(by_class):
    of = Scenario(surface="hump", steps=2500, noise=0.5, seed=3, runs=[Run(optimizer="sgd"), Run(optimizer="adam")])
    expected = by_class(of)
    for block in (2500, 7, 1023):
        np.testing.assert_array_equal(record_of(of, block), expected)


def test_a_run_that_diverges_ends_alone_and_at_the_same_step(by_class):
    runs = [Run(optimizer="sgd", values={"lr": 0.01}), Run(optimizer="adam"), Run(optimizer="sgd", values={"lr": 3})]
    of = Scenario(surface="rosenbrock", steps=300, runs=runs)
    expected = by_class(of)
    assert np.isnan(expected[-1, 2]).all()
    assert np.isfinite(expected[-1, 1]).all()
    for block in (300, 1, 13):
        np.testing.assert_array_equal(record_of(of, block), expected)


def test_an_optimizer_without_state_is_stepped_by_its_class(by_class):
    of = Scenario(surface="hump", steps=50, runs=[Run(optimizer="momentum", values={"momentum": 0})])
    np.testing.assert_array_equal(record_of(of), by_class(of))


def test_a_kernel_that_is_off_by_the_last_bit_is_not_used(caplog):
    spec = OPTIMIZERS["sgd"]
    kernel = spec.kernel
    assert kernel is not None

    def step(position, gradient, state, values):
        kernel.step(position, gradient, state, values)
        position[0].mul_(1 + 2**-52)

    assert agrees_with_class(spec)
    assert not agrees_with_class(replace(spec, kernel=replace(kernel, step=step)))
    assert "sgd" in caplog.text


def step_off_by_the_last_bit(
    position: list[torch.Tensor], gradient: list[torch.Tensor], state: list[list[torch.Tensor]], values: list[float]
) -> None:
    position[0].add_(gradient[0], alpha=-values[0]).mul_(1 + 2**-52)


def test_a_loop_that_is_off_by_the_last_bit_is_not_used(monkeypatch):
    landscape = SURFACES["hump"].landscape
    traced, keys = trace(landscape), ["adam", "sgd"]
    assert agrees_with_classes(CompiledLoop(traced, keys), landscape, keys)
    off = replace(OPTIMIZERS["sgd"], kernel=Kernel(step=step_off_by_the_last_bit))
    for module in (compiled, loops):
        monkeypatch.setattr(module, "OPTIMIZERS", {**OPTIMIZERS, "sgd": off})
    assert not agrees_with_classes(CompiledLoop(traced, keys), landscape, keys)


def test_other_threads_run_while_the_loop_steps(monkeypatch):
    """The loop releases the lock of Python: while one call takes ten thousand steps, another thread runs."""
    inside = threading.Event()
    take = CompiledLoop.take

    def watched(*arguments):
        inside.set()
        take(*arguments)
        inside.clear()

    monkeypatch.setattr(CompiledLoop, "take", watched)
    walk = Walk(Scenario(surface="hump", steps=10_000, runs=[Run(optimizer="adam")] * 8))
    stepping = threading.Thread(target=walk.advance, args=(10_000,))
    counted = 0
    stepping.start()
    while stepping.is_alive():
        counted += inside.is_set()
    assert walk.finished
    # With the lock held, only the moments before and after the call would count.
    assert counted > 100
