"""The numbers inside a step are torch's, in a real browser, and the drawing adds up."""

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from charts.formula import read_rule
from components.loader import assets
from optimizers import OPTIMIZERS
from tests.browser.inside import READ, Xray, assert_adds_up
from trajectories import MAX_RUNS, simulate

HUMP = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=momentum:lr=0.07&run=adam:lr=0.3"
# Let the drawing's own module draw on a canvas that only notes where lines go.
DRAWN = """async ([assets, rule, parts, values, gradient, before, after, size]) => {
    const { Overlays } = await import(`${assets}/stage/step/overlays.js`);
    const area = { left: 0, top: 0, width: 100 * size, height: 100 * size };
    const view = { area, transform: { sx: size, sy: -size }, toPixel: (x, y) => [size * x, -size * y] };
    const part = (key, axis) => key === "g" ? gradient[axis] : parts[key][axis];
    const look = (axis) => (of) => of[0] === "value" ? values[of[1]] : of[0] === "position" ? before[axis]
        : of[0] === "part" ? (of[2] === 1 ? parts.m_before[axis] : part(of[1], axis)) : 5;
    const step = { rule, look, part, before: (axis) => before[axis], result: (_, axis) => after[axis] };
    const lines = [];
    let pen = null;
    const note = {
        measureText: () => ({ width: 10 }),
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
    const factors = new Overlays(view).draw(context, step, wanted, "m", theme, { scale: wanted, taken: [] });
    return { lines, factors };
}"""


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
            xray.turn(run)
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
    expect(scales).to_contain_text(re.compile(r"the step at [\d,]+ times its length"))
    xray.page.goto("/?surface=rosenbrock&start=-1.5,1.5&steps=60&run=adam:lr=0.1")
    xray.arrived()
    xray.look(0)
    xray.seek(0)
    expect(scales).to_contain_text(re.compile(r"drawn at 0\.\d+ times their length"))
    xray.page.goto("/?surface=hump&steps=60&run=adam:lr=0.3")
    xray.arrived()
    xray.look(0)
    xray.seek(0)
    expect(scales).to_contain_text("the step at true length")


def test_what_is_too_short_is_not_drawn_but_said(page: Page) -> None:
    """A step of a converged run, drawn ten to the fifteen times longer, would look like a stride across the map."""
    xray = Xray(page)
    xray.open("/?surface=rastrigin&steps=150&run=sgd:lr=0.002&inside=1")
    walked = simulate(xray.scenario, anatomy=True)[0]
    short = xray.panel.locator(".short")
    xray.seek(0)
    xray.inside(1)
    expect(short).to_be_hidden()
    xray.finish()
    xray.inside(150)
    length = float(np.hypot(*np.subtract(walked.positions[150], walked.positions[149])))
    assert 0 < length < 1e-12
    said = f"{length:.1e}".replace("-0", "-").replace("-", "−")
    expect(short).to_contain_text(
        f"The step is too short to be drawn, even 1,000,000 times longer: its length is {said}."
    )
    expect(short).to_contain_text("Too short to be drawn: g.")
    rule, zero = read_rule("adam"), [0.0, 0.0]
    tiny = {"m": [1e-9, 2e-9], "v": [1e-18, 1e-18], "m_before": zero, "m_hat": zero, "v_hat": zero, "denominator": zero}
    values = {knob.name: knob.default for knob in OPTIMIZERS["adam"].hyperparameters}
    drawn = page.evaluate(DRAWN, [assets(), rule, tiny, values, [1e-9, 1e-9], [1, 1], [1 + 1e-9, 1], 100])
    assert drawn == {"lines": [], "factors": {"slope": None, "way": None}}


# Arrows of all lengths and directions from one point, and a box around it; every tip is to have its name.
NAMED = """async ([assets, arrows]) => {
    const { Names, crosses } = await import(`${assets}/stage/draw/placer.js`);
    const { overlap } = await import(`${assets}/kit/boxes.js`);
    const names = new Names({ left: 0, top: 0, width: 800, height: 500 }, [{ x: 0, y: 0, w: 190, h: 40 }]);
    const from = [400, 250];
    const tips = arrows.map(([x, y]) => [from[0] + x, from[1] + y]);
    for (const tip of tips) names.line(from, tip);
    names.frame({ x: 380, y: 235, w: 40, h: 30 });
    const size = { w: 60, h: 16 };
    const boxes = tips.map((tip, index) => names.place(tip, size, Math.atan2(arrows[index][1], arrows[index][0])));
    return {
        struck: boxes.filter((box) => tips.some((tip) => crosses([...from, ...tip], box))).length,
        piled: boxes.filter((box, index) => boxes.some((other, place) => place < index && overlap(box, other))).length,
        far: Math.max(...boxes.map(({ x, y }, index) => Math.hypot(x + 30 - tips[index][0], y + 8 - tips[index][1]))),
    };
}"""


@pytest.mark.parametrize(
    "arrows",
    [
        [[-200, -8]],
        [[9, 1], [10, 2], [11, 1], [-150, -6]],
        [[100, 0], [98, 4], [-60, 30], [0, 90], [2, 95], [-3, -40]],
    ],
    ids=["alone", "piled", "many"],
)
def test_no_name_is_struck_through_or_lies_on_another(page: Page, arrows: list[list[int]]) -> None:
    Xray(page).open(HUMP)
    placed = page.evaluate(NAMED, [assets(), arrows])
    assert (placed["struck"], placed["piled"]) == (0, 0)
    assert placed["far"] < 110


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
