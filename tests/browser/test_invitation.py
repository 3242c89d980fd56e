"""The invitation in a real browser: the code on the screen is decoded as by a camera."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from backend.invitation import LONGEST_ADDRESS
from tests.browser.conftest import Server
from tests.browser.stage_page import StagePage

LINK = "/?surface=hump&start=-3.7,1.35&steps=60&run=sgd:lr=0.05&run=adam:lr=0.3"


@pytest.fixture(scope="module")
def browser(launch_browser: Callable[..., Browser], browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser that resolves a name of the network to the server."""
    browser = launch_browser(args=[*browser_type_launch_args["args"], "--host-resolver-rules=MAP adam.test 127.0.0.1"])
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def browser_context_args(browser_context_args: dict[str, object], server: Server) -> dict[str, object]:
    """Pages are opened by that name, as a class opens them."""
    return {**browser_context_args, "base_url": f"http://adam.test:{server.port}"}


def invite(page: Page) -> Locator:
    page.get_by_role("button", name="Invite").click()
    return page.get_by_role("dialog", name="Join from your own screen")


def read_code(dialog: Locator) -> str:
    """The text of the code on the screen."""
    code = dialog.get_by_role("img")
    code.evaluate("(img) => img.decode()")
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    return found.text


def test_the_code_contains_the_link_of_the_screen(page: Page, server: Server) -> None:
    stage = StagePage(page).open(LINK)
    page.mouse.click(*stage.pixel(-2.0, 0.5))
    expect(page).not_to_have_url(re.compile("start=-3.7,1.35"))
    dialog = invite(page)
    assert read_code(dialog) == page.url
    expect(dialog.get_by_text(f"adam.test:{server.port}", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Copy the link").click()
    expect(dialog.get_by_role("status")).to_have_text("Link copied.")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_in_the_presenters_view_a_key_shows_it_and_guests_get_a_page_of_their_own(page: Page) -> None:
    StagePage(page).open(f"{LINK}&present=true")
    expect(page.locator(".legend").get_by_text("code to join")).to_be_visible()
    page.keyboard.press("q")
    dialog = page.get_by_role("dialog")
    assert read_code(dialog) == page.url.replace("&present=true", "")
    page.keyboard.press("q")
    expect(dialog).to_be_hidden()


def test_a_scenario_too_long_for_a_code_is_invited_by_its_link(page: Page, server: Server) -> None:
    values = "beta1=0.9123456789012345,beta2=0.9991234567890123,eps=1.2345678901234567e-08"
    runs = "".join(
        f"&run=adamw:lr=0.{number}1234567890123456,{values},weight_decay=0.0123456789012345" for number in range(1, 9)
    )
    StagePage(page).open(f"/?surface=hump&start=-3.7123456789012,1.3512345678901&steps=60{runs}")
    assert len(page.url) > LONGEST_ADDRESS
    dialog = invite(page)
    assert read_code(dialog) == f"http://adam.test:{server.port}/"
    expect(dialog.get_by_text("too long for a code")).to_be_visible()


def test_a_page_opened_as_localhost_explains_which_address_a_class_needs(page: Page, server: Server) -> None:
    StagePage(page).open(f"{server.url}{LINK}")
    dialog = invite(page)
    expect(dialog.get_by_role("img")).to_have_count(0)
    expect(dialog.get_by_text(f"http://ADDRESS:{server.port}")).to_be_visible()
    # Beside the card a click closes it.
    page.mouse.click(5, 5)
    expect(dialog).to_be_hidden()


def test_the_invitation_of_a_lesson_links_to_the_lesson(page: Page) -> None:
    page.goto("/lessons?lesson=hump")
    expect(page.get_by_test_id("stage")).to_be_attached()
    assert re.search(r"/lessons\?lesson=hump$", read_code(invite(page)))
