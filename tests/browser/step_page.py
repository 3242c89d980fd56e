"""What tests read from the inside of a step, and how they check it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from formulas import evaluate, meanings
from optimizers import OPTIMIZERS
from tests.browser.stage_page import StagePage
from tests.formula_tree import fill, settle
from trajectories import Trajectory

READ = """() => [...document.querySelectorAll('.step-panel .line')].map((line) => ({
    key: line.dataset.line,
    rows: [...line.querySelectorAll('.numbers')].map((row) => ({
        given: [...row.querySelectorAll('.sum [data-exact]')].map((number) => number.dataset.exact),
        result: row.querySelector('.result').dataset.exact,
    })),
}))"""

WHOLE = """() => [...document.querySelectorAll('.whole-step .rows')].map((rows) =>
    [...rows.querySelectorAll('.numbers')].map((row) =>
        [...row.querySelectorAll('[data-exact]')].map((number) => number.dataset.exact)))"""


class StepPage(StagePage):
    """A page with the inside of a step on it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = page.get_by_role("region", name="Inside one step")

    def open_inside(self, run: int) -> None:
        """Open the inside of a run's steps by the button on its card."""
        self.stage.locator(".card").nth(run).locator(".look").click()
        expect(self.panel.get_by_role("heading")).to_contain_text("Inside")
        self.arrived()

    def choose_run(self, run: int) -> None:
        """Show the inside of another run, and wait until its parts have arrived: `seek` needs them."""
        self.panel.get_by_label("Run").select_option(str(run))
        self.arrived()

    def seek(self, step: int) -> None:
        """Put the playhead there by the scrubber."""
        self.stage.locator(".scrubber").fill(str(step))
        expect(self.stage).to_have_attribute("data-step", str(step))

    def inside(self, step: int) -> None:
        """Wait until the panel shows the step of that number."""
        expect(self.panel).to_have_attribute("data-step", str(step))

    def selected_line(self) -> str | None:
        """The key of the selected line."""
        return self.panel.locator(".line[data-lit]").get_attribute("data-line")


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("∞", "inf"))


def assert_adds_up(lines: list[dict[str, Any]], trajectory: Trajectory, step: int) -> None:
    """The numbers on the screen are those of torch; the displayed formula computes the next position from them."""
    spec = OPTIMIZERS[trajectory.settings.optimizer]
    assert [line["key"] for line in lines] == list(spec.parts)
    for shown, line in zip(lines, spec.rule.lines, strict=True):
        assert len(shown["rows"]) == (1 if spec.parts[line.key].drawn == "number" else 2)
        for axis, row in enumerate(shown["rows"]):
            result = number(row["result"])
            if line.key == "update":
                assert result == trajectory.positions[step, axis]
            elif line.key == "g":
                assert [number(text) for text in row["given"][0].split(", ")] == list(trajectory.positions[step - 1])
                assert result == trajectory.gradients[step - 1, axis]
                continue
            else:
                part = trajectory.parts[line.key].reshape(len(trajectory.positions), -1)
                assert result == part[step, axis % part.shape[1]]
            through = evaluate(filled(line.formula, row["given"], trajectory, step), {})
            single = line.key == "mu_product"  # torch keeps it in single precision
            assert through == pytest.approx(result, rel=1e-6 if single else 1e-10, abs=1e-10)


def assert_moves(whole: list[list[list[str]]], trajectory: Trajectory, step: int) -> None:
    """The step at the head of the panel goes from torch's position to torch's next one."""
    steps, positions = whole
    for axis, (given, row) in enumerate(zip(steps, positions, strict=True)):
        before, added, after = map(number, row)
        assert before == trajectory.positions[step - 1, axis]
        assert after == trajectory.positions[step, axis]
        assert number(given[-1]) == added
        assert before + added == pytest.approx(after, rel=1e-9, abs=1e-12)


def filled(formula: Any, given: list[str], trajectory: Trajectory, step: int) -> Any:
    """The formula, its cases decided by torch's numbers, and its symbols replaced by the numbers on the screen."""
    known: dict[Any, Any] = {("value", name): value for name, value in trajectory.settings.values.items()}
    known |= {("part", key, 0): part[step] for key, part in trajectory.parts.items() if part.ndim == 1}
    formula = settle(formula, known | {("step",): step})
    assert len(list(meanings(formula))) == len(given)
    return fill(formula, map(number, given))
