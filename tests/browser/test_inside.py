"""The numbers inside a step are torch's, in a real browser, and the drawing adds up."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from optimizers import OPTIMIZERS
from tests.browser.step_page import READ, WHOLE, StepPage, assert_adds_up, assert_moves
from trajectories import MAX_RUNS, simulate

HUMP = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=momentum:lr=0.07&run=adam:lr=0.3"


@pytest.mark.parametrize("keys", [tuple(OPTIMIZERS)[i : i + MAX_RUNS] for i in range(0, len(OPTIMIZERS), MAX_RUNS)])
def test_the_numbers_through_the_formula_give_torchs_next_position(page: Page, keys: tuple[str, ...]) -> None:
    lr = {key: 0.05 if OPTIMIZERS[key].family == "adaptive" else 0.002 for key in keys}
    runs = "&".join(f"run={key}:lr={lr[key]}" for key in keys)
    step_page = StepPage(page)
    step_page.open(f"/?surface=himmelblau&start=-1,2&steps=40&{runs}")
    step_page.finish()
    walks = simulate(step_page.scenario, parts=True)
    step_page.open_inside(0)
    for run, walked in enumerate(walks):
        if len(keys) > 1:
            step_page.choose_run(run)
        expect(step_page.panel.get_by_role("heading")).to_contain_text(OPTIMIZERS[walked.settings.optimizer].label)
        for playhead, step in ((0, 1), (6, 7), (3, 4), (40, 40)):
            step_page.seek(playhead)
            step_page.inside(step)
            assert_adds_up(page.evaluate(READ), walked, step)
            assert_moves(page.evaluate(WHOLE), walked, step)


def test_noise_is_part_of_the_gradient_and_is_labeled(page: Page) -> None:
    step_page = StepPage(page)
    step_page.open("/?surface=himmelblau&start=-1,2&steps=30&noise=2&seed=7&run=adam:lr=0.2")
    step_page.finish()
    step_page.open_inside(0)
    step_page.seek(11)
    step_page.inside(12)
    assert_adds_up(page.evaluate(READ), simulate(step_page.scenario, parts=True)[0], 12)
    expect(step_page.panel.locator("[data-line=g]")).to_contain_text("+ noise")


def test_an_arrow_that_is_too_short_is_named_instead_of_drawn(page: Page) -> None:
    """A step of a converged run, drawn 1e15 times longer, would cross the whole map."""
    step_page = StepPage(page)
    step_page.open("/?surface=rastrigin&steps=150&run=sgd:lr=0.002&inside=1")
    walked = simulate(step_page.scenario, parts=True)[0]
    short = step_page.panel.locator(".short")
    step_page.seek(0)
    step_page.inside(1)
    expect(short).to_be_hidden()
    step_page.finish()
    step_page.inside(150)
    length = float(np.hypot(*np.subtract(walked.positions[150], walked.positions[149])))
    assert 0 < length < 1e-12
    expect(short).to_contain_text(f"{length:.1e}".replace("-0", "-").replace("-", "−"))


def test_the_inside_follows_a_drag_and_the_settings(page: Page) -> None:
    step_page = StepPage(page)
    step_page.open(HUMP)
    step_page.finish()
    step_page.open_inside(2)
    step_page.seek(9)
    step_page.inside(10)
    page.mouse.click(*step_page.pixel(3.0, -1.0))
    page.wait_for_url(lambda url: "start=-3.7" not in url)
    step_page.arrived()
    step_page.seek(9)
    step_page.inside(10)
    assert_adds_up(page.evaluate(READ), simulate(step_page.scenario, parts=True)[2], 10)
    page.get_by_test_id("panel").get_by_role("combobox", name="Optimizer").nth(2).select_option("radam")
    expect(step_page.panel.get_by_role("heading")).to_contain_text("RAdam")
    step_page.arrived()
    step_page.seek(9)
    assert_adds_up(page.evaluate(READ), simulate(step_page.scenario, parts=True)[2], 10)
    step_page.stage.get_by_role("button", name="RAdam", exact=True).click()  # hidden: it has no inside to open
    expect(step_page.panel).to_be_hidden()
    step_page.finish()
    step_page.stage.locator(".scrubber").press("i")
    expect(step_page.panel.get_by_role("heading")).to_contain_text("SGD")
    step_page.stage.locator(".scrubber").press("Escape")
    expect(step_page.panel).to_be_hidden()
