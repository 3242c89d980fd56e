"""Every optimizer's rule, as tensors, against its class: 200 steps on every surface, all of them taken at once."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch

from optimizers import OPTIMIZERS
from optimizers.evaluate import take_step
from tests.optimizer_walks import OURS, STEPS, gradient_of, values_of
from tests.two_weights import TWO_WEIGHTS

# With so few numbers more threads only add waiting.
torch.set_num_threads(1)

# How far a walk by the rule may be from the class's, in shares of the largest coordinate. The rule rounds after every
# operation; torch's kernels fuse a multiplication and an addition and round once, which differs in the last bit.
LAST_BITS = 1e-13
FURTHER = {
    "adamw": 1e-12,  # torch multiplies the position by 1 - lr * weight_decay, rounded: the same way at every step
    "nadam": 1e-9,  # torch keeps the product of the momenta in single precision
}
every_optimizer = pytest.mark.parametrize("key", OPTIMIZERS)
every_surface = pytest.mark.parametrize("surface", TWO_WEIGHTS)


class Paths(NamedTuple):
    """One optimizer: positions after each step, and the state of torch beside the state that the rule computes."""

    by_class: Any  # (steps, 2, surfaces)
    by_rule: Any
    state: dict[str, tuple[Any, Any]]  # by the line's key: torch's and the rule's, (steps, 2, surfaces) or (steps,)


@cache
def paths() -> dict[str, Paths]:
    """By optimizer: from each surface's own start, (2, surfaces) at once."""
    start = torch.tensor(
        [surface.landscape.start for surface in TWO_WEIGHTS.values()], dtype=torch.float64
    ).T.contiguous()
    values = {key: values_of(spec, "default") for key, spec in OPTIMIZERS.items()}
    own = {key: start.clone() for key in OPTIMIZERS}
    ruled, memory = dict.fromkeys(OPTIMIZERS, start), dict[str, Any].fromkeys(OPTIMIZERS, {})
    optimizers = {key: spec.build([own[key]], **values[key]) for key, spec in OPTIMIZERS.items()}
    taken: dict[str, list[Any]] = {key: [] for key in OPTIMIZERS}
    for t in range(1, STEPS + 1):
        gradients = gradients_at(torch.stack((*own.values(), *ruled.values())))
        for index, (key, spec) in enumerate(OPTIMIZERS.items()):
            own_gradient, gradient = gradients[index], gradients[len(OPTIMIZERS) + index]
            own[key].grad = own_gradient
            before, kept_before = own[key].clone(), kept(key, optimizers[key].state.get(own[key], {}))
            optimizers[key].step()
            kept_after = kept(key, optimizers[key].state.get(own[key], {}))
            single = take_step(spec.rule, values[key], own_gradient, before, t, kept_before)
            memory[key] = take_step(spec.rule, values[key], gradient, ruled[key], t, memory[key])
            ruled[key] = memory[key]["position"]
            pairs = {name: (torchs, single[name]) for name, torchs in kept_after.items()}
            taken[key].append((own[key].clone(), ruled[key], pairs))
    return {
        key: Paths(
            np.array([by_class.numpy() for by_class, _, _ in steps]),
            np.array([by_rule.numpy() for _, by_rule, _ in steps]),
            {name: tuple(np.array([step[2][name][i] for step in steps]) for i in (0, 1)) for name in steps[-1][2]},
        )
        for key, steps in taken.items()
    }


def kept(key: str, state: Any) -> dict[str, Any]:
    return {
        line: state[name].to(torch.float64, copy=True) for line, name in OPTIMIZERS[key].state.items() if name in state
    }


def gradients_at(positions: Any) -> Any:
    """The gradients, of the shape of the positions, (walks, 2, surfaces)."""
    columns = [gradient_of(surface, positions[:, :, index].T).T for index, surface in enumerate(TWO_WEIGHTS)]
    return torch.tensor(np.stack(columns, axis=2)).contiguous()  # as torch's fused kernels take them for granted


@every_surface
@every_optimizer
def test_the_rule_computes_the_positions_of_the_class(key: str, surface: str) -> None:
    column = list(TWO_WEIGHTS).index(surface)
    by_class, by_rule = (path[:, :, column] for path in paths()[key][:2])
    assert np.abs(by_class[-1] - np.array(TWO_WEIGHTS[surface].landscape.start)).max() != 0, "it went somewhere"
    if key in OURS:  # its class has the rule's own arithmetic
        np.testing.assert_array_equal(by_rule, by_class)
        return
    rtol = FURTHER.get(key, LAST_BITS)
    scale = np.maximum(1.0, np.abs(by_class).max(axis=1, keepdims=True))
    finite = np.isfinite(by_class)
    np.testing.assert_array_equal(finite, np.isfinite(by_rule))
    np.testing.assert_allclose((by_rule / scale)[finite], (by_class / scale)[finite], rtol=0, atol=rtol)


@every_optimizer
def test_the_rule_computes_the_state_of_torch(key: str) -> None:
    """Each step starts from the numbers of torch at the step before, so that no difference accumulates."""
    state = paths()[key].state
    assert state.keys() == OPTIMIZERS[key].state.keys()
    for name, (torchs, rules) in state.items():
        finite = np.isfinite(torchs)
        rtol = 1e-6 if name == "mu_product" else 1e-12  # the former is in single precision
        scale = np.abs(torchs[finite]).max()
        np.testing.assert_allclose(rules[finite], torchs[finite], rtol=rtol, atol=1e-15 * scale, err_msg=name)
