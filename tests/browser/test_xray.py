"""Inside one step, in a real browser: the numbers are torch's, the lines can be walked, the drawing adds up."""

import re
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from charts.formula import read_rule
from components.loader import assets
from optimizers import OPTIMIZERS
from tests.browser.look import StagePage
from tests.formula_tree import compute, settle, symbols
from trajectories import MAX_RUNS, Trajectory, simulate

HUMP = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=momentum:lr=0.07&run=adam:lr=0.3"
READ = """() => [...document.querySelectorAll('.xray .line')].map((line) => ({
    key: line.dataset.line,
    rows: [...line.querySelectorAll('.numbers')].map((row) => ({
        given: [...row.querySelectorAll('.sum [data-exact]')].map((number) => number.dataset.exact),
        result: row.querySelector('.result').dataset.exact,
    })),
}))"""
# Let the drawing's own module draw on a canvas that only notes where lines go.
DRAWN = """async ([assets, rule, parts, values, gradient, before, after, size]) => {
    const { Overlays } = await import(`${assets}/stage/overlays.js`);
    const area = { left: 0, top: 0, width: 100 * size, height: 100 * size };
    const view = { area, transform: { sx: size, sy: -size }, toPixel: (x, y) => [size * x, -size * y] };
    const part = (key, axis) => key === "g" ? gradient[axis] : parts[key][axis];
    const look = (axis) => (of) => of[0] === "value" ? values[of[1]] : of[0] === "position" ? before[axis]
        : of[0] === "part" ? (of[2] === 1 ? parts.m_before[axis] : part(of[1], axis)) : 5;
    const step = { rule, look, part, before: (axis) => before[axis], result: (_, axis) => after[axis] };
    const lines = [];
    let pen = null;
    const note = {
        moveTo: (x, y) => (pen = [x, y]),
        lineTo: (x, y) => {
            lines.push([...pen, x, y]);
            pen = [x, y];
        },
    };
    const context = new Proxy(note, { get: (to, name) => to[name] ?? (() => {}), set: () => true });
    const inks = Object.fromEntries(rule.lines.map(({ ink }) => [ink, ink]));
    const theme = { page: "#fff", ink: "#000", inks, scale: 1, font: "sans-serif" };
    const wanted = rule.lines.filter((line) => ["m", "update"].includes(line.key));
    const factors = new Overlays(view).draw(context, step, wanted, "m", theme);
    return { lines, factors };
}"""
PICTURE = "() => document.querySelector('.mradam-stage canvas.upper').toDataURL()"


class Xray(StagePage):
    """A page with the inside of a step on it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = page.get_by_role("region", name="Inside one step")

    def look(self, run: int) -> None:
        """Open the inside of a run's steps by the button on its card."""
        self.stage.locator(".card").nth(run).locator(".look").click()
        expect(self.panel.get_by_role("heading")).to_contain_text("Inside")

    def seek(self, step: int) -> None:
        """Put the playhead there by the scrubber."""
        self.stage.locator(".scrubber").fill(str(step))
        expect(self.stage).to_have_attribute("data-step", str(step))

    def inside(self, step: int) -> None:
        """Wait until the panel shows the step of that number."""
        expect(self.panel).to_have_attribute("data-step", str(step))

    def lit(self) -> str | None:
        """The line at work."""
        return self.panel.locator(".line[data-lit]").get_attribute("data-line")


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("∞", "inf"))


def assert_adds_up(lines: list[dict[str, Any]], walked: Trajectory, step: int) -> None:
    """What stands on the screen is torch's, and put through the displayed formula it gives torch's next position."""
    rule = read_rule(walked.settings.optimizer)
    assert [line["key"] for line in lines] == [line["key"] for line in rule["lines"]]
    for shown, line in zip(lines, rule["lines"], strict=True):
        assert len(shown["rows"]) == (1 if line["drawn"] == "number" else 2)
        for axis, row in enumerate(shown["rows"]):
            result = number(row["result"])
            if line["key"] == "update":
                assert result == walked.positions[step, axis]
            elif line["key"] == "g":
                assert [number(text) for text in row["given"][0].split(", ")] == list(walked.positions[step - 1])
                assert result == walked.gradients[step - 1, axis]
                continue
            else:
                part = walked.anatomy[line["key"]].reshape(len(walked.positions), -1)
                assert result == part[step, axis % part.shape[1]]
            through = compute(*filled(line["formula"], row["given"], walked, step))
            single = line["key"] == "mu_product"  # torch keeps it in single precision
            assert through == pytest.approx(result, rel=1e-6 if single else 1e-10, abs=1e-10)


def filled(formula: Any, given: list[str], walked: Trajectory, step: int) -> tuple[Any, Any]:
    """The formula, its cases decided by torch's numbers, and what looks its symbols up on the screen."""

    def torchs(of: list[Any]) -> float:
        if of[0] == "value":
            return float(walked.settings.values[of[1]])
        return float(walked.anatomy[of[1]][step]) if of[0] == "part" else float(step)

    formula = settle(formula, torchs)
    leaves = symbols(formula)
    assert len(leaves) == len(given)
    values = iter(map(number, given))
    return formula, lambda _of: next(values)


@pytest.mark.parametrize("keys", [tuple(OPTIMIZERS)[i : i + MAX_RUNS] for i in range(0, len(OPTIMIZERS), MAX_RUNS)])
def test_the_numbers_through_the_formula_give_torchs_next_position(page: Page, keys: tuple[str, ...]) -> None:
    lr = {key: 0.05 if OPTIMIZERS[key].family == "adaptive" else 0.002 for key in keys}
    runs = "&".join(f"run={key}:lr={lr[key]}" for key in keys)
    xray = Xray(page)
    xray.open(f"/?surface=himmelblau&start=-1,2&steps=40&{runs}")
    xray.finish()
    walks = simulate(xray.scenario, anatomy=True)
    xray.look(0)
    for run, walked in enumerate(walks):
        if len(keys) > 1:
            xray.panel.get_by_label("Run").select_option(str(run))
        expect(xray.panel.get_by_role("heading")).to_contain_text(OPTIMIZERS[walked.settings.optimizer].label)
        for playhead, step in ((0, 1), (6, 7), (3, 4), (40, 40)):
            xray.seek(playhead)
            xray.inside(step)
            assert_adds_up(page.evaluate(READ), walked, step)


def test_noise_is_part_of_the_gradient_and_said(page: Page) -> None:
    xray = Xray(page)
    xray.open("/?surface=himmelblau&start=-1,2&steps=30&noise=2&seed=7&run=adam:lr=0.2")
    xray.finish()
    xray.look(0)
    xray.seek(11)
    xray.inside(12)
    assert_adds_up(page.evaluate(READ), simulate(xray.scenario, anatomy=True)[0], 12)
    expect(xray.panel.locator("[data-line=g]")).to_contain_text("+ noise")


def test_a_step_is_walked_line_by_line_by_button_and_by_key(page: Page) -> None:
    xray = Xray(page)
    xray.open(HUMP)
    xray.finish()
    xray.look(2)
    xray.seek(4)
    lines = [line["key"] for line in read_rule("adam")["lines"]]
    on, back = xray.panel.get_by_role("button", name="line ›"), xray.panel.get_by_role("button", name="‹ line")
    pictures = []
    for key in lines:
        on.click()
        page.mouse.move(5, 5)
        assert xray.lit() == key
        waiting = xray.panel.locator(".line[data-waits]")
        expect(waiting).to_have_count(len(lines) - 1 - lines.index(key))
        pictures.append(page.evaluate(PICTURE))
    # Each line brings its drawing; the denominator's is switched off at first.
    changed = [key for key, before, after in zip(lines[1:], pictures, pictures[1:], strict=False) if before != after]
    assert set(lines[1:]) - set(changed) <= {"denominator"}
    on.click()
    xray.inside(6)
    assert xray.lit() == "g"
    page.keyboard.press(",")
    xray.inside(5)
    assert xray.lit() == "update"
    xray.stage.locator(".scrubber").focus()
    for key in reversed(lines[:-1]):
        page.keyboard.press(",")
        assert xray.lit() == key
    page.keyboard.press(",")
    xray.inside(4)
    page.keyboard.press(".")
    xray.inside(5)
    back.click()
    xray.inside(4)
    xray.panel.get_by_role("button", name="all").click()
    page.mouse.move(5, 5)
    expect(xray.panel.locator(".line[data-lit]")).to_have_count(0)
    xray.seek(0)
    page.keyboard.press(",")
    assert xray.lit() == "update"
    for _ in lines:
        page.keyboard.press(",")
    xray.inside(1)
    assert xray.lit() == "g", "before the first line of the first step there is nothing"
    xray.stage.get_by_role("button", name="Play", exact=True).click()
    expect(xray.panel.locator(".line[data-waits]")).to_have_count(0)


def test_each_drawing_can_be_switched_off(page: Page) -> None:
    xray = Xray(page)
    xray.open(HUMP)
    xray.finish()
    xray.look(2)
    xray.seek(5)
    page.mouse.move(5, 5)
    before = page.evaluate(PICTURE)
    for button in xray.panel.get_by_role("button", name=re.compile("on the map$")).all():
        state = button.get_attribute("aria-pressed")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false" if state == "true" else "true")
        page.mouse.move(5, 5)
        expect(xray.panel.locator(".line[data-lit]")).to_have_count(0)
        page.wait_for_function(f"before => ({PICTURE})() !== before", arg=before)
        button.click()
        page.mouse.move(5, 5)
        expect(xray.panel.locator(".line[data-lit]")).to_have_count(0)
        page.wait_for_function(f"before => ({PICTURE})() === before", arg=before)


def test_arrows_stand_head_to_tail_at_true_length_or_at_a_factor_that_is_said(page: Page) -> None:
    xray = Xray(page)
    xray.open("/?surface=hump&start=-3.7,1.35&steps=60&run=adamw:lr=0.3,weight_decay=0.3")
    walked = simulate(xray.scenario, anatomy=True)[0]
    rule = read_rule("adamw")
    parts = {key: part[5].tolist() for key, part in walked.anatomy.items()}
    before, after = walked.positions[4:6].tolist()
    tips = page.evaluate(
        DRAWN,
        [
            assets(),
            rule,
            parts | {"m_before": walked.anatomy["m"][4].tolist()},
            dict(walked.settings.values),
            walked.gradients[4].tolist(),
            before,
            after,
            100,
        ],
    )
    assert tips["factors"] == {"slope": 1, "way": 1}
    heads = {(round(x, 6), round(y, 6)) for x, y, *_ in tips["lines"]}  # an arrow's head begins at its tip

    def pixel(vector: Any, origin: Any = before) -> tuple[float, float]:
        x, y = np.add(origin, vector) * (100, -100)
        return round(float(x), 6), round(float(y), 6)

    beta1 = walked.settings.values["beta1"]
    kept = beta1 * walked.anatomy["m"][4]
    decay = walked.anatomy["decay"][5]
    assert pixel(kept) in heads, "what is kept of the memory, from where the step begins"
    assert pixel(kept + (1 - beta1) * walked.gradients[4]) in heads, "the new gradient's share begins at its tip"
    assert pixel(walked.anatomy["m"][5]) in heads, "and ends where m ends"
    assert pixel(decay) in heads
    assert pixel(np.subtract(after, before)) in heads, "decay and step add up to the move"


def test_what_is_too_small_to_be_seen_is_drawn_larger_and_says_so(page: Page) -> None:
    xray = Xray(page)
    xray.open("/?surface=hump&steps=60&run=adam:lr=0.0001")
    xray.finish()
    xray.look(0)
    scales = xray.panel.locator(".scales")
    expect(scales).to_contain_text(re.compile(r"steps at [\d,]+ times their length"))
    xray.page.goto("/?surface=rosenbrock&start=-1.5,1.5&steps=60&run=adam:lr=0.1")
    xray.arrived()
    xray.look(0)
    xray.seek(0)
    expect(scales).to_contain_text(re.compile(r"drawn at 0\.\d+ times their length"))
    xray.page.goto("/?surface=hump&steps=60&run=adam:lr=0.3")
    xray.arrived()
    xray.look(0)
    xray.seek(0)
    expect(scales).to_contain_text("steps at true length")


def test_it_follows_the_hand_and_the_settings(page: Page) -> None:
    xray = Xray(page)
    xray.open(HUMP)
    xray.finish()
    xray.look(2)
    xray.seek(9)
    xray.inside(10)
    page.mouse.click(*xray.pixel(3.0, -1.0))
    page.wait_for_url(lambda url: "start=-3.7" not in url)
    xray.arrived()
    xray.seek(9)
    xray.inside(10)
    assert_adds_up(page.evaluate(READ), simulate(xray.scenario, anatomy=True)[2], 10)
    page.get_by_test_id("panel").get_by_role("combobox", name="Optimizer").nth(2).select_option("radam")
    expect(xray.panel.get_by_role("heading")).to_contain_text("RAdam")
    xray.arrived()
    xray.seek(9)
    assert_adds_up(page.evaluate(READ), simulate(xray.scenario, anatomy=True)[2], 10)
    xray.stage.get_by_role("button", name="RAdam", exact=True).click()  # hidden: there is nothing to look into
    expect(xray.panel).to_be_hidden()
    xray.finish()
    xray.stage.locator(".scrubber").press("i")
    expect(xray.panel.get_by_role("heading")).to_contain_text("SGD")
    xray.stage.locator(".scrubber").press("i")
    expect(xray.panel).to_be_hidden()


def test_the_curves_are_a_way_to_a_step(page: Page) -> None:
    xray = Xray(page)
    xray.open(HUMP)
    xray.finish()
    xray.look(2)
    curves = xray.stage.get_by_role("img", name="Every part of the step over time")
    box = curves.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 3, box["y"] + 40)
    expect(xray.stage).to_have_attribute("data-step", "0")
    page.mouse.click(box["x"] + 60, box["y"] + 40)
    expect(xray.stage).not_to_have_attribute("data-step", "0")


def test_a_switch_changes_the_line_that_it_decides(page: Page) -> None:
    """Only what is in force is shown."""
    xray = Xray(page)
    xray.open("/?surface=hump&steps=60&run=dissected:lr=0.3,correct_m=0")
    xray.finish()
    xray.look(0)
    line = xray.panel.locator("[data-line=m_hat] .letters")
    expect(line).not_to_contain_text("β")
    xray.page.goto("/?surface=hump&steps=60&run=dissected:lr=0.3")
    xray.arrived()
    xray.look(0)
    expect(line).to_contain_text("β")
    expect(xray.panel.locator(".letters mtable")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_that_axe_can_find(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    xray = Xray(page)
    xray.open(HUMP)
    xray.finish()
    xray.look(2)
    xray.panel.get_by_role("button", name="line ›").click()
    results = Axe().run(page)
    grave = [found for found in results.response["violations"] if found["impact"] in ("serious", "critical")]
    ours = [found for found in grave if any("stHeader" not in str(node["target"]) for node in found["nodes"])]
    assert not ours, results.generate_report()


@pytest.mark.parametrize("size", [(390, 844), (1366, 768), (1920, 1080)], ids=["phone", "laptop", "projector"])
def test_it_fits_the_screen(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    xray = Xray(page)
    xray.open(HUMP)
    xray.finish()
    xray.look(2)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    outside = """() => {
        const panel = document.querySelector('.xray').getBoundingClientRect();
        return [...document.querySelectorAll('.xray :is(math, .label, .result, button, select)')]
            .filter((part) => part.getBoundingClientRect().right > panel.right + 1).map((part) => part.textContent);
    }"""
    assert page.evaluate(outside) == []
    if size[0] >= 1366:
        bottom = page.evaluate("() => document.querySelector('.multiples').getBoundingClientRect().bottom")
        assert bottom <= size[1], "map, transport, loss and the curves of the step are seen at once"
