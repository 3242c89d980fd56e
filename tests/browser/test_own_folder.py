"""A server with a folder of its own files, as the one who runs it and a visitor see it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.lesson_page import LessonPage
from tests.browser.stage_page import StagePage
from tests.own_files import GOOD, own


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose folder has four good files and two with a fault."""
    folder = tmp_path_factory.mktemp("own")
    files = GOOD | {"lessons/bad.md": "Dear reader", "surfaces/bad.py": "1 / 0"}
    running = Server(folder / "server.log", MR_ADAM_MINE=str(folder))
    with own(folder, files):  # the tests read the links of the page, too
        running.start()
        yield running
        running.stop()
    text = running.log.read_text()
    assert "Traceback" not in text, text
    assert text.count('event="file left out"') == 2


def test_whoever_runs_the_server_sees_what_is_left_out(page: Page, served: Server) -> None:
    page.goto(served.url)
    page.get_by_role("link", name="Your folder (2 left out)").first.click()
    page.wait_for_url(re.compile("/mine$"))
    expect(page.get_by_role("alert")).to_have_count(2)
    page.goto(f"{served.url}/mine")
    expect(page.get_by_role("link", name="Soup bowl")).to_have_attribute("href", "./?surface=soup_bowl")


def test_a_visitor_under_another_name_of_the_server_does_not(page: Page, served: Server) -> None:
    StagePage(page).open(served.url.replace("localhost", "class.localhost"))
    expect(page.get_by_role("link", name="Lessons").first).to_be_attached()
    expect(page.get_by_role("link", name=re.compile("Your folder"))).to_have_count(0)


def test_an_own_surface_is_in_the_picker_and_an_own_optimizer_walks_without_lines(page: Page, served: Server) -> None:
    stage = StagePage(page)
    stage.open(f"{served.url}/?surface=soup_bowl&steps=30&run=rprop:lr=0.1&inside=1")
    stage.arrived()
    picker = page.get_by_test_id("picker")
    expect(picker.get_by_role("radio", name="Soup bowl")).to_be_checked()
    assert stage.scenario.runs[0].optimizer == "rprop"
    panel = page.locator(".step-panel")
    expect(panel).to_have_attribute("data-unwritten", "")
    expect(panel.locator(".lines")).to_be_hidden()
    # Another run, with a rule, has its lines; and back.
    stage.open(f"{served.url}/?surface=soup_bowl&steps=30&run=rprop:lr=0.1&run=adam:lr=0.1&inside=2")
    expect(panel.locator(".lines")).to_be_visible()
    page.get_by_label("Run", exact=True).first.select_option("0")
    expect(panel.locator(".lines")).to_be_hidden()


def test_an_own_lesson_is_in_the_row(page: Page, served: Server) -> None:
    page.goto(f"{served.url}/lessons?lesson=down_the_bowl")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\d+\. Down the bowl$"))
    LessonPage(page).skip()
    expect(page.locator('.mradam-row [data-lesson="down_the_bowl"]').first).to_be_attached()


def test_a_lesson_begins_in_the_playground(page: Page, served: Server) -> None:
    StagePage(page).open(f"{served.url}/?surface=soup_bowl&steps=30&run=sgd:lr=0.1")
    page.get_by_role("button", name="Copy as a lesson file").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("code").filter(has_text="[predict]").first).to_be_visible()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("+++")
