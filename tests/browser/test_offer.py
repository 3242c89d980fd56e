"""A link offers what its author chose: fewer controls, fewer parts, a title, a locked start, a step to begin with."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage_page import StagePage
from trajectories import parse_link

LINK = "/?surface=hump&steps=60&run=momentum:lr=0.05&run=adam:lr=0.3"


@pytest.fixture
def stage(page: Page) -> StagePage:
    return StagePage(page)


def test_only_the_offered_controls_are_there_and_they_work(stage: StagePage) -> None:
    page = stage.page
    stage.open(f"{LINK}&controls=lr,momentum&hide=picker,presets")
    panel = page.get_by_test_id("panel")
    expect(page.get_by_test_id("picker")).to_have_count(0)
    expect(page.locator(".st-key-presets")).to_have_count(0)
    fields = panel.locator("input.typed")
    expect(fields).to_have_count(3)
    for field in fields.all():
        expect(field).to_be_visible()
    expect(panel.locator(".add")).to_be_hidden()
    expect(panel.locator("select").first).to_be_disabled()
    fields.first.fill("0.1")
    fields.first.press("Enter")
    page.wait_for_url(re.compile("lr=0.1.*controls=lr,momentum&hide=picker,presets"))
    stage.arrived()
    assert stage.scenario.runs[0].values["lr"] == 0.1
    page.reload()
    stage.arrived()
    expect(panel.locator("input.typed")).to_have_count(3)


def test_a_locked_start_stays_where_it_is(stage: StagePage) -> None:
    page = stage.page
    stage.open(f"{LINK}&lock=start")
    before = stage.scenario
    expect(stage.stage.locator(".handle")).to_be_disabled()
    page.mouse.click(*stage.pixel(1.0, 1.0))
    page.mouse.move(*stage.pixel(*before.start))
    page.mouse.down()
    page.mouse.move(*stage.pixel(0.0, 0.0), steps=3)
    page.mouse.up()
    expect(page.get_by_test_id("panel").locator(".start")).to_have_count(0)
    lr = page.get_by_test_id("panel").locator("input.typed").first
    lr.fill("0.1")
    lr.press("Enter")
    page.wait_for_url(re.compile("lr=0.1"))
    assert stage.scenario.start == before.start


def test_a_link_opens_at_its_step_with_its_speed_scale_and_part_of_the_map(stage: StagePage) -> None:
    page = stage.page
    stage.open(f"{LINK}&step=40&speed=2&scale=log&window=-4..0,-1..2")
    expect(stage.stage).to_have_attribute("data-step", "40")
    expect(stage.stage).to_have_attribute("data-state", "paused")
    assert stage.stage.locator(".speed select").input_value() == "2"
    assert stage.stage.locator(".scale select").input_value() == "log"
    page.wait_for_function(
        "() => { const { xaxis, yaxis } = document.querySelector('.mradam-stage .ground')._fullLayout;"
        " return `${xaxis.range},${yaxis.range}` === '-4,0,-1,2'; }"
    )
    expect(page).to_have_url(re.compile(r"window=-4\.\.0,-1\.\.2&step=40"))


def test_hidden_parts_are_not_on_the_page_and_a_title_is_text(stage: StagePage) -> None:
    page = stage.page
    stage.open(f"{LINK}&hide=cards,curve,tools,transport,panel&title=%3Ch2%3E*a*%3C/h2%3E%20:smile:%20www.example.com")
    for part in (".cards", ".curve", ".tools", ".transport"):
        expect(stage.stage.locator(part)).to_be_hidden()
    expect(page.get_by_test_id("panel")).to_have_count(0)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("<h2>*a*</h2> :smile: www.example.com")
    expect(heading.locator("*")).to_have_count(0)


def test_a_faulty_word_gets_a_sentence_and_the_scenario_stays(stage: StagePage) -> None:
    page = stage.page
    stage.open(f"{LINK}&hide=cardz&step=61")
    notes = page.get_by_test_id("stAlert")
    expect(notes).to_contain_text('hide has no "cardz"')
    expect(notes).to_contain_text("step must be")
    assert stage.scenario == parse_link(LINK[2:])[0]


def test_a_made_link_opens_what_its_dialog_says(stage: StagePage) -> None:
    """By keys alone: the dialog opens, a title is typed, switches are pressed, and the link is followed."""
    page = stage.page
    stage.open(LINK)
    stage.finish()
    page.get_by_role("button", name="Invite").press("Enter")
    page.locator(".mradam-invite [data-do=link]").press("Enter")
    dialog = page.locator(".mradam-present-link")
    expect(dialog).to_be_visible()
    for name in ("control:start", "control:beta1", "part:cards", "moves"):
        dialog.locator(f"[data-switch='{name}']").press("Space")
    dialog.locator("input[type=text]").fill('A "c" & <d>')
    dialog.locator("[data-switch=look]").check()
    address = dialog.locator("textarea").first
    expect(address).to_have_value(re.compile("lock=start"))
    link = address.input_value()
    frame = dialog.locator("textarea").nth(1).input_value()
    assert (
        page.evaluate("(html) => new DOMParser().parseFromString(html, 'text/html').querySelector('iframe').src", frame)
        == f"{link}&embed=true"
    )
    expect(dialog.locator(".code img")).to_have_js_property("complete", True)
    assert dialog.locator(".code img").evaluate("(image) => image.naturalWidth > 0")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.goto(link)
    stage.arrived()
    expect(page.get_by_role("heading", level=1)).to_have_text('A "c" & <d>')
    expect(stage.stage.locator(".cards")).to_be_hidden()
    expect(stage.stage.locator(".handle")).to_be_disabled()
    expect(stage.stage).to_have_attribute("data-step", "60")
    expect(page.get_by_test_id("panel").locator("input.typed")).not_to_have_count(0)
    expect(page.get_by_test_id("panel").get_by_label("beta1", exact=True)).to_have_count(0)


def test_a_frame_offers_to_open_it_large(stage: StagePage) -> None:
    page = stage.page
    stage.open(f"{LINK}&embed=true&lock=start")
    with page.context.expect_page() as opened:
        stage.stage.locator(".large").click()
    expect(opened.value).to_have_url(re.compile("run=momentum.*lock=start"))
    assert "embed" not in opened.value.url
