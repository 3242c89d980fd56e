"""Every surface from data is the mean loss of its model over its dataset: compared with plain Python loops."""

import math
import random
import statistics

import pytest
import torch

from surfaces import SURFACES, refitted
from trajectories.examples import autograd_examples, examples_agree, trace_examples, trace_losses
from trajectories.gradient import autograd_evaluator

FITTED = {key: surface.landscape for key, surface in SURFACES.items() if surface.family == "data"}
each_fitted = pytest.mark.parametrize("landscape", FITTED.values(), ids=FITTED)


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def positions(landscape, count=12):
    """The start and other points of the map, as pairs of floats."""
    chance = random.Random(landscape.key)
    return [
        landscape.start,
        *((chance.uniform(*landscape.bounds[0]), chance.uniform(*landscape.bounds[1])) for _ in range(count - 1)),
    ]


def scaled_rows(landscape):
    """The dataset's rows as the model gets them, computed without torch."""
    model = landscape.model
    columns = [list(column) for column in zip(*model.dataset.rows, strict=True)]
    scales = [model.input_scale] * (len(columns) - 1) + [model.target_scale]
    for place, (column, scale) in enumerate(zip(columns, scales, strict=True)):
        if scale == "standardized":
            mean, spread = statistics.fmean(column), statistics.pstdev(column)
            columns[place] = [(value - mean) / spread for value in column]
    return list(zip(*columns, strict=True))


def example(landscape, x, y, row):
    """Prediction and loss of one example at one position, each a float."""
    *given, target = (tensor([value]) for value in row)
    x, y, inputs = tensor([x]), tensor([y]), torch.stack(given)
    model = landscape.model
    return model.predict(x, y, inputs).item(), model.example_loss(x, y, inputs, target).item()


@each_fitted
def test_the_loss_is_the_mean_over_the_examples(landscape):
    rows = scaled_rows(landscape)
    for x, y in positions(landscape):
        mean = math.fsum(example(landscape, x, y, row)[1] for row in rows) / len(rows)
        loss = landscape.loss(tensor(x), tensor(y)).item()
        assert loss == pytest.approx(mean, rel=1e-12, abs=1e-12)


@each_fitted
def test_the_loss_of_an_example_depends_on_the_weights_only_through_its_prediction(landscape):
    """By the chain rule its gradient is then a multiple of the prediction's, and zero where that is zero."""
    model, examples = landscape.model, landscape.examples
    for at in positions(landscape, 5):
        x, y = (torch.full_like(examples.targets, value, requires_grad=True) for value in at)
        of_prediction, of_loss = (
            torch.stack(torch.autograd.grad(values.sum(), (x, y), materialize_grads=True))
            for values in (
                model.predict(x, y, examples.inputs),
                model.example_loss(x, y, examples.inputs, examples.targets),
            )
        )
        assert of_loss.abs().sum() > 0
        size = of_prediction.norm(dim=0) * of_loss.norm(dim=0)
        across = of_prediction[0] * of_loss[1] - of_prediction[1] * of_loss[0]
        assert (across.abs() <= 1e-12 * size).all()
        assert (of_loss[:, of_prediction.norm(dim=0) == 0] == 0).all()


@each_fitted
def test_a_right_prediction_has_no_higher_loss_than_a_wrong_one(landscape):
    model, examples = landscape.model, landscape.examples
    x, y = (torch.full_like(examples.targets, value) for value in landscape.start)
    predicted, targets = model.predict(x, y, examples.inputs), examples.targets
    losses = model.example_loss(x, y, examples.inputs, targets)
    if model.boundary is None:
        assert (model.example_loss(x, y, examples.inputs, predicted) <= losses).all()
    else:
        right = (predicted > model.boundary) == (targets > 0.5)
        other = model.example_loss(x, y, examples.inputs, 1 - targets)
        assert torch.where(right, losses <= other, other <= losses).all()


@each_fitted
def test_examples_are_scaled_as_the_model_says(landscape):
    examples = landscape.examples
    found = torch.cat((examples.inputs, examples.targets[None])).T
    torch.testing.assert_close(found, tensor(scaled_rows(landscape)), rtol=1e-12, atol=1e-12)
    back = found * examples.unit + examples.shift
    torch.testing.assert_close(back, tensor(landscape.model.dataset.rows), rtol=1e-12, atol=1e-12)
    scales = [landscape.model.input_scale] * len(examples.inputs) + [landscape.model.target_scale]
    for column, scale in zip(found.T, scales, strict=True):
        if scale == "standardized":
            assert column.mean().item() == pytest.approx(0, abs=1e-12)
            assert column.std(correction=0).item() == pytest.approx(1, abs=1e-12)


@each_fitted
def test_weights_and_classes_are_named(landscape):
    model = landscape.model
    assert len(set(model.weights)) == 2
    assert all(name == name.strip() != "" and len(name) <= 60 for name in model.weights)
    target = model.dataset.axes[-1]
    assert (model.boundary is not None) == bool(target.classes)
    if target.classes:
        assert len(target.classes) == 2
        assert model.target_scale == "raw"


@each_fitted
def test_the_gradient_is_the_mean_of_the_gradients_of_the_examples(landscape):
    at = tensor(positions(landscape)).T.contiguous()
    each = autograd_examples(landscape.model)(at, landscape.examples.inputs, landscape.examples.targets)
    assert each.shape == (3, at.shape[1], landscape.examples.count)
    torch.testing.assert_close(autograd_evaluator(landscape)(at), each.mean(2), rtol=1e-12, atol=1e-12)


@each_fitted
def test_the_trace_has_the_bits_of_autograd_for_any_number_of_examples(landscape):
    model = landscape.model
    traced = trace_examples(model)
    assert examples_agree(model, traced, trace_losses(model))
    at = tensor(positions(landscape)).T.contiguous()
    inputs, targets = landscape.examples.inputs, landscape.examples.targets
    for count in (1, 2, 7, landscape.examples.count):
        some = inputs[:, :count].contiguous(), targets[:count].contiguous()
        with torch.inference_mode():
            found = traced(at, *some)
        assert torch.equal(found, autograd_examples(model)(at, *some))


@each_fitted
def test_the_order_and_the_number_of_the_examples_do_not_matter(landscape):
    rows = landscape.model.dataset.rows
    at = tensor(positions(landscape)).T
    expected = landscape.loss(*at)
    for other in (rows[::-1], rows + rows):
        again = refitted(landscape, "again", other)
        torch.testing.assert_close(again.loss(*at), expected, rtol=1e-12, atol=1e-12)
        assert again.critical_points == ()
    fewer = refitted(landscape, "fewer", rows[: len(rows) // 2])
    assert (fewer.loss(*at) != expected).any()


def test_losses_in_pieces_are_the_same(monkeypatch):
    landscape = FITTED["old_faithful"]
    x, y = tensor(positions(landscape, 200)).T
    whole = landscape.loss(x, y)
    monkeypatch.setattr("surfaces.model.AT_ONCE", 700)
    torch.testing.assert_close(landscape.loss(x.reshape(2, 100), y.reshape(2, 100)), whole.reshape(2, 100))


def test_a_column_of_equal_values_is_not_divided_by_zero():
    landscape = FITTED["cars_standardized"]
    level = refitted(landscape, "level", ((3.0, 1.0), (3.0, 2.0)))
    assert level.examples.inputs.tolist() == [[0.0, 0.0]]
    assert level.loss(tensor(1.5), tensor(9.0)).item() == pytest.approx(0.25)
