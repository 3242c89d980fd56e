"""Mini-batches: DataLoader's own order, and the steps of the loop that everybody writes over it."""

import math

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, TensorDataset

from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.optimizer_walks import values_of
from trajectories import Run, Scenario, advise, parse_link, simulate, stream
from trajectories.batches import Batches
from trajectories.ends import ends_of
from trajectories.ensemble import Columns
from trajectories.gradient import data_evaluator, trace_model
from trajectories.judge import Judge
from trajectories.source import Batched, source_of
from trajectories.verdicts import KINDS

CARS = SURFACES["cars_raw"].landscape
TOLERANCE = 1e-12  # of the largest coordinate


def batch_losses(walk):
    assert walk.batch_losses is not None
    return walk.batch_losses


def loader_of(examples, size, seed):
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(TensorDataset(*examples), batch_size=size, shuffle=True, generator=generator)


def from_loader(loader, steps):
    """The batches of so many steps, an epoch after the other."""
    found = []
    while len(found) < steps:
        found += list(loader)
    return found[:steps]


# --- the order ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 7, 2**32 - 1])
@pytest.mark.parametrize(("count", "size"), [(50, 1), (50, 16), (50, 50), (50, 500), (7, 3), (2, 1), (32, 8)])
def test_the_batches_are_those_of_torchs_loader(count, size, seed):
    steps = 4 * math.ceil(count / size) + 1  # into the fifth epoch
    batches = Batches(count, size, [seed])
    expected = from_loader(loader_of((torch.arange(count),), size, seed), steps)
    for step, (examples,) in enumerate(expected):
        assert batches.at(step).tolist() == [examples.tolist()]


def test_several_orders_are_drawn_side_by_side():
    together = Batches(10, 4, [5, 6])
    alone = [Batches(10, 4, [seed]) for seed in (5, 6)]
    for step in range(7):
        assert together.at(step).tolist() == [each.at(step)[0].tolist() for each in alone]


def test_batches_are_taken_in_order():
    batches = Batches(10, 4, [0])
    batches.at(5)
    assert batches.at(3).tolist() == batches.at(3).tolist()  # of the same epoch
    with pytest.raises(ValueError, match="in order"):
        batches.at(2)


# --- the steps ----------------------------------------------------------------------------------------------------


def plain_loop(run, of):
    """The loop that everybody writes: torch's loader, the mean of the batch's losses, backward, step."""
    examples, loss_of = CARS.examples, CARS.model.example_loss
    position = torch.tensor(of.start, dtype=torch.float64, requires_grad=True)
    optimizer = OPTIMIZERS[run.optimizer].build([position], **run.values)
    batches = from_loader(loader_of((examples.inputs.T, examples.targets), of.batch, of.seed), of.steps)
    positions, losses = [position.tolist()], []
    for inputs, targets in batches:
        optimizer.zero_grad()
        loss = loss_of(position[0], position[1], inputs.T, targets).mean()
        loss.backward()
        optimizer.step()
        positions.append(position.tolist())
        losses.append(loss.item())
    return np.array(positions), np.array(losses)


@pytest.mark.parametrize("batch", [1, 16])
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_walks_as_in_a_plain_loop_over_a_loader(key, batch):
    lr = 1e-4 if OPTIMIZERS[key].family == "gradient" else 0.1
    run = Run(optimizer=key, values={"lr": lr})
    of = Scenario(surface="cars_raw", steps=200, batch=batch, seed=11, runs=[run])
    (walk,) = simulate(of)
    positions, losses = plain_loop(run, of)
    assert np.abs(walk.positions - positions).max() <= TOLERANCE * np.abs(positions).max()
    np.testing.assert_allclose(batch_losses(walk)[:-1], losses, rtol=1e-9)


def test_the_loss_is_that_of_all_examples():
    of = parse_link("surface=cars_raw&steps=40&batch=8&run=sgd&run=adam:lr=1")[0]
    for walk in simulate(of):
        x, y = torch.tensor(walk.positions.T)
        np.testing.assert_allclose(walk.losses, CARS.loss(x, y).numpy(), rtol=1e-13)
        assert not np.allclose(batch_losses(walk), walk.losses)
        with pytest.raises(ValueError, match="read-only"):
            batch_losses(walk)[0] = 0
    assert all(walk.batch_losses is None for walk in simulate(Scenario(**dict(of) | {"batch": 0})))


@pytest.mark.parametrize("batch", [50, 64])
def test_a_batch_of_all_examples_or_more_is_the_full_gradient(batch):
    of = parse_link("surface=cars_raw&steps=40&run=sgd:lr=0.001")[0]
    (whole,), (batched,) = simulate(of), simulate(Scenario(**dict(of) | {"batch": batch}))
    np.testing.assert_allclose(batched.positions, whole.positions, rtol=1e-12)
    np.testing.assert_allclose(batch_losses(batched), batched.losses, rtol=1e-12)


def test_noise_is_added_to_the_gradient_of_the_batch():
    landscape, positions = CARS, torch.tensor(CARS.start, dtype=torch.float64).repeat(8, 1)
    plain, noise, both = (source_of(landscape, batch, sigma, 3) for batch, sigma in ((8, 0.0), (0, 0.5), (8, 0.5)))
    exact = source_of(landscape, 0, 0.0, 3).rows(0, positions)
    for step in range(9):
        drawn = noise.rows(step, positions)[:, 1:3] - exact[:, 1:3]
        expected = plain.rows(step, positions).clone()
        expected[:, 1:3] += drawn
        torch.testing.assert_close(both.rows(step, positions), expected, rtol=1e-9, atol=1e-9)


def test_a_landscape_without_data_has_no_batches():
    with pytest.raises(ValueError, match="has no data"):
        source_of(SURFACES["hump"].landscape, 4, 0.0, 0)


def test_the_trace_has_the_bits_of_autograd_on_batches(monkeypatch):
    of = parse_link("surface=cars_raw&steps=60&batch=16&seed=2&run=sgd&run=adam:lr=1")[0]
    monkeypatch.setattr("trajectories.loops._loops", {})
    monkeypatch.setattr("trajectories.gradient._models", {})
    plain = simulate(of)
    assert CARS.model is not None
    trace_model(CARS.model)
    assert isinstance(data_evaluator(CARS.model), torch.jit.ScriptModule)
    for one, other in zip(plain, simulate(of), strict=True):
        assert one.positions.tobytes() == other.positions.tobytes()
        assert batch_losses(one).tobytes() == batch_losses(other).tobytes()


def test_the_stream_names_the_column_of_the_batch():
    of = parse_link("surface=cars_raw&steps=30&batch=16&run=sgd&run=adam")[0]
    chunks = list(stream(of))
    assert {chunk.columns for chunk in chunks} == {("x", "y", "loss", "gradient_x", "gradient_y", "batch_loss")}
    losses = np.concatenate([chunk.values for chunk in chunks], axis=1)[:, :, 5]
    np.testing.assert_array_equal(losses, [walk.batch_losses for walk in simulate(of)])


# --- ensembles ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", OPTIMIZERS)
@pytest.mark.parametrize("seeds", [4, np.array([4, 9, 4, 2])])
def test_columns_are_walks_each_with_the_batches_of_its_seed(key, seeds):
    lr = torch.linspace(0.5, 1.5, 4, dtype=torch.float64) * (1e-4 if OPTIMIZERS[key].family == "gradient" else 0.1)
    values: dict[str, float | torch.Tensor] = {**values_of(OPTIMIZERS[key], "default"), "lr": lr}
    starts = torch.tensor([CARS.start] * 4, dtype=torch.float64).T
    of = Columns(landscape=CARS, optimizer=key, starts=starts, values=values, steps=30, batch=16, seeds=seeds)
    ends = ends_of(of)
    for column, seed in enumerate(np.broadcast_to(seeds, 4).tolist()):
        run = Run(optimizer=key, values={**values, "lr": float(lr[column])})
        (walk,) = simulate(Scenario(surface="cars_raw", steps=30, batch=16, seed=seed, runs=[run]))
        np.testing.assert_allclose(ends.positions[column], walk.positions[-1], rtol=1e-6 if key == "nadam" else 1e-9)
        assert KINDS[ends.kinds[column]] == walk.outcome.kind


# --- outcome and advice -------------------------------------------------------------------------------------------


def test_batches_are_judged_as_noise_is(monkeypatch):
    asked = []

    def watched(*arguments, noisy):
        asked.append(noisy)
        return Judge(*arguments, noisy=noisy)

    monkeypatch.setattr("trajectories.outcome.Judge", watched)
    for part in ("", "&batch=16", "&noise=1"):
        simulate(parse_link(f"surface=cars_raw&steps=5{part}&run=sgd")[0])
    assert asked == [False, True, True]


def test_a_loss_of_a_batch_that_is_not_finite_is_no_divergence(monkeypatch):
    """Only position, loss and gradient count: see ``judge``."""

    def overflowing(self, step, positions):
        results = Batched.columns(self, step, positions.t().contiguous()).t().clone()
        results[:, 3] = math.inf
        return results

    monkeypatch.setattr("trajectories.loops._loops", {})
    monkeypatch.setattr(Batched, "rows", overflowing)
    (walk,) = simulate(parse_link("surface=cars_raw&steps=20&batch=4&run=sgd:lr=0.0001")[0])
    assert np.isinf(batch_losses(walk)).all()
    assert np.isfinite(walk.losses).all()
    assert walk.outcome.kind != "diverged"


def test_a_walk_that_batches_keep_in_motion_circles_and_advice_is_tried_with_the_same_batches():
    of = parse_link("surface=cars_raw&start=-17,4&steps=400&batch=16&seed=1&run=sgd:lr=0.001")[0]
    outcome = simulate(of)[0].outcome
    assert outcome.kind == "circling"
    given = advise(of, 0, outcome)
    advised = given.change.apply(of, 0)
    assert (advised.batch, advised.seed) == (16, 1)
    reached = simulate(advised)[0].outcome
    assert (reached.kind, reached.step) == ("global_minimum", dict(given.message.arguments)["step"])
