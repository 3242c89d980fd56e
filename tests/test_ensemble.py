"""Ensembles: each column equals the walk of `simulate`, alone and with others."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.optimizer_walks import values_of
from trajectories import Run, Scenario, block, ensemble, simulate
from trajectories import columns as columns_module
from trajectories.compiled import CompiledLoop
from trajectories.ends import ends_of
from trajectories.ensemble import MOST_COLUMNS, CancelledError, Columns
from trajectories.gradient import trace_exactly, trace_model, traced_model
from trajectories.loops import agrees_with_class
from trajectories.verdicts import KINDS

STEPS = 60
every_optimizer = pytest.mark.parametrize("key", OPTIMIZERS)


def columns(key="adam", surface="himmelblau", count=6, **more):
    """Walks from starts all over the map."""
    landscape = SURFACES[surface].landscape
    low, high = torch.tensor(landscape.bounds, dtype=torch.float64).T[:, :, None]
    shares = torch.rand(2, count, dtype=torch.float64, generator=torch.Generator().manual_seed(count))
    fields = {"landscape": landscape, "optimizer": key, "starts": low + (high - low) * shares, "steps": STEPS}
    return Columns(**({**fields, "values": values_of(OPTIMIZERS[key], "default")} | more))


def alone(of, column, seed=0):
    """The walk of one column, as `simulate` takes it."""
    values = {
        name: float(torch.as_tensor(value, dtype=torch.float64).expand(of.count)[column])
        for name, value in of.values.items()
    }
    run = Run(optimizer=of.optimizer, values=values)
    start = tuple(of.starts[:, column].tolist())
    scenario = Scenario(surface=of.landscape.key, start=start, steps=of.steps, noise=of.noise, seed=seed, runs=[run])
    return simulate(scenario)[0]


def assert_is_simulated(of, ends, seeds=None, rtol=1e-9):
    for column in range(of.count):
        walk = alone(of, column, 0 if seeds is None else int(seeds[column]))
        np.testing.assert_allclose(ends.positions[column], walk.positions[-1], rtol=rtol, atol=rtol)
        np.testing.assert_allclose(ends.losses[column], walk.losses[-1], rtol=rtol, atol=rtol)
        assert KINDS[ends.kinds[column]] == walk.outcome.kind


@every_optimizer
def test_columns_with_shared_hyperparameters_equal_walks(key):
    of = columns(key)
    assert not of.by_rule
    assert_is_simulated(of, ends_of(of))


@every_optimizer
def test_columns_with_their_own_hyperparameters_equal_walks(key):
    lr = values_of(OPTIMIZERS[key], "default")["lr"] * torch.linspace(0.5, 1.5, 6, dtype=torch.float64)
    of = columns(key, values={**values_of(OPTIMIZERS[key], "default"), "lr": lr})
    assert of.by_rule
    assert_is_simulated(of, ends_of(of), rtol=1e-6 if key == "nadam" else 1e-9)  # torch's product is a float32


@every_optimizer
@pytest.mark.parametrize("by_rule", [False, True])
def test_a_column_has_the_same_bits_alone_and_in_a_batch(key, by_rule):
    defaults = values_of(OPTIMIZERS[key], "default")
    own = {"lr": torch.full((700,), defaults["lr"], dtype=torch.float64)} if by_rule else {}
    many = columns(key, surface="ackley", count=700, values={**defaults, **own})
    company, single = ends_of(many), ends_of(many.part(torch.tensor([699])))
    for name in ("positions", "losses", "late_losses", "kinds", "steps", "minima"):
        np.testing.assert_array_equal(getattr(company, name)[699:], getattr(single, name), err_msg=name)


def test_each_column_may_have_a_seed():
    seeds = np.array([3, 8, 3, 5, 8, 0])
    of = columns("momentum", noise=0.5, seeds=seeds)
    assert_is_simulated(of, ends_of(of), seeds)


def test_blocks_keep_the_order_of_the_columns(monkeypatch):
    whole = ends_of(columns(count=3000))
    monkeypatch.setattr(ensemble, "LEAST_BLOCK", 64)
    monkeypatch.setattr(ensemble, "BLOCK", 640)
    np.testing.assert_array_equal(ends_of(columns(count=3000)).positions, whole.positions)


def test_few_columns_and_many_have_the_same_outcomes():
    many = columns(count=block.RECORDED // 4)  # four steps are recorded at a time, of the few ones all
    few = many.part(torch.arange(32))
    np.testing.assert_array_equal(ends_of(many).kinds[:32], ends_of(few).kinds)
    np.testing.assert_array_equal(ends_of(many).steps[:32], ends_of(few).steps)


LOOPED = [key for key, spec in OPTIMIZERS.items() if agrees_with_class(spec)]


@pytest.mark.parametrize("key", LOOPED)
@pytest.mark.parametrize(
    ("surface", "chance"),
    [("hump", {}), ("hump", {"noise": 0.3, "seeds": 5}), ("hubble", {}), ("hubble", {"batch": 3})],
)
def test_the_compiled_loop_gives_the_bits_of_the_classes(monkeypatch, key, surface, chance):
    of = columns(key, surface=surface, count=70, **chance)
    landscape = of.landscape
    if landscape.model is not None:
        trace_model(landscape.model)
    traced = trace_exactly(landscape) if landscape.model is None else traced_model(landscape.model)
    assert traced is not None
    loop, taken = CompiledLoop(traced, LOOPED), []
    take = loop.take

    def spied(*given):
        taken.append(given)
        take(*given)

    monkeypatch.setattr(loop, "take", spied)
    monkeypatch.setattr(block, "compiled_loop", lambda _: None)
    by_class = ends_of(of)
    monkeypatch.setattr(block, "compiled_loop", lambda _: loop)
    by_loop = ends_of(of)
    assert taken
    for name, expected in vars(by_class).items():
        np.testing.assert_array_equal(getattr(by_loop, name), expected, err_msg=name)


def test_a_diverged_column_is_nan_and_changes_no_other():
    lrs = torch.tensor([1e-3, 50.0, 1e-3], dtype=torch.float64)
    of = columns("sgd", count=3, values={"lr": lrs})
    ends = ends_of(of)
    assert KINDS[ends.kinds[1]] == "diverged"
    assert np.isnan(ends.positions[1]).all()
    assert ends.late_losses[1] == math.inf
    assert np.isfinite(ends.positions[[0, 2]]).all()


def test_ends_cannot_be_changed():
    ends = ends_of(columns())
    with pytest.raises(ValueError, match="read-only"):
        ends.losses[0] = 0


@pytest.mark.parametrize("count", [0, MOST_COLUMNS + 1])
def test_too_many_or_none_are_refused_in_a_sentence(count):
    with pytest.raises(ValueError, match=rf"^An ensemble must have 1 to {MOST_COLUMNS} walks: got {count}\.$"):
        columns(count=count)


def test_an_optimizer_that_mixes_columns_is_refused(monkeypatch):
    mixing = replace(OPTIMIZERS["sgd"], elementwise=False)
    monkeypatch.setattr(columns_module, "OPTIMIZERS", {**OPTIMIZERS, "sgd": mixing})
    with pytest.raises(ValueError, match="cannot be stepped as one ensemble"):
        columns("sgd")


def test_a_canceled_ensemble_ends_at_once():
    calls = []

    def cancelled():
        calls.append(1)
        return len(calls) > 3

    with pytest.raises(CancelledError):
        ends_of(columns(steps=1000), cancelled)
    assert len(calls) == 4
