"""The head of the panel: the step is first in the panel, in our own font, and works in a translated page."""

import pytest
from playwright.sync_api import Page, expect

from optimizers import OPTIMIZERS
from tests.browser.step_page import WHOLE, StepPage, assert_moves
from trajectories import simulate

FOUR = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=momentum:lr=0.07&run=rmsprop:lr=0.1&run=adam:lr=0.3"
SCROLLED = (
    "() => [scrollY, ...[...document.querySelectorAll('*')].map((part) => part.scrollTop)].filter((top) => top > 0)"
)
# As page translators do: every text that may be translated is put into elements of the translator's own.
TRANSLATE = """() => {
    const panel = document.querySelector('.step-panel');
    const texts = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    let kept = 0;
    for (const text of found) {
        if (text.data.trim() === '') continue;
        if (text.parentElement.closest('[translate=no]')) kept += 1;
        const font = document.createElement('font');
        font.append(document.createElement('font'));
        text.replaceWith(font);
        font.firstChild.append(text.data);
    }
    const numbers = [...panel.querySelectorAll('[data-exact], math')];
    return { kept, open: numbers.filter((number) => !number.closest('[translate=no]')).length };
}"""
# Of every power in the panel: how far the middle of the exponent is above that of the base, as a share of the base.
RAISED = """() => [...document.querySelectorAll('.step-panel :is(msup, msubsup)')].map((power) => {
    const [base, exponent] = [power.firstElementChild, power.lastElementChild].map((p) => p.getBoundingClientRect());
    const middle = ({ top, bottom }) => (top + bottom) / 2;
    return {
        up: (middle(base) - middle(exponent)) / base.height,
        gap: (exponent.left - base.right) / base.height,
    };
}).filter(({ up }) => Number.isFinite(up))"""


@pytest.mark.parametrize("size", [(390, 844), (1366, 768)], ids=["phone", "laptop"])
def test_the_step_is_the_first_thing_seen_and_opening_it_scrolls_no_laptop(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    step_page = StepPage(page)
    step_page.open(FOUR)
    step_page.finish()
    look = step_page.stage.locator(".card").nth(3).locator(".look")
    look.scroll_into_view_if_needed()
    before = page.evaluate(SCROLLED)
    look.click()
    expect(step_page.panel.get_by_role("heading")).to_contain_text("Adam")
    step_page.arrived()
    expect(step_page.panel.locator(".idea")).to_have_text(OPTIMIZERS["adam"].idea)
    # On a phone the page scrolls to the panel's head below the map: see test_layout.py.
    assert size[0] < 760 or page.evaluate(SCROLLED) == before
    walked = simulate(step_page.scenario, parts=True)[3]
    assert_moves(page.evaluate(WHOLE), walked, 60)
    whole = step_page.panel.locator(".whole-step")
    for symbol in ("α", "m", "v", "ϵ"):
        expect(whole.locator(".letters")).to_contain_text(symbol)
    page.mouse.move(1, 1)  # a finger leaves the panel: no line is selected
    # On a phone the map stays below the header while the panel scrolls under it.
    page.evaluate(
        """(phone) => {
            const main = document.querySelector('.stMain');
            main.scrollTo(0, 0);
            if (phone) main.scrollTo(0, document.querySelector('.mradam-stage .map').getBoundingClientRect().top - 60);
        }""",
        size[0] < 760,
    )
    seen = """() => {
        const whole = document.querySelector('.whole-step');
        const rows = [...whole.querySelectorAll('.numbers')].slice(0, 2).map((row) => row.getBoundingClientRect());
        const on = ({ left, top, height }) => document.elementFromPoint(left + 30, top + height / 2);
        const first = document.querySelector('.step-panel .line').getBoundingClientRect();
        return {
            rows: rows.map((row) => whole.contains(on(row))),
            above: whole.getBoundingClientRect().bottom < first.top,
        };
    }"""
    found = page.evaluate(seen)
    assert found["above"]
    assert found["rows"] == [True, True], "the step in numbers is covered by nothing"


def test_exponents_stand_above_their_base_in_our_own_font(page: Page) -> None:
    step_page = StepPage(page)
    step_page.open(FOUR + "&inside=4")
    step_page.finish()
    page.wait_for_function(
        "() => document.fonts.check('16px \"Mr Adam Math\"', 'θ') && document.fonts.status === 'loaded'"
    )
    faces = page.evaluate(
        "() => [...document.fonts].filter((face) => face.family.includes('Mr Adam Math')).map((f) => f.status)"
    )
    assert faces == ["loaded"]
    for name in ("math", ".letters mi", "msup"):
        family = step_page.panel.locator(name).first.evaluate("part => getComputedStyle(part).fontFamily")
        assert family.startswith('"Mr Adam Math"'), name
    raised = page.evaluate(RAISED)
    assert len(raised) >= 5
    for power in raised:
        assert 0.1 < power["up"] < 0.75, raised  # 0.8 and more where no font has a MATH table
        assert power["gap"] < 0.5, raised


def test_numbers_survive_a_page_translator(page: Page) -> None:
    step_page = StepPage(page)
    step_page.open(FOUR + "&inside=4")
    step_page.finish()
    step_page.inside(60)
    translated = page.evaluate(TRANSLATE)
    assert translated["open"] == 0, "every number and formula is translate=no"
    assert translated["kept"] > 0
    step_page.seek(6)
    step_page.inside(7)
    walked = simulate(step_page.scenario, parts=True)[3]
    assert_moves(page.evaluate(WHOLE), walked, 7)
    expect(step_page.panel.get_by_role("heading")).to_contain_text("7")
    result = step_page.panel.locator(".whole-step .positions .result").first
    digits = result.get_attribute("data-exact") or ""
    assert digits.replace("−", "")[:4] in result.inner_text()
