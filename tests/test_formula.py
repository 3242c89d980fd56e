"""The displayed rules as trees: each reads, computes what torch did, and refuses what it cannot read."""

import json
import math

import numpy as np
import pytest

from charts.formula import FormulaError, letter, read_line, read_rule, rules_payload
from charts.theme import THEMES
from optimizers import OPTIMIZERS
from tests.formula_tree import compute, symbols
from trajectories import Run, Scenario, simulate

STEPS = 40
every_optimizer = pytest.mark.parametrize("key", OPTIMIZERS)


def inside(key, noise=0.0):
    """A walk with its parts; learning rates that neither crawl nor fly."""
    lr = 0.05 if OPTIMIZERS[key].family == "adaptive" else 0.002
    run = Run(optimizer=key, values={"lr": lr})
    scenario = Scenario(surface="himmelblau", start=(-1.0, 2.0), steps=STEPS, noise=noise, runs=[run])
    return simulate(scenario, anatomy=True)[0]


def look(walked, lines, step, axis):
    """What symbols stand for in a step, read from the record."""
    initial = {line["key"]: line["initial"] for line in lines}

    def value(of):
        match of:
            case ["gradient"] | ["part", "g", 0]:
                return walked.gradients[step - 1, axis]
            case ["position"]:
                return walked.positions[step - 1, axis]
            case ["step"]:
                return step
            case ["value", name]:
                return walked.settings.values[name]
            case ["part", key, back]:
                part = walked.anatomy[key].reshape(STEPS + 1, -1)
                return initial[key] if step - back < 1 else part[step - back, axis % part.shape[1]]
        raise AssertionError(of)

    return value


@every_optimizer
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_each_line_computes_its_part_and_the_last_the_next_position(key, noise):
    rule, walked = read_rule(key), inside(key, noise)
    single = key == "nadam"  # torch keeps its product of momenta in single precision
    for step in range(1, STEPS + 1):
        for axis in (0, 1):
            known = look(walked, rule["lines"], step, axis)
            for line in rule["lines"]:
                value = compute(line["formula"], known)
                if line["key"] == "update":
                    assert value == pytest.approx(walked.positions[step, axis], rel=1e-10, abs=1e-10)
                else:
                    rel = 1e-6 if single and line["key"] == "mu_product" else 1e-10
                    assert value == pytest.approx(known(["part", line["key"], 0]), rel=rel, abs=1e-14), line["key"]


@every_optimizer
def test_the_effective_step_is_a_number_above_zero(key):
    rule, walked = read_rule(key), inside(key)
    for step in (1, 2, STEPS):
        for axis in (0, 1):
            assert compute(rule["rate"], look(walked, rule["lines"], step, axis)) > 0


@every_optimizer
def test_every_line_has_its_words_and_its_look(key):
    lines = read_rule(key)["lines"]
    assert [line["key"] for line in lines] == list(OPTIMIZERS[key].update_latex)
    for line in lines:
        part = OPTIMIZERS[key].parts[line["key"]]
        assert (line["label"], line["help"], line["drawn"], line["ink"]) == (
            part.label,
            part.help,
            part.drawn,
            part.ink,
        )
        assert all(part.ink in theme.inks for theme in THEMES.values())
        assert line["letter"]["text"]


def test_symbols_are_told_from_what_they_stand_for():
    lines = {line["key"]: line for line in read_rule("adam")["lines"]}
    assert [of for _, _, of in symbols(lines["m"]["formula"])] == [
        ["value", "beta1"],
        ["part", "m", 1],
        ["value", "beta1"],
        ["part", "g", 0],
    ]
    assert letter(r"\hat v_t") == {"text": "v", "accent": "^", "sup": None, "sub": "t"}
    assert letter(r"v^{\max}_{t-1}") == {"text": "v", "accent": None, "sup": "max", "sub": "t−1"}
    assert {line["key"]: line["initial"] for line in read_rule("nadam")["lines"]}["mu_product"] == 1.0


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        (r"x_t \leftarrow 2 - 3 - 4", -5.0),
        (r"x_t \leftarrow 12 / 2 \alpha", 3.0),
        (r"x_t \leftarrow -2^2 + \sqrt{9}", -1.0),
        (r"x_t \leftarrow \tfrac{1}{4} \alpha^{2 t}", 0.25 * 0.5**6),
        (r"x_t \leftarrow \max(|1 - 3|, \, \alpha)", 2.0),
        (
            r"x_t \leftarrow \begin{cases} 1 & \alpha > 1 \\ 2 & \alpha t > 1 \\ 3 & \text{otherwise} \end{cases}",
            2.0,
        ),
    ],
)
def test_arithmetic_is_as_people_read_it(latex, value):
    names = {r"\alpha": ["value", "lr"], "t": ["step"]}
    known = {"value": 0.5, "step": 3}
    assert compute(read_line(latex, names)[1], lambda of: known[of[0]]) == value


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"x_t \leftarrow \gamma", r"\\gamma stands for nothing"),
        (r"x_t \leftarrow 1 +", "cannot be read on"),
        (r"x_t = 1", "cannot be read on"),
        (r"\chi_t \leftarrow 1", r"\\chi is no letter that can be drawn"),
        (r"x_t \leftarrow \int 1", r"\\int stands for nothing"),
        ("", "cannot be read on"),
    ],
)
def test_what_cannot_be_read_is_said(latex, message):
    with pytest.raises(FormulaError, match=message):
        read_line(latex, {})


def test_the_document_for_the_browser_holds_every_rule():
    rules = json.loads(rules_payload())
    assert rules == {key: read_rule(key) for key in OPTIMIZERS}
    assert not any(math.isnan(line["initial"]) for rule in rules.values() for line in rule["lines"])


def test_the_first_step_of_adam_by_hand():
    """The learning rate against the gradient's sign, read off the tree."""
    rule, walked = read_rule("adam"), inside("adam")
    known = look(walked, rule["lines"], 1, 0)
    moved = compute(rule["lines"][-1]["formula"], known) - walked.positions[0, 0]
    assert moved == pytest.approx(-0.05 * np.sign(walked.gradients[0, 0]), rel=1e-6)
