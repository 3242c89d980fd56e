"""The stage in a real browser: gestures, and whether the screen shows what torch computed."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from charts.words import say
from tests.browser.stage_page import StagePage
from trajectories import Scenario, format_link, simulate

POSITION, LOSS, SLOPE, WALKED = range(4)
HIMMELBLAU = "/?surface=himmelblau&start=-1,2&steps=60&run=sgd:lr=0.01&run=momentum:lr=0.005&run=adam:lr=0.2"


@pytest.fixture
def stage(page: Page) -> StagePage:
    """The stage on himmelblau, all there, at its end."""
    opened = StagePage(page).open(HIMMELBLAU)
    opened.finish()
    return opened


def assert_shows(stage: StagePage, scenario: Scenario, step: int) -> None:
    """Every number on the cards is the one that `simulate` gives, to the last digit."""
    runs = simulate(scenario)
    strides = [np.hypot(*np.diff(run.positions[: step + 1], axis=0).T) for run in runs]
    assert stage.shown(POSITION) == [list(run.positions[step]) for run in runs]
    assert stage.shown(LOSS) == [[run.losses[step]] for run in runs]
    np.testing.assert_allclose(stage.shown(SLOPE), [[np.hypot(*run.gradients[step])] for run in runs], rtol=1e-15)
    np.testing.assert_allclose(stage.shown(WALKED), [[stride.sum()] for stride in strides], rtol=1e-12)


def test_the_numbers_on_the_screen_are_those_of_torch(stage: StagePage) -> None:
    assert_shows(stage, stage.scenario, 60)
    outcomes = stage.stage.locator(".card .outcome").all_inner_texts()
    assert outcomes == [say(run.outcome.message) for run in simulate(stage.scenario)]


def test_a_click_sets_the_start_and_plays_from_it(stage: StagePage) -> None:
    before = stage.scenario
    stage.page.mouse.click(*stage.pixel(2.0, -3.0))
    expect(stage.stage).not_to_have_attribute("data-scenario", format_link(before))
    after = stage.scenario
    np.testing.assert_allclose(after.start, (2.0, -3.0), atol=0.02)
    assert after.runs == before.runs
    expect(stage.stage).to_have_attribute("data-state", "playing")
    stage.finish()
    assert_shows(stage, after, 60)


def test_during_a_drag_whole_paths_are_drawn(stage: StagePage) -> None:
    mouse = stage.page.mouse
    mouse.move(*stage.pixel(-1.0, 2.0))
    mouse.down()
    for x, y in ((-0.5, 1.5), (0.0, 0.5), (0.5, -0.5)):
        mouse.move(*stage.pixel(x, y), steps=4)
        expect(stage.stage).to_have_attribute("data-received", "60")
    held = stage.scenario
    np.testing.assert_allclose(held.start, (0.5, -0.5), atol=0.02)
    runs = simulate(held)
    stage.page.wait_for_function(
        "x => document.querySelector('.mradam-stage .card dd').title.startsWith(x)", arg=minus(runs[0].positions[60, 0])
    )
    assert_shows(stage, held, 60)
    assert "start=-1,2" in stage.page.url  # not yet committed
    mouse.up()
    stage.page.wait_for_url(f"**start={held.start[0]:g},{held.start[1]:g}*")
    expect(stage.stage).to_have_attribute("data-state", "finished")


def test_a_change_keeps_the_playhead_where_it_is(stage: StagePage) -> None:
    """Also after Python has answered an earlier change: that answer starts no playback."""
    page, root = stage.page, stage.stage
    root.locator(".scrubber").fill("17")
    for point in ((1.0, 1.0), (0.0, 2.0)):
        mouse = page.mouse
        mouse.move(*stage.pixel(*stage.scenario.start))
        mouse.down()
        mouse.move(*stage.pixel(*point), steps=3)
        mouse.up()
        expect(page.get_by_role("textbox", name="x", exact=True)).to_have_value(re.compile(rf"^{point[0]:.0f}|^-0"))
        page.get_by_test_id("stApp").and_(page.locator("[data-test-script-state=notRunning]")).wait_for()
    field = page.get_by_role("textbox", name="lr").first
    field.fill("0.005")
    field.press("Enter")
    expect(root).to_have_attribute("data-scenario", re.compile("run=sgd:lr=0.005"))
    expect(root).to_have_attribute("data-state", "paused")
    expect(root).to_have_attribute("data-step", "17")
    assert_shows(stage, stage.scenario, 17)


def test_the_buttons_play_pause_step_and_restart(stage: StagePage) -> None:
    page, root = stage.page, stage.stage
    page.get_by_role("button", name="One step back").click()
    expect(root).to_have_attribute("data-step", "59")
    expect(root).to_have_attribute("data-state", "paused")
    assert_shows(stage, stage.scenario, 59)
    page.get_by_role("button", name="One step forward").click()
    expect(root).to_have_attribute("data-step", "60")
    root.locator(".scrubber").fill("17")
    expect(root).to_have_attribute("data-step", "17")
    assert_shows(stage, stage.scenario, 17)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(root).to_have_attribute("data-state", "playing")
    page.wait_for_function("() => Number(document.querySelector('[data-testid=stage]').dataset.step) > 17")
    page.get_by_role("button", name="Pause").click()
    expect(root).to_have_attribute("data-state", "paused")
    stopped = stage.step()
    assert 17 < stopped < 60
    assert_shows(stage, stage.scenario, stopped)
    page.get_by_label("Speed").select_option(label="instant")
    page.get_by_role("button", name="Restart").click()
    expect(root).to_have_attribute("data-state", "finished")
    page.get_by_label("Speed").select_option(label="10×")
    page.get_by_role("button", name="Loop").click()
    page.get_by_role("button", name="Play", exact=True).click()
    seen = page.evaluate(
        """() => new Promise((resolve) => {
            const root = document.querySelector('[data-testid=stage]');
            let last = -1;
            const watch = () => {
                const step = Number(root.dataset.step);
                if (step < last) resolve(root.dataset.state);
                else { last = step; requestAnimationFrame(watch); }
            };
            watch();
        })"""
    )
    assert seen == "playing"


def test_the_loss_chart_shows_a_loss_that_only_rises(page: Page) -> None:
    """From the bottom of a dip, with steps too long to stay in it."""
    stage = StagePage(page).open("/?surface=rastrigin&start=3,2&steps=100&run=sgd:lr=0.01")
    stage.finish()
    colored = """(canvas) => {
        const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const gray = ([r, g, b]) => Math.max(r, g, b) - Math.min(r, g, b) < 90;
        const colorful = (i) => data[i + 3] > 200 && !gray(data.slice(i, i + 3));
        const columns = new Set();
        for (let i = 0; i < data.length; i += 4) if (colorful(i)) columns.add((i / 4) % width);
        return columns.size / width;
    }"""
    assert stage.stage.locator(".curve canvas").evaluate(colored) > 0.8


def test_the_loss_curve_shares_the_playhead(stage: StagePage) -> None:
    box = stage.stage.locator(".curve canvas").bounding_box()
    assert box is not None
    stage.page.mouse.click(box["x"] + 52 + (box["width"] - 64) / 2, box["y"] + 40)
    expect(stage.stage).to_have_attribute("data-step", "30")


def test_a_click_on_a_card_hides_and_shows_its_run(stage: StagePage) -> None:
    stage.stage.get_by_role("button", name="Momentum", exact=True).click()
    expect(stage.stage.locator(".card[data-hidden]")).to_have_count(1)
    assert len(stage.scenario.runs) == 3  # hidden, not removed
    expect(stage.stage.locator(".card").nth(1).locator(".outcome")).to_have_text("hidden")
    stage.page.mouse.click(*stage.pixel(1.0, 1.0))
    stage.finish()
    stage.stage.get_by_role("button", name="Momentum", exact=True).click()
    expect(stage.stage.locator(".card[data-hidden]")).to_have_count(0)
    expect(stage.stage.locator(".card").nth(1).locator(".outcome")).not_to_have_text("hidden")
    stage.finish()
    assert_shows(stage, stage.scenario, 60)


def test_keys_step_seek_and_play(stage: StagePage) -> None:
    page, root = stage.page, stage.stage
    handle = root.locator(".handle")
    handle.focus()
    page.keyboard.press("Home")
    expect(root).to_have_attribute("data-step", "0")
    page.keyboard.press("End")
    expect(root).to_have_attribute("data-step", "60")
    root.locator(".card .name").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(root).to_have_attribute("data-step", "59")
    page.keyboard.press("ArrowRight")
    expect(root).to_have_attribute("data-step", "60")
    root.focus()
    page.keyboard.press("Space")
    expect(root).to_have_attribute("data-state", "playing")
    page.keyboard.press("Space")
    expect(root).to_have_attribute("data-state", "paused")
    page.keyboard.press("r")
    expect(root).to_have_attribute("data-state", "playing")
    stage.finish()
    before = stage.scenario.start
    handle.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_url(lambda url: "start=-1,2&" not in url)
    after = stage.scenario.start
    assert after[0] > before[0]
    assert after[1] - before[1] > 5 * (after[0] - before[0]) * 0.5
    stage.arrived()
    stage.finish()
    assert_shows(stage, stage.scenario, 60)


def test_the_map_is_zoomed_moved_and_restored(stage: StagePage) -> None:
    page = stage.page
    ranges = "() => [...document.querySelector('.ground')._fullLayout.xaxis.range]"
    assert page.evaluate(ranges) == [-6, 6]
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("() => document.querySelector('.ground')._fullLayout.xaxis.range[1] < 5.9")
    page.mouse.click(*stage.pixel(0.5, 0.5))
    stage.arrived()
    np.testing.assert_allclose(stage.scenario.start, (0.5, 0.5), atol=0.02)  # exact in the zoomed view, too
    page.get_by_role("button", name="Move the map").click()
    mouse = page.mouse
    mouse.move(*stage.pixel(0, 0))
    mouse.down()
    mouse.move(*stage.pixel(1, 0), steps=3)
    mouse.up()
    page.wait_for_function("() => document.querySelector('.ground')._fullLayout.xaxis.range[0] < -4.3")
    page.get_by_role("button", name="Show the whole map").click()
    page.wait_for_function("() => document.querySelector('.ground')._fullLayout.xaxis.range[0] === -6")


def test_a_diverged_run_shows_its_outcome_and_the_others_go_on(page: Page) -> None:
    stage = StagePage(page).open("/?surface=rosenbrock&start=-1.5,1.5&steps=80&run=sgd:lr=0.5&run=adam:lr=0.1")
    stage.finish()
    sgd, adam = simulate(stage.scenario)
    assert sgd.outcome.kind == "diverged"
    expect(stage.stage.locator(".card .outcome").first).to_have_text(say(sgd.outcome.message))
    expect(stage.stage.locator(".card .outcome").last).to_have_text(say(adam.outcome.message))
    assert stage.shown(POSITION)[1] == list(adam.positions[80])


def test_a_closed_socket_is_opened_again(page: Page) -> None:
    sockets: list[WebSocketRoute] = []
    cut = False

    def pass_on(socket: WebSocketRoute) -> None:
        if cut:
            socket.close()
            return
        socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket("**/api/stream", pass_on)
    stage = StagePage(page).open(HIMMELBLAU)
    stage.finish()
    cut = True
    sockets[-1].close()
    expect(stage.stage).to_have_attribute("data-line", "down")
    expect(stage.stage.get_by_role("status")).to_have_text("The connection is lost; trying to get it back.")
    page.mouse.click(*stage.pixel(3.0, -1.0))
    page.wait_for_url(lambda url: "start=-1,2&" not in url)
    cut = False
    expect(stage.stage).to_have_attribute("data-line", "up")
    expect(stage.stage).to_have_attribute("data-state", re.compile("playing|finished"))
    stage.arrived()
    stage.finish()
    expect(stage.stage.get_by_role("status")).not_to_contain_text("lost")
    np.testing.assert_allclose(stage.scenario.start, (3.0, -1.0), atol=0.02)
    assert_shows(stage, stage.scenario, 60)


def test_two_tabs_do_not_disturb_each_other(page: Page) -> None:
    one = StagePage(page).open(HIMMELBLAU)
    two = StagePage(page.context.new_page()).open("/?surface=booth&start=-8,7&steps=40&run=adam:lr=0.5")
    for stage, point in ((one, (1.0, 1.0)), (two, (4.0, 4.0)), (one, (2.0, -2.0))):
        stage.page.bring_to_front()
        stage.page.mouse.click(*stage.pixel(*point))
        expect(stage.stage.locator(".handle")).to_have_attribute(
            "aria-label", re.compile(rf"x {point[0]:.1f}".replace("-", "−"))
        )
    for stage, steps in ((one, 60), (two, 40)):
        stage.page.bring_to_front()
        stage.arrived()
        stage.finish()
        assert_shows(stage, stage.scenario, steps)
    np.testing.assert_allclose(one.scenario.start, (2.0, -2.0), atol=0.02)
    np.testing.assert_allclose(two.scenario.start, (4.0, 4.0), atol=0.05)


def test_with_reduced_motion_nothing_plays_by_itself(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page).open(HIMMELBLAU)
    expect(stage.stage).to_have_attribute("data-state", "finished")
    page.mouse.click(*stage.pixel(2.0, 2.0))
    page.wait_for_url(lambda url: "start=-1,2&" not in url)
    stage.arrived()
    expect(stage.stage).to_have_attribute("data-state", "finished")
    assert_shows(stage, stage.scenario, 60)


def minus(value: float) -> str:
    """A number as the screen writes it."""
    return repr(float(value)).replace("-", "−")
