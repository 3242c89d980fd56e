"""Inside one step, in a real browser: its lines are selected, its drawing switched, its curves clicked."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from charts.formula import read_rule
from tests.browser.step_page import StepPage

HUMP = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=momentum:lr=0.07&run=adam:lr=0.3"
PICTURE = "() => document.querySelector('.mradam-stage canvas.upper').toDataURL()"


def test_a_step_is_walked_line_by_line_by_button_and_by_key(page: Page) -> None:
    step_page = StepPage(page)
    step_page.open(HUMP)
    step_page.finish()
    step_page.open_inside(2)
    step_page.seek(4)
    lines = [line["key"] for line in read_rule("adam")["lines"]]
    on, back = (
        step_page.panel.get_by_role("button", name="line ›"),
        step_page.panel.get_by_role("button", name="‹ line"),
    )
    pictures = []
    for key in lines:
        on.click()
        page.mouse.move(5, 5)
        assert step_page.selected_line() == key
        waiting = step_page.panel.locator(".line[data-waits]")
        expect(waiting).to_have_count(len(lines) - 1 - lines.index(key))
        pictures.append(page.evaluate(PICTURE))
    # Each line brings its drawing; the denominator's is switched off at first.
    changed = [key for key, before, after in zip(lines[1:], pictures, pictures[1:], strict=False) if before != after]
    assert set(lines[1:]) - set(changed) <= {"denominator"}
    on.click()
    step_page.inside(6)
    assert step_page.selected_line() == "g"
    page.keyboard.press(",")
    step_page.inside(5)
    assert step_page.selected_line() == "update"
    step_page.stage.locator(".scrubber").focus()
    for key in reversed(lines[:-1]):
        page.keyboard.press(",")
        assert step_page.selected_line() == key
    page.keyboard.press(",")
    step_page.inside(4)
    page.keyboard.press(".")
    step_page.inside(5)
    back.click()
    step_page.inside(4)
    step_page.panel.get_by_role("button", name="all").click()
    page.mouse.move(5, 5)
    expect(step_page.panel.locator(".line[data-lit]")).to_have_count(0)
    step_page.seek(0)
    page.keyboard.press(",")
    assert step_page.selected_line() == "update"
    for _ in lines:
        page.keyboard.press(",")
    step_page.inside(1)
    assert step_page.selected_line() == "g", "before the first line of the first step there is nothing"
    step_page.stage.get_by_role("button", name="Play", exact=True).click()
    expect(step_page.panel.locator(".line[data-waits]")).to_have_count(0)


def test_each_drawing_can_be_switched_off(page: Page) -> None:
    step_page = StepPage(page)
    step_page.open(HUMP)
    step_page.finish()
    step_page.open_inside(2)
    step_page.seek(5)
    page.mouse.move(5, 5)
    before = page.evaluate(PICTURE)
    for button in step_page.panel.get_by_role("button", name=re.compile("on the map$")).all():
        state = button.get_attribute("aria-pressed")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false" if state == "true" else "true")
        page.mouse.move(5, 5)
        expect(step_page.panel.locator(".line[data-lit]")).to_have_count(0)
        page.wait_for_function(f"before => ({PICTURE})() !== before", arg=before)
        button.click()
        page.mouse.move(5, 5)
        expect(step_page.panel.locator(".line[data-lit]")).to_have_count(0)
        page.wait_for_function(f"before => ({PICTURE})() === before", arg=before)


def test_a_link_opens_the_inside_of_a_step(page: Page) -> None:
    step_page = StepPage(page)
    step_page.open(f"{HUMP}&inside=3")
    expect(step_page.panel.get_by_role("heading")).to_contain_text("Adam")
    page.wait_for_url(re.compile("inside=3"))
    step_page.panel.get_by_label("Run").select_option("0")
    page.wait_for_url(re.compile("inside=1"))
    page.reload()
    step_page.arrived()
    expect(step_page.panel.get_by_role("heading")).to_contain_text("SGD")
    step_page.panel.get_by_role("button", name="Close").click()
    page.wait_for_url(lambda url: "inside" not in url)


def test_a_click_on_a_curve_shows_its_step(page: Page) -> None:
    step_page = StepPage(page)
    step_page.open(HUMP)
    step_page.finish()
    step_page.open_inside(2)
    curves = step_page.stage.get_by_role("img", name="Every part of the step over time")
    # In a low window they are the last part of the panel, which a wheel scrolls.
    step_page.panel.locator(".line").first.hover()
    page.mouse.wheel(0, 5000)
    expect(curves).to_be_in_viewport(ratio=0.9)
    box = curves.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 3, box["y"] + 40)
    expect(step_page.stage).to_have_attribute("data-step", "0")
    page.mouse.click(box["x"] + 60, box["y"] + 40)
    expect(step_page.stage).not_to_have_attribute("data-step", "0")


def test_a_switch_changes_the_line_that_it_decides(page: Page) -> None:
    """Only the active settings are shown."""
    step_page = StepPage(page)
    step_page.open("/?surface=hump&steps=60&run=dissected:lr=0.3,correct_m=0")
    step_page.finish()
    step_page.open_inside(0)
    line = step_page.panel.locator("[data-line=m_hat] .letters")
    expect(line).not_to_contain_text("β")
    step_page.page.goto("/?surface=hump&steps=60&run=dissected:lr=0.3")
    step_page.arrived()
    step_page.open_inside(0)
    expect(line).to_contain_text("β")
    expect(step_page.panel.locator(".letters mtable")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    step_page = StepPage(page)
    step_page.open(HUMP)
    step_page.finish()
    step_page.open_inside(2)
    step_page.panel.get_by_role("button", name="line ›").click()
    results = Axe().run(page)
    grave = [found for found in results.response["violations"] if found["impact"] in ("serious", "critical")]
    ours = [found for found in grave if any("stHeader" not in str(node["target"]) for node in found["nodes"])]
    assert not ours, results.generate_report()


@pytest.mark.parametrize("size", [(390, 844), (1366, 768), (1920, 1080)], ids=["phone", "laptop", "projector"])
def test_the_page_fits_the_screen(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    step_page = StepPage(page)
    step_page.open(HUMP)
    step_page.finish()
    step_page.open_inside(2)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    outside = """() => {
        const panel = document.querySelector('.step-panel').getBoundingClientRect();
        return [...document.querySelectorAll('.step-panel :is(math, .label, .result, button, select)')]
            .filter((part) => part.getBoundingClientRect().right > panel.right + 1).map((part) => part.textContent);
    }"""
    assert page.evaluate(outside) == []
    if size[0] >= 1366:
        bottom = "(part) => document.querySelector(part).getBoundingClientRect().bottom"
        assert page.evaluate(bottom, ".curve") <= size[1], "map, transport and loss are seen at once"
        # On a laptop the curves of the step are the last part of the panel, so that the map is not small.
        inside = page.locator(".step-panel .multiples").count() == 1
        assert inside == (size[1] < 900)
        assert inside or page.evaluate(bottom, ".multiples") <= size[1], "the curves of the step are seen, too"
        height = page.evaluate("() => document.querySelector('.mradam-stage .map').getBoundingClientRect().height")
        assert height > 0.45 * size[1]
