"""The controls on and around the map: focus, tools, numbers under the pointer, sizes."""

import math
import re

import pytest
import torch
from playwright.sync_api import Page, expect

from surfaces import SURFACES
from tests.browser.stage_page import StagePage

LINK = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=adam:lr=0.3"
FOUR = "&run=rmsprop:lr=0.02&run=momentum:lr=0.07"
RUNAWAY = "/?surface=rosenbrock&start=-1234.56789,-9876.54321&steps=10000&run=sgd:lr=1e-9&run=adam:lr=1e-6"


@pytest.fixture
def stage(page: Page) -> StagePage:
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page)
    stage.open(LINK)
    page.wait_for_function("() => document.querySelector('.mradam-stage .ground')?._fullLayout")
    return stage


@pytest.mark.parametrize("height", [768, 560])
def test_opening_an_inside_scrolls_only_to_a_panel_whose_head_is_out_of_view(page: Page, height: int) -> None:
    """In a low window the page is scrolled to the card of the fourth run, and the panel opens far above it."""
    page.set_viewport_size({"width": 1366, "height": height})
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page)
    stage.open(LINK + FOUR)
    scrolled = "() => document.querySelector('.stMain').scrollTop"
    # The place of the panel's head in the window: its title must be below the links to the pages.
    head = """() => {
        const { top, bottom } = document.querySelector('.step-panel h2').getBoundingClientRect();
        return [top - document.querySelector('.stAppHeader').getBoundingClientRect().bottom, innerHeight - bottom];
    }"""
    look = stage.stage.locator(".look").nth(3)
    look.scroll_into_view_if_needed()
    before = page.evaluate(scrolled)
    look.click()
    expect(stage.stage).to_have_attribute("data-inside", "")
    expect(stage.stage.locator(".look").nth(3)).to_be_focused()
    expect(stage.stage.locator(".step-panel .line").first).to_be_attached()
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    after = page.evaluate(scrolled)
    above, below = page.evaluate(head)
    assert above >= 0, "the head is in view"
    assert below >= 0
    out_of_view = above + after - before < 0
    assert out_of_view == (height < 768), "this window shows the case"
    assert out_of_view or after == before


def test_after_a_click_arrows_step_and_after_tab_they_move_the_start(stage: StagePage) -> None:
    """What the hint on the map states; it is shown until the first change."""
    page = stage.page
    hint = stage.stage.locator(".hint .mouse")
    expect(hint).to_be_visible()
    page.mouse.click(*stage.pixel(-3, 1))
    expect(hint).to_be_hidden()
    expect(stage.stage).to_be_focused()
    stage.arrived()
    clicked = stage.scenario.start
    assert clicked == pytest.approx((-3, 1), abs=0.05)
    expect(stage.stage).to_have_attribute("data-step", "60")
    page.keyboard.press("ArrowLeft")
    expect(stage.stage).to_have_attribute("data-step", "59")
    page.keyboard.press("ArrowRight")
    expect(stage.stage).to_have_attribute("data-step", "60")
    assert stage.scenario.start == clicked
    page.keyboard.press("Tab")
    expect(stage.stage.locator(".handle")).to_be_focused()
    expect(stage.stage.locator(".ringed")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(stage.stage).not_to_have_attribute("data-scenario", re.compile(re.escape(f"start={clicked[0]:g},")))
    assert stage.scenario.start[0] < clicked[0]
    page.keyboard.press("Escape")
    expect(stage.stage).to_be_focused()
    expect(stage.stage.locator(".ringed")).not_to_be_visible()


def test_the_tools_move_to_a_corner_without_the_ring(stage: StagePage) -> None:
    for corner in ((-4.4, 2.45), (4.4, 2.45), (-4.4, -2.4)):
        stage.page.goto(f"/?surface=hump&start={corner[0]},{corner[1]}&steps=20&run=sgd:lr=0.05")
        stage.arrived()
        assert stage.scenario.start == corner
        stage.page.wait_for_function(
            """() => {
                const [ring, tools] = [".handle", ".tools"].map(
                    (part) => document.querySelector(`.mradam-stage ${part}`).getBoundingClientRect());
                return ring.right < tools.left || ring.left > tools.right
                    || ring.bottom < tools.top || ring.top > tools.bottom;
            }"""
        )


def test_loss_and_downhill_under_the_pointer_are_those_of_torch(stage: StagePage) -> None:
    page = stage.page
    page.mouse.move(*stage.pixel(2.0, -1.5))
    box = stage.stage.locator(".map > .tooltip")
    expect(box).to_be_visible()
    texts = [text.replace("−", "-") for text in box.locator("div").all_text_contents()]
    loss, norm = (float(text.split(" ")[-1]) for text in texts[:2])
    shown = re.search(r"x (\S+), y (\S+)", texts[2])
    assert shown is not None
    at = torch.tensor([float(shown.group(1)), float(shown.group(2))], dtype=torch.float64, requires_grad=True)
    value = SURFACES["hump"].landscape.loss(at[0], at[1])
    (gradient,) = torch.autograd.grad(value, at)
    assert loss == pytest.approx(value.item(), rel=5e-3, abs=5e-3)
    assert norm == pytest.approx(gradient.norm().item(), rel=5e-3, abs=5e-3)
    # The arrow, in pixels: against the gradient.
    here, there = stage.pixel(*at.tolist()), stage.pixel(*(at - 0.1 * gradient).tolist())
    wanted = math.atan2(there[1] - here[1], there[0] - here[0])
    turned = re.search(r"rotate\(([-\d.e]+)rad\)", stage.stage.locator(".downhill").get_attribute("style") or "")
    assert turned is not None
    assert math.cos(float(turned.group(1)) - wanted) > 0.9999
    # On a path, the numbers are those of the step.
    page.mouse.move(*stage.pixel(*stage.scenario.start))
    expect(box.locator("div").first).to_have_text(re.compile(r", step 0$"))
    expect(stage.stage.locator(".downhill")).to_be_hidden()


def test_the_runs_are_ranked_once_all_have_ended(stage: StagePage) -> None:
    ranking = stage.stage.locator(".ranking")
    stage.finish()
    expect(ranking).to_have_text(re.compile(r"Adam.*\d"))
    assert len(ranking.inner_text().splitlines()) == 2, "a line for the first, a line for the lowest"
    stage.page.keyboard.press("Home")
    expect(ranking).to_have_text("")


@pytest.mark.parametrize("width", [1366, 390])
def test_no_number_is_cut(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    stage = StagePage(page)
    stage.open(RUNAWAY)
    stage.finish()
    cut = page.evaluate(
        """() => [...document.querySelectorAll(
                ".mradam-stage :is(dd, dt, .outcome, .settings, .count, .ranking, .name span)")]
            .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline"
                || part.getBoundingClientRect().right > part.closest(".card, .transport, .side")
                    .getBoundingClientRect().right + 0.5)
            .map((part) => part.textContent)"""
    )
    assert cut == []
    # No number overlaps its neighbor.
    over = page.evaluate(
        """() => [...document.querySelectorAll(".mradam-stage dl div")].filter((pair) => {
            const range = document.createRange();
            range.selectNodeContents(pair);
            return range.getBoundingClientRect().right > pair.getBoundingClientRect().right + 0.5;
        }).map((pair) => pair.textContent)"""
    )
    assert over == []


# The last three: a tablet, a laptop at 200 %, a phone in landscape.
@pytest.mark.parametrize("size", [(770, 700), (900, 700), (1000, 700), (820, 1180), (683, 384), (844, 390)])
@pytest.mark.parametrize("path", ["/?surface=rosenbrock&run=adam:lr=0.1", "/lessons"])
def test_the_title_and_the_pages_do_not_cover_each_other(page: Page, size: tuple[int, int], path: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(path)
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_test_id("stage")).to_be_attached()
    covered = page.evaluate(
        """() => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector("h1"));
            const title = range.getBoundingClientRect();
            const links = [...document.querySelectorAll('.stAppHeader a, .stAppHeader button, .st-key-phone-pages a')];
            return links.map((link) => link.getBoundingClientRect()).filter((box) => box.width > 0
                && box.left < title.right && title.left < box.right && box.top < title.bottom && title.top < box.bottom)
                .length;
        }"""
    )
    assert covered == 0
