"""An edit reaches Python, Back and Forward show an earlier scenario, and a run keeps its color and dash."""

import re

from playwright.sync_api import Page, WebSocketRoute, expect

from surfaces import SURFACES
from tests.browser.stage_page import StagePage
from trajectories import format_link, parse_link

HUMP = "surface=hump&start=-3.7,1.35&steps=40&run=sgd:lr=0.05&run=adam:lr=0.3&run=radam:lr=0.2"


def assert_shown(stage: StagePage, link: str) -> None:
    """Wait until stage, title and address show the scenario of a link."""
    expect(stage.stage).to_have_attribute("data-scenario", link)
    expect(stage.page.get_by_role("heading", level=1)).to_have_text(SURFACES[parse_link(link)[0].surface].label)
    expect(stage.page).to_have_url(re.compile(rf"/\?{re.escape(link)}$"))


def test_back_from_another_page_shows_the_scenario_that_was_left(page: Page) -> None:
    stage = StagePage(page).open(f"/?{HUMP}")
    page.get_by_role("radio", name="The trap", exact=True).check()
    expect(page.get_by_role("heading", level=1)).to_have_text(SURFACES["trap"].label)
    trap = format_link(stage.scenario)
    page.get_by_role("link", name="Lessons", exact=True).click()
    expect(page.get_by_test_id("predict")).to_be_visible()
    page.go_back()
    assert_shown(stage, trap)
    page.go_forward()
    expect(page.get_by_test_id("predict")).to_be_visible()
    page.evaluate("() => history.go(-2)")
    assert_shown(stage, HUMP)
    page.go_forward()
    assert_shown(stage, trap)


def test_a_start_far_away_is_the_same_after_a_reload(page: Page) -> None:
    stage = StagePage(page).open(f"/?{HUMP}")
    for name, text in (("x", "1e21"), ("y", "-1e-320")):
        field = page.get_by_test_id("panel").get_by_role("textbox", name=name, exact=True)
        field.fill(text)
        field.press("Enter")
    expect(stage.stage).to_have_attribute("data-scenario", re.compile(r"start=1e21,-1e-320&"))
    page.wait_for_url(re.compile("start=1e21,-1e-320&"))
    page.reload()
    expect(stage.stage).to_have_attribute("data-scenario", re.compile(r"start=1e21,-1e-320&"))
    assert stage.scenario.start == (1e21, -1e-320)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_an_edit_that_is_lost_on_the_connection_is_sent_again(page: Page) -> None:
    """Edits lost on a broken connection are sent with Python's next message."""
    held: list[bool] = []

    def hold(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        # Messages that are held back are lost, as on a connection that breaks unnoticed.
        socket.on_message(lambda message: None if held else server.send(message))

    page.route_web_socket("**/_stcore/stream", hold)
    stage = StagePage(page).open(f"/?{HUMP}")
    held.append(True)
    page.get_by_role("radio", name="The trap", exact=True).check()
    expect(stage.stage).to_have_attribute("data-scenario", re.compile("surface=trap"))
    held.clear()
    # After any other message Python answers that it has received no edit.
    preset = next(preset for preset in SURFACES["hump"].presets if preset.key == "glacial")
    page.get_by_role("button", name=preset.label, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SURFACES["trap"].label)
    assert stage.scenario.surface == "trap"


def test_a_run_keeps_its_color_and_dash_while_others_are_added_and_removed(page: Page) -> None:
    stage = StagePage(page).open(f"/?{HUMP}")
    cards, panel = stage.stage.locator(".card"), page.get_by_test_id("panel")

    def styles() -> dict[str, tuple[str, str]]:
        """By name: the color of the card and the line of its sample."""
        shown = cards.evaluate_all(
            """(cards) => cards.map((card) => [
                card.querySelector('.name span').textContent,
                card.style.getPropertyValue('--run'),
                card.querySelector('.swatch line').getAttribute('stroke-dasharray'),
            ])"""
        )
        return {name: (color, dash) for name, color, dash in shown}

    def colors() -> list[str]:
        color = "(run) => run.style.getPropertyValue('--run')"
        return [str(run.evaluate(color)) for run in panel.locator(".run").all()]

    before = styles()
    assert len(set(before.values())) == 3
    cards.get_by_role("button", name="RAdam", exact=True).click()
    expect(stage.stage.locator(".card[data-hidden]")).to_have_count(1)
    panel.get_by_role("button", name="Add a run").click()
    expect(cards).to_have_count(4)
    expect(stage.stage.locator(".card[data-hidden]")).to_contain_text("RAdam")
    assert {name: styles()[name] for name in before} == before
    panel.get_by_role("button", name="Remove this run").first.click()
    expect(cards).to_have_count(3)
    after = styles()
    assert {name: after[name] for name in before if name in after} == {
        name: before[name] for name in before if name != "SGD"
    }
    assert [color for color, _ in after.values()] == colors()
    expect(stage.stage.locator(".card[data-hidden]")).to_contain_text("RAdam")
    stage.arrived()
    # What is drawn on the map has the same colors: no run has the color of the removed one.
    used = stage.stage.locator(".upper").evaluate(
        """(canvas) => {
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set();
            for (let at = 0; at < data.length; at += 4) {
                const part = (place) => data[at + place].toString(16).padStart(2, '0');
                if (data[at + 3] === 255) seen.add(`#${[0, 1, 2].map(part).join('')}`);
            }
            return [...seen];
        }"""
    )
    assert after["Adam"][0] in used
    assert before["SGD"][0] not in used
