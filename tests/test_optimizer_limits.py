"""What an optimizer's record declares impossible: true of torch's classes, and refused in one sentence."""

import pkgutil
import sys
from dataclasses import replace

import pytest
import torch

import optimizers
from discovery import discover
from optimizers import OPTIMIZERS, OptimizerSpec
from optimizers.base import FAMILIES
from trajectories import Run, Scenario, simulate


def forged(torch_class, **limits):
    """SGD's record around another class of torch's."""
    label = torch_class.__name__
    return replace(OPTIMIZERS["sgd"], label=label, torch_class=torch_class, arguments={"lr": "lr"}, **limits)


ADAFACTOR = forged(torch.optim.Adafactor, elementwise=False)
LBFGS = forged(torch.optim.LBFGS, needs_closure=True)
MUON = forged(torch.optim.Muon, elementwise=False, shape=(None, None))


@pytest.mark.parametrize(
    ("spec", "ensemble", "sentence"),
    [
        (ADAFACTOR, False, None),
        (ADAFACTOR, True, "Adafactor mixes the columns of a tensor: its walks cannot be stepped as one ensemble."),
        (LBFGS, False, "LBFGS evaluates the loss within its step: it cannot be stepped with a gradient alone."),
        (LBFGS, True, "LBFGS evaluates the loss within its step: it cannot be stepped with a gradient alone."),
        (MUON, False, "Muon needs the shape (any, any): the shape (2,) cannot be stepped by it."),
        (MUON, True, "Muon mixes the columns of a tensor: its walks cannot be stepped as one ensemble."),
        (replace(MUON, elementwise=True), True, None),
        (replace(MUON, elementwise=True, shape=(3, None)), True, "Muon needs the shape (3, any): the shape (2, any) "
         "cannot be stepped by it."),
        *((spec, ensemble, None) for spec in OPTIMIZERS.values() for ensemble in (False, True)),
    ],
)  # fmt: skip
def test_what_cannot_be_stepped_is_refused(spec: OptimizerSpec, ensemble: bool, sentence: str | None) -> None:
    assert spec.refusal(ensemble=ensemble) == sentence


def first_step(spec, position, gradient):
    position, position.grad = position.clone(), None
    position.grad = gradient.clone()
    spec.build([position], lr=0.1).step()
    return position


def test_torch_refuses_the_same_classes() -> None:
    positions = torch.tensor([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]], dtype=torch.float64)
    together = first_step(ADAFACTOR, positions, 10 * positions**3)
    alone = [first_step(ADAFACTOR, positions[:, [i]], 10 * positions[:, [i]] ** 3) for i in range(3)]
    assert (together - torch.cat(alone, 1)).abs().max() > 1e-3, "columns are mixed"
    with pytest.raises(TypeError, match="closure"):
        first_step(LBFGS, positions, positions)
    with pytest.raises(ValueError, match="2D"):
        MUON.build([torch.zeros(2)], lr=0.1)


def test_a_walk_is_refused_with_the_records_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trajectories.stepping.OPTIMIZERS", {"sgd": LBFGS})
    with pytest.raises(ValueError, match="LBFGS evaluates the loss within its step"):
        simulate(Scenario(surface="booth", steps=2, runs=[Run(optimizer="sgd")]))


def test_only_what_optimizers_are_made_of_holds_no_record() -> None:
    modules = {module.name for module in pkgutil.iter_modules(optimizers.__path__)}
    assert modules == OPTIMIZERS.keys() | set(optimizers.MACHINERY)
    with pytest.raises(TypeError, match=r"optimizers/\w+\.py must define OPTIMIZER, a OptimizerSpec: got None"):
        discover(sys.modules["optimizers"], "OPTIMIZER", OptimizerSpec, FAMILIES, machinery=("base",))
