"""Networks and planes: the weights of a position, the loss on the plane, and the planes through trained weights."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from charts.ground import sample_losses
from charts.network_data import plane_facts
from datasets import DATASETS
from surfaces import SURFACES
from surfaces.network import Embedding, Network, Plane
from surfaces.planes import components_plane, ends_plane, random_plane, reference_walks
from trajectories import Run, Scenario, parse_link
from trajectories.minima import minima_of
from trajectories.scenario import ScenarioError

EMBEDDINGS = {key: surface.landscape.embedding for key, surface in SURFACES.items() if surface.family == "network"}
MOONS = Network(dataset=DATASETS["two_moons"], hidden=(16, 16), training=80)
TIMES = Network(dataset=DATASETS["nottingham"], hidden=(16, 16), training=27)
PLANES = (ends_plane, components_plane, random_plane)
each_network = pytest.mark.parametrize("network", [MOONS, TIMES], ids=["moons", "times"])


def embedding_of(key: str) -> Embedding:
    embedding = EMBEDDINGS[key]
    assert embedding is not None
    return embedding


def sequential(network: Network, weights: torch.Tensor) -> nn.Sequential:
    """The same network by torch's own layers."""
    parts: list[nn.Module] = []
    first = 0
    for inputs, outputs in network.layers:
        layer = nn.Linear(inputs, outputs, dtype=torch.float64)
        matrix, bias = weights[first : first + inputs * outputs], weights[first + inputs * outputs :][:outputs]
        layer.weight.data.copy_(matrix.reshape(inputs, outputs).T)
        layer.bias.data.copy_(bias)
        parts += [layer, nn.Tanh()]
        first += (inputs + 1) * outputs
    return nn.Sequential(*parts[:-1])


@each_network
def test_a_network_computes_what_torchs_layers_compute(network):
    for seed in (0, 5):
        weights = network.initial(seed)
        inputs, targets = network.examples
        expected = sequential(network, weights)(inputs)[:, 0].detach()
        outputs = network.outputs(weights[None], inputs)[0]
        torch.testing.assert_close(outputs, expected, rtol=1e-13, atol=1e-13)
        own = nn.BCEWithLogitsLoss(reduction="none") if network.classes else nn.MSELoss(reduction="none")
        torch.testing.assert_close(network.example_losses(outputs, targets), own(expected, targets), rtol=1e-12, atol=0)


@each_network
def test_every_example_trains_or_validates_once(network):
    inputs, targets = network.examples
    shift, unit = network.scaling
    rows = (torch.cat((inputs, targets[:, None]), 1) * unit + shift).tolist()
    assert sorted(network.order) == list(range(len(network.dataset.rows)))
    for row, at in zip(rows, network.order, strict=True):
        assert row == pytest.approx(network.dataset.rows[at], abs=1e-12)
    assert len(network.trained_on[1]) == network.training < len(targets)


def test_each_weight_has_a_name_of_its_own():
    names = [MOONS.name(weight) for weight in range(MOONS.size)]
    assert len(set(names)) == MOONS.size == 337
    assert names[-1] == "layer 3, bias of unit 1"
    with pytest.raises(IndexError, match="none with the index 337"):
        MOONS.name(337)


@each_network
@pytest.mark.parametrize("choose", PLANES)
def test_directions_are_of_length_one_at_a_right_angle_and_the_first_weights_are_the_middle(network, choose):
    plane = choose(network)
    torch.testing.assert_close(
        plane.directions @ plane.directions.T, torch.eye(2, dtype=torch.float64), rtol=0, atol=1e-12
    )
    assert torch.equal(plane.weights(torch.zeros(1, 2, dtype=torch.float64))[0], network.initial())


@each_network
def test_both_ends_lie_in_the_plane_through_them(network):
    plane = ends_plane(network)
    sgd, adam = (walk[-1] for walk in reference_walks(network, ("SGD", "Adam")))
    both = torch.stack((sgd, adam))
    positions = plane.positions(both)
    torch.testing.assert_close(plane.weights(positions), both, rtol=0, atol=1e-12)
    assert positions[0, 1] == pytest.approx(0, abs=1e-12)
    assert (positions.diagonal() > 0).all(), "x leads to the end of SGD, y to the side of Adam's"


@pytest.mark.parametrize("key", EMBEDDINGS)
def test_the_ends_are_on_the_map(key):
    (x_low, x_high), (y_low, y_high) = SURFACES[key].landscape.bounds
    embedding = embedding_of(key)
    ends = torch.stack(
        [walk[-1] for walk in reference_walks(embedding.network, ("SGD", "momentum", "RMSprop", "Adam"))]
    )
    for x, y in embedding.plane.positions(ends).tolist():
        assert x_low < x < x_high
        assert y_low < y < y_high


def held(plane: Plane, walks: list[torch.Tensor]) -> float:
    """The share of the squared displacements that a plane holds."""
    paths = torch.cat(walks)
    away = paths - plane.weights(plane.positions(paths))
    return float(1 - away.square().sum() / (paths - plane.center).square().sum())


@each_network
def test_no_plane_holds_more_than_that_of_the_principal_components(network):
    walks = reference_walks(network, ("SGD", "momentum", "RMSprop", "Adam"))
    most = held(components_plane(network), walks)
    assert 0.8 < most < 1
    assert held(ends_plane(network), walks) < most
    assert held(random_plane(network), walks) < 0.05
    displacements = torch.cat(walks) - network.initial()
    spectrum = torch.linalg.svdvals(displacements).square()
    assert most == pytest.approx(float(spectrum[:2].sum() / spectrum.sum()), rel=1e-9)


def test_a_random_direction_has_the_norm_of_each_units_weights():
    first, _ = random_plane(MOONS).directions
    center = MOONS.initial()
    ratios = []
    at = 0
    for rows, columns in MOONS.layers:
        own, other = (vector[at : at + rows * columns].reshape(rows, columns).norm(dim=0) for vector in (center, first))
        ratios += (other / own).tolist()
        assert first[at + rows * columns :][:columns].abs().max() == 0, "biases do not change"
        at += (rows + 1) * columns
    assert max(ratios) == pytest.approx(min(ratios), rel=1e-12)


@settings(max_examples=20, deadline=None)
@given(x=st.floats(-12, 12), y=st.floats(-12, 12))
@pytest.mark.parametrize("key", EMBEDDINGS)
def test_the_nearest_position_of_a_point_of_the_plane_is_that_point(key, x, y):
    plane = embedding_of(key).plane
    position = torch.tensor([[x, y]], dtype=torch.float64)
    torch.testing.assert_close(plane.positions(plane.weights(position)), position, rtol=0, atol=1e-12)


@settings(max_examples=10, deadline=None)
@given(x=st.floats(-8, 8), y=st.floats(-8, 8))
@pytest.mark.parametrize("key", EMBEDDINGS)
def test_the_loss_of_a_position_is_that_of_its_network(key, x, y):
    embedding = embedding_of(key)
    network = embedding.network
    position = torch.tensor([[x, y]], dtype=torch.float64)
    inputs, targets = network.trained_on
    outputs = sequential(network, embedding.plane.weights(position)[0])(inputs)[:, 0]
    expected = network.example_losses(outputs, targets).mean().item()
    assert embedding.loss(*position.T).item() == pytest.approx(expected, rel=1e-11)


def test_a_map_in_pieces_has_the_same_losses(monkeypatch):
    landscape = SURFACES["network_moons"].landscape
    whole = sample_losses(landscape, (9, 7))
    monkeypatch.setattr("surfaces.network.AT_ONCE", 80 * 16 * 5)
    assert sample_losses(landscape, (9, 7)) == pytest.approx(whole, rel=1e-13)


@pytest.mark.parametrize("key", EMBEDDINGS)
def test_a_map_of_a_network_has_no_minima(key):
    landscape = SURFACES[key].landscape
    assert minima_of(landscape) == ()
    assert landscape.example_count == embedding_of(key).network.training


def test_the_plane_is_computed_once_and_when_it_is_needed():
    computed = []

    def choose(network: Network) -> Plane:
        computed.append(network)
        return random_plane(network)

    embedding = Embedding(network=MOONS, choose=choose, says="", directions=("x", "y"))
    assert computed == []
    assert embedding.plane is embedding.plane
    assert computed == [MOONS]


@pytest.mark.parametrize("key", EMBEDDINGS)
def test_the_watched_weights_are_two_and_change_most_along_the_directions(key):
    embedding = embedding_of(key)
    first, second = embedding.plane.watched
    along, across = embedding.plane.directions.abs()
    assert first != second
    assert along[first] == along.max()
    assert across[second] >= across.sort().values[-2]
    assert plane_facts(embedding)["watched"] == [embedding.network.name(weight) for weight in (first, second)]


def test_batches_are_allowed_where_there_are_examples():
    assert parse_link("surface=network_moons&batch=500&run=adam")[0].batch == 500
    with pytest.raises(ScenarioError, match="batch must be a whole number from 0 to 500"):
        Scenario(surface="network_moons", batch=501, runs=[Run(optimizer="adam")])


def test_surfaces_of_networks_are_three_planes_of_one_and_a_regression():
    planes = {embedding_of(key).choose for key in EMBEDDINGS}
    assert planes == set(PLANES)
    assert {embedding_of(key).network.classes for key in EMBEDDINGS} == {True, False}
