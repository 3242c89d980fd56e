"""A network's walk: the steps of torch's own loop, what is recorded of it, how it ends, and what refuses networks."""

from functools import partial

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from optimizers import OPTIMIZERS
from surfaces import SURFACES
from surfaces.network import Embedding
from tests.test_network import sequential
from trajectories import Run, Scenario, advise, parse_link, simulate, stream
from trajectories.ensemble import Columns
from trajectories.network_outcome import judge_network
from trajectories.network_walk import MOST_KEPT, NetworkWalk
from trajectories.stepping import Walk
from trajectories.walk import walk_of

SGD_AND_ADAM = "surface=network_moons&steps=20&batch=32&seed=3&run=sgd:lr=0.1&run=adam:lr=0.02"


def scenario_of(link: str) -> Scenario:
    return parse_link(link)[0]


def embedding_of(scenario: Scenario) -> Embedding:
    embedding = scenario.landscape.embedding
    assert embedding is not None
    return embedding


def flat(module: nn.Sequential) -> torch.Tensor:
    """All weights in the order of ``Network.outputs``."""
    layers = [layer for layer in module if isinstance(layer, nn.Linear)]
    return torch.cat([part for one in layers for part in (one.weight.detach().T.flatten(), one.bias.detach())])


def plain_loop(scenario: Scenario, run: Run) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The loop that everybody writes, with torch's layers, loss and loader: positions, distances and batch losses."""
    embedding = embedding_of(scenario)
    network, plane = embedding.network, embedding.plane
    module = sequential(network, plane.weights(torch.tensor([scenario.start], dtype=torch.float64))[0])
    optimizer = OPTIMIZERS[run.optimizer].build(list(module.parameters()), **run.values)
    criterion = nn.BCEWithLogitsLoss() if network.classes else nn.MSELoss()
    generator = torch.Generator().manual_seed(scenario.seed)
    size = scenario.batch or network.training
    loader = DataLoader(TensorDataset(*network.trained_on), batch_size=size, shuffle=True, generator=generator)
    path, losses = [flat(module)], []
    while len(losses) < scenario.steps:
        for inputs, targets in loader:
            if len(losses) == scenario.steps:
                break
            optimizer.zero_grad()
            loss = criterion(module(inputs)[:, 0], targets)
            loss.backward()
            optimizer.step()
            path.append(flat(module))
            losses.append(loss.item())
    weights = torch.stack(path)
    positions = plane.positions(weights)
    return positions.numpy(), (weights - plane.weights(positions)).norm(dim=1).numpy(), np.array(losses)


@pytest.mark.parametrize("surface", ["network_moons", "network_nottingham"])
@pytest.mark.parametrize("batch", [0, 9])
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_trains_as_in_a_plain_loop(key, batch, surface):
    run = Run(optimizer=key, values={"lr": 0.02})
    of = Scenario(surface=surface, start=(0.5, -0.25), steps=10, batch=batch, seed=4, runs=[run])
    (walk,) = simulate(of)
    positions, distances, losses = plain_loop(of, run)
    # Layers round differently than one matrix product for eight networks; an adaptive step divides by small numbers.
    assert np.abs(walk.positions - positions).max() <= 1e-10
    assert np.abs(walk.measures["distance"] - distances).max() <= 1e-10
    recorded = walk.losses if walk.batch_losses is None else walk.batch_losses
    np.testing.assert_allclose(recorded[:-1], losses, rtol=1e-9)


def test_sgd_trains_as_in_a_plain_loop_to_the_last_digits():
    run = Run(optimizer="sgd", values={"lr": 0.1})
    of = Scenario(surface="network_moons", steps=40, batch=32, runs=[run])
    (walk,) = simulate(of)
    positions, _, losses = plain_loop(of, run)
    assert np.abs(walk.positions - positions).max() <= 1e-12
    np.testing.assert_allclose(walk.batch_losses[:-1], losses, rtol=1e-12)


def test_the_walks_of_the_plane_end_in_it():
    of = scenario_of("surface=network_moons&steps=300&batch=32&run=sgd:lr=0.1&run=adam:lr=0.02")
    for walk in simulate(of):
        assert walk.measures["distance"][-1] < 1e-9
        assert walk.measures["distance"][150] > 0.1, "on the way they are outside of it"


def test_a_run_has_the_same_bits_whatever_others_there_are():
    of = scenario_of(SGD_AND_ADAM)
    both = simulate(of)
    for run, together in zip(of.runs, both, strict=True):
        (alone,) = simulate(Scenario(**dict(of) | {"runs": (run,)}))
        assert np.array_equal(alone.positions, together.positions)
        assert np.array_equal(alone.losses, together.losses)
    eight = simulate(Scenario(**dict(of) | {"runs": (*of.runs, *of.runs[:1] * 6)}))
    assert np.array_equal(eight[0].positions, both[0].positions)


def test_what_is_recorded_at_the_start_is_exact():
    of = scenario_of("surface=network_moons&start=1.5,-2.25&steps=3&run=adam:lr=0.02")
    embedding = embedding_of(of)
    (walk,) = simulate(of)
    assert np.abs(walk.positions[0] - of.start).max() < 1e-13
    assert walk.measures["moved"][0] == 0
    assert walk.measures["distance"][0] < 1e-13
    x, y = torch.tensor([of.start], dtype=torch.float64).T.requires_grad_()
    loss = embedding.loss(x, y)
    gradient = torch.autograd.grad(loss.sum(), (x, y))
    assert walk.losses[0] == pytest.approx(loss.item(), rel=1e-13)
    assert walk.gradients[0] == pytest.approx([part.item() for part in gradient], rel=1e-11)


def test_what_is_recorded_later_belongs_to_all_weights():
    of = scenario_of(SGD_AND_ADAM)
    network, plane = embedding_of(of).network, embedding_of(of).plane
    walk = NetworkWalk(of)
    walk.advance(of.steps)
    weights = torch.from_numpy(walk.weights[of.steps]).double()
    inputs, targets = network.examples
    losses = network.example_losses(network.outputs(weights, inputs), targets)
    last = dict(zip(walk.columns, torch.from_numpy(walk.record[-1]).T, strict=True))
    near = partial(torch.testing.assert_close, rtol=1e-5, atol=1e-6)  # weights are kept as float32
    near(last["loss"], losses[:, : network.training].mean(1))
    near(last["validation_loss"], losses[:, network.training :].mean(1))
    near(torch.stack((last["x"], last["y"]), 1), plane.positions(weights))
    right = (network.outputs(weights, inputs) > 0) == (targets > 0.5)
    torch.testing.assert_close(last["accuracy"], right[:, : network.training].double().mean(1))
    torch.testing.assert_close(last["validation_accuracy"], right[:, network.training :].double().mean(1))
    first, second = plane.watched
    near(last["weight_1"], weights[:, first])
    near(last["weight_2"], weights[:, second])
    moved = (weights - plane.center).norm(dim=1)
    near(last["moved"], moved)
    squares = torch.stack((last["x"], last["y"], last["distance"])).square().sum(0)
    near(squares, moved**2)


@pytest.mark.parametrize("steps", [1, 5, 63, 64, 300])
def test_weights_are_kept_at_few_even_steps_and_the_last(steps):
    of = scenario_of(f"surface=network_nottingham&steps={steps}&run=sgd:lr=0.01")
    walk = NetworkWalk(of)
    walk.advance(steps)
    kept = sorted(walk.weights)
    assert (kept[0], kept[-1]) == (0, steps)
    assert len(kept) <= MOST_KEPT
    assert len(set(np.diff(kept[:-1]))) <= 1


def test_a_stream_has_the_numbers_of_the_simulation_and_weights_only_on_request():
    of = scenario_of(SGD_AND_ADAM)
    chunks = list(stream(of, first_chunk=0.0, weights=True))
    values = np.concatenate([chunk.values for chunk in chunks], axis=1)
    for walk, rows in zip(simulate(of), values, strict=True):
        assert np.array_equal(rows[:, :2], walk.positions)
    assert sorted(step for chunk in chunks for step in chunk.weights) == list(range(21))
    for chunk in chunks:
        assert all(chunk.first <= step < chunk.first + chunk.values.shape[1] for step in chunk.weights)
    assert not any(chunk.weights for chunk in stream(of))


def test_a_run_that_diverges_ends_and_the_others_go_on():
    of = scenario_of("surface=network_nottingham&steps=300&run=sgd:lr=0.5&run=adam:lr=0.02")
    sgd, adam = simulate(of)
    assert sgd.outcome.kind == "diverged"
    assert np.isfinite(sgd.losses[: sgd.outcome.step]).all()
    assert np.isnan(sgd.losses[sgd.outcome.step + 1 :]).all()
    (alone,) = simulate(Scenario(**dict(of) | {"runs": of.runs[1:]}))
    assert np.array_equal(alone.positions, adam.positions)


def test_noise_is_the_same_for_all_runs_and_reaches_all_weights():
    of = scenario_of("surface=network_moons&steps=5&noise=0.1&run=sgd:lr=0.1&run=sgd:lr=0.1")
    first, second = simulate(of)
    (quiet, _) = simulate(Scenario(**dict(of) | {"noise": 0.0}))
    assert np.array_equal(first.positions, second.positions)
    assert first.measures["distance"][-1] > quiet.measures["distance"][-1] + 0.05


def test_the_inside_of_a_step_is_that_of_the_watched_weights():
    of = scenario_of("surface=network_moons&steps=6&batch=16&run=adam:lr=0.02")
    (walk,) = simulate(of, parts=True)
    m = np.zeros(2)
    for step in range(1, 7):
        slope = np.array([walk.measures["slope_1"][step - 1], walk.measures["slope_2"][step - 1]])
        m = 0.9 * m + 0.1 * slope
        assert walk.parts["m"][step] == pytest.approx(m, rel=1e-12)
        before = np.array([walk.measures[f"weight_{n}"][step - 1] for n in (1, 2)])
        after = np.array([walk.measures[f"weight_{n}"][step] for n in (1, 2)])
        assert before + walk.parts["update"][step] == pytest.approx(after, rel=1e-9)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_inside_is_computed_for_every_optimizer(key):
    (walk,) = simulate(Scenario(surface="network_moons", steps=3, runs=[Run(optimizer=key)]), parts=True)
    for name, part in walk.parts.items():
        assert np.isfinite(part[1:]).all(), name


def test_a_scenario_has_the_walk_of_its_landscape():
    assert isinstance(walk_of(scenario_of(SGD_AND_ADAM)), NetworkWalk)
    assert isinstance(walk_of(scenario_of("surface=hump&run=sgd")), Walk)
    with pytest.raises(ValueError, match="'hump' is none of a network"):
        NetworkWalk(scenario_of("surface=hump&run=sgd"))


def record_of(*rows: tuple[float, float, float]) -> np.ndarray:
    return np.array([[(*row, 1.0, 1.0)] for row in rows])


@pytest.mark.parametrize(
    ("rows", "kind", "step"),
    [
        ([(0, 0, 3.0), (1, 0, 2.0), (2, 0, 1.0)], "still_moving", 2),
        ([(0, 0, 3.0), (99, 0, 2.0), (99, 1, 1.0)], "left_the_map", 1),
        ([(0, 0, 3.0), (99, 0, 2.0), (2, 0, 1.0)], "still_moving", 2),
        ([(0, 0, 3.0), (1, 0, float("inf")), (float("nan"),) * 3], "diverged", 1),
        ([(0, 0, 3.0), *[(1, 1, 2.0)] * 11], "flat", 1),
        ([*[(1, 1, 2.0)] * 11, (1, 1, 1.9)], "still_moving", 11),
    ],
)
def test_how_a_walk_ends(rows, kind, step):
    ((found, at, _),) = judge_network(SURFACES["network_moons"].landscape, record_of(*rows))
    assert (found, at) == (kind, step)


def test_no_outcome_of_a_network_speaks_of_a_minimum():
    for surface in SURFACES.values():
        if surface.family == "network":
            for preset in surface.presets:
                assert set(preset.expect) <= {"still_moving", "left_the_map", "diverged", "flat"}


def test_ensembles_and_advice_refuse_networks():
    of = scenario_of(SGD_AND_ADAM)
    with pytest.raises(ValueError, match=r"^An ensemble steps two weights; network_moons is a network: simulate its"):
        Columns(landscape=of.landscape, optimizer="sgd", starts=torch.zeros(2, 1), values={"lr": 0.1}, steps=3)
    advice = advise(of, 0, simulate(of)[0].outcome)
    assert advice is not None
    assert (advice.message.key, advice.change) == ("advice.network", None)
