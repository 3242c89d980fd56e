"""What a model predicts is the same in torch and in the browser, and what the browser cannot compute is refused."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.prediction import model_facts, program_of
from components.browser_data import ModelFacts
from datasets import Column, Dataset
from surfaces import SURFACES, Landscape, Model
from surfaces.model import fitted
from tests import node

NUMBERS = st.floats(-4, 4)
DATA = {key: surface.landscape for key, surface in SURFACES.items() if surface.landscape.model is not None}


def table(inputs: int) -> Dataset:
    """Two classes in this many inputs."""
    names = ("first", "second")[:inputs]
    return Dataset(
        key="classes",
        name="Two classes",
        row="one point",
        source="made for tests",
        license="none is needed",
        columns={name: Column(label=name) for name in names} | {"kind": Column(label="kind", classes=("no", "yes"))},
        inputs=names,
        target="kind",
        rows=((0.0,) * inputs + (0.0,), (1.0,) * inputs + (1.0,), (2.0,) * inputs + (1.0,)),
    )


def model(predict, inputs=1, **fields) -> Model:
    """A model of which only the prediction matters."""
    return Model(
        dataset=table(inputs),
        predict=predict,
        example_loss=lambda x, y, inputs, targets: (predict(x, y, inputs) - targets) ** 2,
        weights=("x", "y"),
        **fields,
    )


def landscape(of: Model) -> Landscape:
    return fitted(key="made", model=of, bounds=((-1.0, 1.0), (-1.0, 1.0)), start=(0.0, 0.0))


NETWORKS = {
    key: surface.landscape.embedding.network
    for key, surface in SURFACES.items()
    if surface.landscape.embedding is not None
}

# One model for each operation that the browser knows, and for each form in which torch may write it.
MADE = {
    "arithmetic": lambda x, y, u: (x - y * u[0]) / (2 + u[0] ** 2) - (-x) + 3.0 - u[0],
    "powers": lambda x, y, u: (1 + u[0] ** 2) ** x + 2.0**y + x**3 + torch.sqrt(y.abs()) + (x * x + 1).reciprocal(),
    "exponentials": lambda x, y, u: torch.exp(x * u[0] / 4) + torch.expm1(y / 8) + torch.log1p(u[0] ** 2),
    "logarithm": lambda x, y, u: torch.log(1 + x**2) + y * u[0],
    "neuron": lambda x, y, u: x * torch.tanh(y * u[0]),
    "logistic": lambda x, y, u: torch.sigmoid(x + y * u[0]),
    "waves": lambda x, y, u: torch.sin(x * u[0]) + torch.cos(y + u[0]) + torch.atan(x),
    "kinks": lambda x, y, u: (x * u[0]).abs() + torch.relu(y) + u[0].sign() + torch.maximum(x, y) - torch.minimum(x, y),
    "limits": lambda x, y, u: (x * u[0]).clamp(-1, 1) + y.clamp(min=0) + u[0].clamp(max=2),
    "cases": lambda x, y, u: torch.where(x > u[0], x, y) + (y >= 1).double() + (x < y) * 2.0 + (x <= 1) * 1.0,
    "equal": lambda x, y, u: torch.where(u[0] == 1, x, -y) + torch.zeros_like(x) + torch.ones_like(x),
    "constants": lambda x, y, u: x * math.pi + torch.tensor(0.3) * y + torch.where(u[0] > 0, 1.0, -1.0),
    "softplus": lambda x, y, u: torch.nn.functional.softplus(8 * x * u[0]) + y,
    "a weight": lambda x, _, __: x,
    "the input": lambda _, __, u: u[0],
}
TWO = {
    "plane": lambda x, y, u: torch.sigmoid(x * u[0] + y * u[1] - 0.5),
    "unbound": lambda x, y, u: x * u.unbind()[0] - y * u.unbind()[1],
    "last": lambda x, y, u: x * u[-1] + y * u[-2],
}
MODELS = {
    **{f"surface {key}": landscape.model for key, landscape in DATA.items() if landscape.model is not None},
    **{name: model(predict) for name, predict in MADE.items()},
    **{name: model(predict, inputs=2, boundary=0.5) for name, predict in TWO.items()},
}


@pytest.fixture(scope="module")
def js(tmp_path_factory: pytest.TempPathFactory) -> Iterator[node.Node]:
    running = node.Node(node.lay_out(tmp_path_factory.mktemp("modules")))
    yield running
    running.close()


@cache
def traced(name: str) -> Any:
    """The program of a model, as JSON."""
    return program_of("made", MODELS[name]).model_dump(mode="json")


@pytest.mark.parametrize("name", MODELS)
@settings(max_examples=25)
@given(x=NUMBERS, y=NUMBERS, rows=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=5))
def test_the_browser_predicts_what_torch_predicts(js: node.Node, name, x, y, rows):
    of = MODELS[name]
    count = len(of.dataset.inputs)
    inputs = torch.tensor(rows, dtype=torch.float64).T[:count].contiguous()
    weights = (torch.full_like(inputs[0], value) for value in (x, y))
    expected = of.predict(*weights, inputs).tolist()
    found = js.call("predict", traced(name), x, y, inputs.tolist())
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("key", NETWORKS)
@settings(max_examples=25)
@given(seed=st.integers(0, 99), size=st.floats(0.1, 3), rows=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1))
def test_the_browser_computes_what_a_network_computes_in_torch(js: node.Node, key, seed, size, rows):
    network = NETWORKS[key]
    inputs = torch.tensor(rows, dtype=torch.float64)[:, : len(network.dataset.inputs)]
    weights = (size * network.initial(seed)).float()
    expected = network.outputs(weights[None].double(), inputs)[0].tolist()
    found = js.call("network", network.layers, weights.tolist(), inputs.T.tolist())
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("predict", "operation"),
    [
        (lambda x, y, u: x + torch.erf(y * u[0]), "aten.erf.default"),
        (lambda x, y, u: x * y + u.sum(0), "aten.sum.dim_IntList"),
        (lambda x, y, u: torch.add(x * u[0], y, alpha=2), "alpha"),
        (lambda x, y, u: x + (y * u[0]).float(), "torch.float32"),
    ],
)
def test_an_operation_that_the_browser_does_not_know_is_named(predict, operation):
    with pytest.raises(ValueError, match=f"(?s)landscape 'made': predict must consist of .*{operation}.* Use abs, add"):
        program_of("made", model(predict))


def test_a_number_that_is_infinite_is_refused():
    with pytest.raises(ValueError, match="must be finite: got inf"):
        program_of("made", model(lambda x, y, u: x + y * u[0] * math.inf))


def test_all_inputs_at_once_are_refused():
    with pytest.raises(ValueError, match=r"as inputs\[0\]: got all at once"):
        program_of("made", model(lambda x, y, u: x + y * u))


def test_two_inputs_without_a_boundary_are_refused():
    with pytest.raises(ValueError, match="boundary must be a number: got None"):
        model_facts(landscape(model(TWO["plane"], inputs=2)))


@pytest.mark.parametrize("key", [*DATA, *NETWORKS])
def test_the_facts_of_a_model_are_what_the_browser_is_told(key):
    facts = model_facts(SURFACES[key].landscape)
    assert ModelFacts.model_validate(facts).model_dump(mode="json") == json.loads(json.dumps(facts))


def test_the_facts_have_the_numbers_of_the_data_and_how_the_model_gets_them():
    of = replace(model(MADE["logistic"]), input_scale="standardized", boundary=0.5)
    facts = model_facts(landscape(of))
    assert facts is not None
    assert facts["rows"] == of.dataset.rows
    assert [axis["classes"] for axis in facts["axes"]] == [[], ["no", "yes"]]
    scaled = [(row[0] - facts["shift"][0]) / facts["unit"][0] for row in facts["rows"]]
    assert scaled == of.examples().inputs[0].tolist()
    assert (facts["shift"][1], facts["unit"][1], facts["boundary"]) == (0.0, 1.0, 0.5)


def test_a_landscape_without_data_has_no_facts_of_a_model():
    assert model_facts(SURFACES["hump"].landscape) is None
