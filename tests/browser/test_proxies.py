"""The app at different paths: at the root, below a base path, and behind a proxy that removes a prefix of paths."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.conftest import Server
from tests.browser.lesson_page import LessonPage
from tests.stripping_proxy import StrippingProxy, served


@pytest.fixture
def missing(page: Page) -> Iterator[list[str]]:
    """Every answer of status 400 or above that the page gets: there must be none."""
    found: list[str] = []

    def note(answer: Response) -> None:
        if answer.status >= 400:
            found.append(f"{answer.status} {answer.url}")

    page.on("response", note)
    yield found
    assert found == []


def use(page: Page, root: str) -> None:
    """Open the playground and a lesson, each by its address and by the way between them, and see their walks arrive."""
    stage = LessonPage(page)
    stage.open(f"{root}/?surface=hump&steps=20&run=adam")
    page.get_by_role("button", name="Invite").click()
    expect(page.locator(".mradam-invite")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Lessons").click()
    page.wait_for_url(re.compile(f"^{re.escape(root)}/lessons"))
    expect(page.get_by_test_id("predict")).to_be_attached()
    page.goto(f"{root}/lessons?lesson=hump")
    stage.opened("hump")
    page.get_by_role("button", name="Skip").click()
    stage.arrived()
    page.get_by_role("link", name="Playground").click()
    page.wait_for_url(re.compile(f"^{re.escape(root)}/(\\?|$)"))
    stage.arrived()
    for address in (f"{root}/lessons/?lesson=hump", f"{root}/"):
        page.goto(address)
        expect(page.get_by_test_id("stage").locator(".ground[data-drawn]")).to_be_attached()


@pytest.mark.usefixtures("missing")
def test_at_the_root_every_file_is_found(page: Page, server: Server) -> None:
    use(page, server.url)


@pytest.mark.usefixtures("missing")
def test_behind_a_proxy_that_removes_a_path_every_file_is_found(page: Page, server: Server) -> None:
    proxy = StrippingProxy(server.port)
    with served(proxy) as root:
        use(page, root)
        page.goto("about:blank")
    assert (proxy.outside, proxy.missing) == ([], [])


@pytest.mark.slow
@pytest.mark.usefixtures("missing")
def test_below_a_base_path_every_file_is_found(page: Page, tmp_path: Path) -> None:
    server = Server(tmp_path / "log", base="/adam")
    server.start()
    try:
        use(page, server.url)
        page.goto(server.url)
        page.wait_for_url(re.compile(f"^{re.escape(server.url)}/"))
        page.goto("about:blank")
    finally:
        server.stop()


def test_behind_a_proxy_that_replaces_the_host_the_page_names_the_setting(browser: Browser, server: Server) -> None:
    page = browser.new_page()  # its console shows the refused socket, as it must
    with served(StrippingProxy(server.port, host=f"localhost:{server.port}")) as root:
        page.goto(f"{root}/")
        page.add_style_tag(content="#mr-adam-wait { animation-delay: 0s !important; }")
        expect(page.locator("#mr-adam-wait")).to_contain_text("MR_ADAM_ORIGINS")
        page.close()
