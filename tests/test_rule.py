"""The rules as trees: read, computed from floats and tensors, held against torch; what is no rule is refused."""

import math
import warnings
from typing import Any

import numpy as np
import pytest
import torch
from torch.fx.experimental.proxy_tensor import make_fx

from formulas import FormulaError, evaluate, meanings
from optimizers import OPTIMIZERS
from optimizers.evaluate import take_step
from optimizers.rule import read_expression, read_line, read_rule
from trajectories import Run, Scenario, simulate

STEPS, COLUMNS = 40, 19
GRADIENT, STEP = r"g_t \leftarrow \nabla f(\theta_{t-1})", r"\theta_t \leftarrow \theta_{t-1} - \alpha \, g_t"
every_optimizer = pytest.mark.parametrize("key", OPTIMIZERS)


def numbers(*shape, seed=0):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def inside(key, noise=0.0):
    """A walk with its parts; learning rates that are neither very small nor divergent."""
    lr = 0.05 if OPTIMIZERS[key].family == "adaptive" else 0.002
    run = Run(optimizer=key, values={"lr": lr})
    scenario = Scenario(surface="himmelblau", start=(-1.0, 2.0), steps=STEPS, noise=noise, runs=[run])
    return simulate(scenario, parts=True)[0]


def steps_of(key, trajectory):
    """For each step and axis: the values of the symbols of the rule, as they are shown."""
    rule = OPTIMIZERS[key].rule
    shown = {
        name: np.broadcast_to(part.reshape(STEPS + 1, -1), (STEPS + 1, 2)) for name, part in trajectory.parts.items()
    }
    values = {("value", name): value for name, value in trajectory.settings.values.items()}
    for step in range(1, STEPS + 1):
        for axis in (0, 1):
            gradient, before = (float(of[step - 1, axis]) for of in (trajectory.gradients, trajectory.positions))
            known = values | {("gradient",): gradient, ("part", "g", 0): gradient, ("position",): before}
            known |= {("part", name, 0): float(part[step, axis]) for name, part in shown.items()}
            for line in rule.lines[1:]:
                known["part", line.key, 1] = line.initial if step == 1 else float(shown[line.key][step - 1, axis])
            yield step, axis, known | {("step",): step}


@every_optimizer
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_each_line_computes_its_part_and_the_last_the_next_position(key, noise):
    trajectory = inside(key, noise)
    for step, axis, known in steps_of(key, trajectory):
        for line in OPTIMIZERS[key].rule.lines:
            value = evaluate(line.formula, known)
            if line.key == "update":
                assert value == pytest.approx(trajectory.positions[step, axis], rel=1e-10, abs=1e-10)
            else:
                rel = 1e-6 if line.key == "mu_product" else 1e-10  # the former is kept in single precision
                assert value == pytest.approx(known["part", line.key, 0], rel=rel, abs=1e-14), line.key


@every_optimizer
def test_the_effective_step_is_a_number_above_zero(key):
    for _, _, known in steps_of(key, inside(key)):
        assert evaluate(OPTIMIZERS[key].rule.rate, known) > 0


def test_a_symbol_has_the_same_meaning_in_every_rule():
    lines = {line.key: line for line in OPTIMIZERS["adam"].rule.lines}
    kept, new = ("value", "beta1"), ("part", "g", 0)
    assert list(meanings(lines["m"].formula)) == [kept, ("part", "m", 1), kept, new]
    assert list(meanings(lines["g"].formula)) == [("gradient",)]
    assert {line.key: line.initial for line in OPTIMIZERS["nadam"].rule.lines}["mu_product"] == 1.0
    assert OPTIMIZERS["nadam"].rule.remembered == {"m", "v", "mu_product"}


def test_the_first_step_of_adam_by_hand():
    """The learning rate against the gradient's sign, read off the tree."""
    adam = OPTIMIZERS["adam"]
    assert take_step(adam.rule, adam.defaults, -30.0, 1.0, 1, {})["update"] == pytest.approx(0.001, rel=1e-6)


# Arithmetic

CASES = r"\begin{cases} 1 & \alpha > 1 \\ 2 & \alpha t > 1 \\ 3 & \text{otherwise} \end{cases}"
NAMES = {r"\alpha": ("value", "lr"), "t": ("step",)}


@pytest.mark.parametrize("of", [float, lambda value: torch.full((2, 3), value, dtype=torch.float64)])
@pytest.mark.parametrize(
    ("latex", "value"),
    [
        (r"2 - 3 - 4 \alpha / \alpha", -5.0),
        (r"12 / 2 \alpha", 3.0),
        (r"-2^2 + \sqrt{9} \alpha / \alpha", -1.0),
        (r"\tfrac{1}{4} \alpha^{2 t}", 0.25 * 0.5**6),
        (r"\max(|1 - 3|, \, \alpha)", 2.0),
        (r"\max(\alpha, \, |1 - 3|)", 2.0),
        (CASES, 2.0),
    ],
)
def test_operators_have_the_usual_precedence(latex, value, of):
    computed = evaluate(read_line(rf"x_t \leftarrow {latex}", NAMES)[1], {("value", "lr"): of(0.5), ("step",): 3})
    assert np.unique(np.asarray(computed)).tolist() == [value]
    assert isinstance(computed, float) == (of is float)


def test_cases_are_chosen_element_by_element_and_a_branch_that_is_not_taken_may_have_no_value():
    lr = torch.tensor([[2.0, 0.5, 0.1]], dtype=torch.float64)
    assert evaluate(read_expression(CASES, NAMES), {("value", "lr"): lr, ("step",): 3}).tolist() == [[1.0, 2.0, 3.0]]
    root = read_expression(r"\begin{cases} \sqrt{\alpha} & \alpha > 0 \\ 1 / t & \text{otherwise} \end{cases}", NAMES)
    lr = torch.tensor([4.0, -1.0], dtype=torch.float64)
    assert evaluate(root, {("value", "lr"): lr, ("step",): 2.0}).tolist() == [2.0, 0.5]


@pytest.mark.parametrize("latex", [r"\alpha / t", r"\sqrt{\alpha}", r"\alpha^t", r"\max(\alpha, t)", r"|\alpha|"])
def test_floats_overflow_divide_by_zero_and_take_roots_as_tensors_do(latex):
    node, odd = read_expression(latex, NAMES), [0.0, -0.0, 1.0, -2.5, 1e200, math.inf, -math.inf, math.nan]
    for alpha in odd:
        for t in odd:
            plain = evaluate(node, {("value", "lr"): alpha, ("step",): t})
            one, other = (torch.tensor(value, dtype=torch.float64) for value in (alpha, t))
            assert isinstance(plain, float)
            computed = evaluate(node, {("value", "lr"): one, ("step",): other}).item()
            assert plain == computed or (math.isnan(plain) and math.isnan(computed)), (alpha, t)


# Tensors


def spread(key):
    """Hyperparameters that differ from column to column, as tensors, and as the floats of each column."""
    spec = OPTIMIZERS[key]
    shares = torch.linspace(0.0, 1.0, COLUMNS, dtype=torch.float64)
    columns = {h.name: torch.full_like(shares, h.default) for h in spec.hyperparameters}
    for h in spec.hyperparameters:
        if h.scale == "complement":
            columns[h.name] = 1 - (1 - h.low) * ((1 - h.high) / (1 - h.low)) ** shares
        elif h.scale == "switch":
            columns[h.name] = ((shares * COLUMNS).round() % 2).double()
    columns["lr"] = 0.1 * spec.defaults["lr"] * 100**shares
    return columns, [{name: float(of[i]) for name, of in columns.items()} for i in range(COLUMNS)]


@every_optimizer
def test_columns_with_their_own_hyperparameters_step_as_if_alone(key):
    """Alone as a tensor and alone as two floats: only the power of a vector may be rounded another way."""
    rule, (together, alone) = OPTIMIZERS[key].rule, spread(key)
    gradients, start = numbers(STEPS, 2, COLUMNS), numbers(2, COLUMNS, seed=1)
    step: dict[str, Any] = {"position": start}
    for t, gradient in enumerate(gradients, start=1):
        step = take_step(rule, together, gradient, step["position"], t, step)
    for column in range(0, COLUMNS, 3):
        single: dict[str, Any] = {"position": start[:, column]}
        plain: dict[str, Any] = {"position": float(start[1, column])}
        for t, gradient in enumerate(gradients[:, :, column], start=1):
            single = take_step(rule, alone[column], gradient, single["position"], t, single)
            plain = take_step(rule, alone[column], float(gradient[1]), plain["position"], t, plain)
        for name, number in single.items():
            expected = torch.as_tensor(step[name]).expand(2, COLUMNS)[:, column]
            found = torch.as_tensor(number, dtype=torch.float64).expand(2)
            torch.testing.assert_close(found, expected, rtol=1e-11, atol=1e-13)
            assert float(found[1]) == pytest.approx(plain[name], rel=1e-13, abs=1e-300)


@every_optimizer
def test_a_step_can_be_traced(key):
    """Recorded at one step, by either tracer, and replayed at others, in both branches of every case."""
    rule, names = OPTIMIZERS[key].rule, list(OPTIMIZERS[key].defaults)
    remembered = sorted(rule.remembered)

    def step(gradient, position, t, *rest):
        values = dict(zip(names, rest[: len(names)], strict=True))
        memory = dict(zip(remembered, rest[len(names) :], strict=True))
        taken = take_step(rule, values, gradient, position, t, memory)
        return tuple(result for result in taken.values() if isinstance(result, torch.Tensor))

    def arguments(t):
        values = [spread(key)[0][name] for name in names]
        memory = [numbers(2, COLUMNS, seed=t + i).square() for i, _ in enumerate(remembered)]
        number = torch.tensor(t, dtype=torch.float64)
        return (numbers(2, COLUMNS, seed=t), numbers(2, COLUMNS, seed=t + 9), number, *values, *memory)

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*torch\.jit\..*", category=DeprecationWarning)
        traced = [make_fx(step)(*arguments(2)), torch.jit.trace(step, arguments(2))]
        for replay in traced:
            for t in (1, 2, 50):
                for result, expected in zip(replay(*arguments(t)), step(*arguments(t)), strict=True):
                    torch.testing.assert_close(result, expected, rtol=1e-13, atol=0, equal_nan=True)


# Refusals


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"x_t \leftarrow \gamma", r"\\gamma has no meaning"),
        (r"x_t \leftarrow 1 +", "cannot be parsed"),
        (r"x_t = 1", "cannot be parsed"),
        (r"x_t \leftarrow \int 1", r"\\int has no meaning"),
        (r"x_t \leftarrow \begin{cases} 1 & 2 > 1 \end{cases}", "cannot be parsed"),
        (r"x_t \leftarrow 1, \quad y_0 = 2", "the value before the first step must be that of x_0: got y_0"),
        ("", "cannot be parsed"),
    ],
)
def test_a_formula_that_cannot_be_parsed_is_refused(latex, message):
    with pytest.raises(FormulaError, match=message):
        read_line(latex, {})


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            {"g": GRADIENT, "a": r"a_t \leftarrow b_t", "b": r"b_t \leftarrow g_t", "update": STEP},
            "line 'a': .*b_t has no meaning",
        ),
        ({"g": GRADIENT, "a": r"a_t \leftarrow g_{t-1}", "update": STEP}, "line 'a': .*has no meaning"),
        ({"g": GRADIENT, "a": r"g_t \leftarrow 2", "update": STEP}, "line 'a': g_t would have two meanings"),
        ({"g": GRADIENT, "a": r"\alpha \leftarrow 2", "update": STEP}, r"line 'a': \\alpha would have two meanings"),
        (
            {"g": GRADIENT, "position": r"a_t \leftarrow 2", "update": STEP},
            "line 'position': no line may have this name",
        ),
        ({"g": r"g_t \leftarrow 2 \nabla f(\theta_{t-1})", "update": STEP}, "line 'g': the first line, and no other"),
        ({"g": GRADIENT, "a": r"a_t \leftarrow \nabla f(\theta_{t-1})", "update": STEP}, "line 'a': the first line"),
        (
            {"a": r"a_t \leftarrow 2", "g": GRADIENT, "update": STEP},
            "line 'a': the first line, and no other, must be g",
        ),
        ({"g": GRADIENT, "update": STEP, "a": r"a_t \leftarrow 2"}, "line 'update': the last line, and no other"),
        (
            {"g": GRADIENT, "update": r"\theta_t \leftarrow \alpha g_t"},
            "line 'update': it must begin with the position",
        ),
    ],
)
def test_lines_that_are_no_rule_are_refused(lines, message):
    with pytest.raises(FormulaError, match=message):
        read_rule(lines, r"\alpha", {r"\alpha": "lr"})
