"""The panel and the picker in a real browser: live edits, exact numbers, use by keyboard, refused input."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from charts.formula import plain
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.browser.stage_page import StagePage
from trajectories import MAX_RUNS, preset_scenario

LINK = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=adam:lr=0.3"


class Controls(StagePage):
    """The page with its panel and its picker."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = page.get_by_test_id("panel")
        self.picker = page.get_by_test_id("picker")

    def run(self, number: int) -> Locator:
        """The block of a run, from 1."""
        return self.panel.locator(".run").nth(number - 1)

    def typed(self, name: str, within: Locator | None = None) -> Locator:
        """The text field of a number."""
        return (within or self.panel).get_by_role("textbox", name=name, exact=True)

    def becomes(self, **settings: object) -> None:
        """Wait until the stage shows these settings."""
        for name, value in settings.items():
            pattern = re.compile(rf"(^|&){re.escape(f'{name}={value}')}(&|$)")
            expect(self.stage).to_have_attribute("data-scenario", pattern)

    def values(self, number: int) -> dict[str, float]:
        """A run's hyperparameters, as the stage has them."""
        return dict(self.scenario.runs[number - 1].values)


@pytest.fixture
def controls(page: Page) -> Controls:
    controls = Controls(page)
    controls.open(LINK)
    return controls


def test_a_slider_changes_the_walk_while_it_is_dragged(controls: Controls) -> None:
    slider = controls.run(2).get_by_role("slider", name="lr, slider")
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    mouse = controls.page.mouse
    mouse.move(box["x"] + 0.75 * box["width"], middle)
    mouse.down()
    seen = set()
    for part in (0.6, 0.5, 0.4):
        mouse.move(box["x"] + part * box["width"], middle)
        lr = controls.values(2)["lr"]
        expect(controls.typed("lr", controls.run(2))).to_have_value(re.compile(r"^[\d.e-]+$"))
        seen.add(lr)
    assert len(seen) == 3, "each movement sets another value"
    assert "lr=0.3" in controls.page.url, "the address waits for the release"
    mouse.up()
    expect(controls.page).to_have_url(re.compile(re.escape(f"run=adam:lr={controls.values(2)['lr']}"[:14])))
    controls.arrived()


def test_a_typed_value_keeps_every_digit(controls: Controls) -> None:
    field = controls.typed("lr", controls.run(2))
    field.fill("0.123456789")
    field.press("Tab")
    expect(field).to_have_value("0.12346")
    expect(field).to_have_attribute("title", "0.123456789")
    assert controls.values(2)["lr"] == 0.123456789
    field.focus()
    expect(field).to_have_value("0.123456789")
    field.fill("2e-3")
    field.press("Enter")
    assert controls.values(2)["lr"] == 0.002
    field.fill("0,25")
    field.press("Enter")
    assert controls.values(2)["lr"] == 0.25


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("lr", "50", "lr must be between 1e-6 and 10: got 50."),
        ("lr", "abc", "lr must be a number: got “abc”."),
        ("steps", "1.5", "steps must be a whole number between 1 and 10000: got 1.5."),
        ("noise", "-1", "noise must be between 0 and 1000: got -1."),
        ("seed", "", "seed must be a whole number: got nothing."),
        ("x", "1e999", "x must be finite: got 1e999."),
    ],
)
def test_a_bad_value_is_refused_in_a_sentence(controls: Controls, name: str, text: str, sentence: str) -> None:
    field = controls.typed(name).first
    before, good = controls.scenario, field.input_value()
    field.fill(text)
    field.press("Enter")
    expect(controls.panel.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(text)
    assert controls.scenario == before
    field.press("Escape")
    expect(field).to_have_value(good)
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_a_click_reaches_its_button_although_a_sentence_appears(controls: Controls) -> None:
    controls.typed("lr", controls.run(2)).fill("50")
    controls.panel.get_by_role("button", name="Add a run").click()
    expect(controls.panel.locator(".run")).to_have_count(3)
    expect(controls.run(2).get_by_role("alert").first).to_have_text("lr must be between 1e-6 and 10: got 50.")
    assert controls.values(2)["lr"] == 0.3


def test_the_start_follows_the_map_unless_it_is_being_typed(controls: Controls) -> None:
    x, y = controls.typed("x"), controls.typed("y")
    y.fill("0.5")
    y.press("Enter")
    controls.becomes(start="-3.7,0.5")
    controls.page.mouse.click(*controls.pixel(1.0, -1.0))
    expect(x).not_to_have_value("-3.7")
    assert controls.scenario.start == pytest.approx((1.0, -1.0), abs=0.05)
    assert float(x.input_value()) == pytest.approx(controls.scenario.start[0], rel=1e-4)


def test_runs_are_added_duplicated_changed_and_removed(controls: Controls) -> None:
    panel, page = controls.panel, controls.page
    panel.get_by_role("button", name="Add a run").click()
    expect(controls.run(3).get_by_role("combobox")).to_be_focused()
    added = controls.scenario.runs[2]
    assert added.optimizer not in {"sgd", "adam"}
    assert added.values["lr"] == (0.05 if OPTIMIZERS[added.optimizer].family == OPTIMIZERS["sgd"].family else 0.3)

    controls.typed("lr", controls.run(2)).fill("0.7")
    controls.run(2).get_by_role("button", name="Duplicate this run").click()
    assert [run.optimizer for run in controls.scenario.runs] == ["sgd", "adam", "adam", added.optimizer]
    assert controls.scenario.runs[1] == controls.scenario.runs[2]
    assert controls.values(3)["lr"] == 0.7, "what was typed counts before the button does"

    controls.run(3).get_by_role("combobox").select_option("amsgrad")
    assert controls.values(3) == {**OPTIMIZERS["amsgrad"].defaults, "lr": 0.7}

    add = panel.locator(".add")
    while panel.locator(".run").count() < MAX_RUNS:
        add.click()
    expect(add).to_have_text(f"At most {MAX_RUNS} runs")
    expect(add).to_have_attribute("aria-disabled", "true")
    for _ in range(MAX_RUNS - 1):
        controls.run(1).get_by_role("button", name="Remove this run").click()
    expect(controls.run(1).get_by_role("combobox")).to_be_focused()
    expect(panel.get_by_role("button", name="Remove this run")).to_have_count(0)
    controls.arrived()
    assert page.get_by_test_id("stage").locator(".card").count() == 1


def test_an_open_block_stays_open_after_an_edit(controls: Controls) -> None:
    controls.run(2).locator("summary").click()
    controls.typed("beta1", controls.run(2)).fill("0.5")
    controls.typed("beta1", controls.run(2)).press("Enter")
    controls.becomes(surface="hump")
    expect(controls.page).to_have_url(re.compile("beta1=0.5"))
    controls.run(1).get_by_role("button", name="Remove this run").click()
    expect(controls.run(1).locator("details")).to_have_attribute("open", "")
    assert controls.values(1)["beta1"] == 0.5


def test_a_switch_is_turned_by_mouse_and_by_keyboard(controls: Controls) -> None:
    run = controls.run(2)
    run.get_by_role("combobox").select_option("dissected")
    run.locator("summary").click()
    switch = run.get_by_role("switch", name="correct v", exact=True)
    expect(switch).to_be_checked()
    switch.click()
    expect(controls.page).to_have_url(re.compile("run=dissected:lr=0.3,correct_v=0$"))
    assert controls.values(2)["correct_v"] == 0
    switch.press("Space")
    expect(switch).to_be_checked()
    assert controls.values(2)["correct_v"] == 1
    run.get_by_role("button", name="correct v", exact=True).press("Enter")
    expect(run.get_by_text(OPTIMIZERS["dissected"].hyperparameters[7].help)).to_be_visible()
    found = Axe().run(controls.page, context="[data-testid=panel]").response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def test_help_unfolds_by_keyboard(controls: Controls) -> None:
    record = OPTIMIZERS["adam"].hyperparameters[0]
    name = controls.run(2).get_by_role("button", name=f"{record.name} ({plain(record.symbol)})", exact=True)
    name.press("Enter")
    expect(name).to_have_attribute("aria-expanded", "true")
    expect(controls.run(2).get_by_text(record.help)).to_be_visible()


def test_the_seed_stays_until_the_button_sets_a_new_one(controls: Controls) -> None:
    controls.typed("noise").fill("0.5")
    controls.typed("noise").press("Enter")
    before = controls.scenario.seed
    controls.panel.get_by_role("button", name="New seed").click()
    expect(controls.typed("seed")).not_to_have_value(str(before))
    assert controls.scenario.noise == 0.5
    assert controls.scenario.seed == int(controls.typed("seed").input_value())


def test_picking_a_surface_shows_its_first_preset(controls: Controls) -> None:
    keys = list(SURFACES)
    chosen = controls.picker.get_by_role("radio", checked=True)
    expect(chosen).to_have_value("hump")
    chosen.press("ArrowRight")
    controls.becomes(surface=keys[1])
    controls.arrived()
    assert controls.scenario == preset_scenario(keys[1], SURFACES[keys[1]].presets[0].link)
    last = SURFACES[keys[-1]]
    controls.picker.get_by_role("radio", name=last.label, exact=True).check()
    controls.becomes(surface=last.key)
    controls.arrived()
    assert controls.scenario == preset_scenario(last.key, last.presets[0].link)


def test_the_picker_opens_at_what_is_shown(page: Page) -> None:
    controls = Controls(page)
    last = list(SURFACES.values())[-1]
    controls.open(f"/?surface={last.key}&run=adam:lr=0.1")
    outer = controls.picker.bounding_box()
    inner = controls.picker.locator(".surface", has_text=last.label).bounding_box()
    assert outer is not None
    assert inner is not None
    assert outer["y"] <= inner["y"] <= outer["y"] + outer["height"] - inner["height"]


def test_typed_letters_do_not_reach_the_page(controls: Controls) -> None:
    field = controls.typed("lr", controls.run(1))
    controls.page.evaluate("document.addEventListener('keydown', (e) => (window.keys = (window.keys ?? '') + e.key))")
    field.press_sequentially("rc")
    expect(field).to_have_value(re.compile("rc"))
    assert controls.page.evaluate("window.keys ?? ''") == ""
    field.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
def test_axe_finds_no_barrier_in_panel_and_picker(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    controls = Controls(page)
    controls.open(LINK)
    if width < 768:
        controls.page.get_by_test_id("stExpandSidebarButton").click()
    expect(controls.picker).to_be_in_viewport()
    controls.run(2).locator("summary").click()
    controls.run(2).get_by_role("button", name=re.compile("^lr")).click()
    controls.typed("steps").fill("0")
    controls.typed("steps").press("Enter")
    for part in ("panel", "picker"):
        found = Axe().run(controls.page, context=f"[data-testid={part}]").response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def test_a_new_run_copies_the_lr_of_a_run_of_the_same_family_only(controls: Controls) -> None:
    """Adam's lr is a distance; Adadelta's is a factor of one that it finds for itself."""
    select = controls.run(2).get_by_role("combobox")
    select.select_option("adamax")
    assert controls.values(2)["lr"] == 0.3
    select.select_option("adadelta")
    assert controls.values(2)["lr"] == OPTIMIZERS["adadelta"].defaults["lr"]
