"""The page in a frame of another origin: it works, and its link is copied, or a sentence explains why not."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import Server

LINK = "surface=hump&steps=40&run=adam:lr=0.1"
# What a frame may not do unless its page allows it.
PLAIN, ALLOWED = "", 'allow="clipboard-write"'
# Neither way of copying works.
REFUSING = "Document.prototype.execCommand = () => false;"

Embed = Callable[[str], FrameLocator]


class Outside(ThreadingHTTPServer):
    """The other origin: one page. It is a real server, because a page from the network may not show this machine's."""

    page = ""

    class Answer(BaseHTTPRequestHandler):
        """The page, for every address."""

        server: "Outside"

        def do_GET(self) -> None:
            """Answer with the page."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(self.server.page.encode())

        def log_message(self, *args: object) -> None:
            """Write no log."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), self.Answer)
        self.origin = f"http://127.0.0.1:{self.server_port}"


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    """The server of the other origin."""
    server = Outside()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def framed(outside: Outside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the app that lets the other origin show it in a frame."""
    server = Server(tmp_path_factory.mktemp("framed") / "server.log", MR_ADAM_FRAME_ANCESTORS=outside.origin)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def embed(page: Page, outside: Outside, framed: Server) -> Embed:
    """Open a page of the other origin, with the app in a frame and a field to paste into."""

    def opened(attributes: str) -> FrameLocator:
        frame = f'<iframe src="{framed.url}/?embed=true&{LINK}" width="1000" height="700" {attributes}></iframe>'
        outside.page = f"<!doctype html><title>Other</title><link rel=icon href=data:><textarea></textarea>{frame}"
        page.goto(outside.origin)
        inside = page.frame_locator("iframe")
        expect(inside.get_by_test_id("stage")).to_have_attribute("data-received", "40")
        expect(inside.locator(".ground[data-drawn]")).to_be_attached()
        return inside

    return opened


@pytest.mark.parametrize("attributes", [PLAIN, ALLOWED])
def test_the_link_is_copied_in_a_frame_and_leads_to_the_whole_page(
    page: Page, framed: Server, embed: Embed, attributes: str
) -> None:
    inside = embed(attributes)
    inside.locator("[data-tool=link]").click()
    expect(inside.locator(".mradam-stage .status")).to_have_text("Link copied.")
    field = page.locator("textarea")
    field.focus()
    page.keyboard.press("ControlOrMeta+V")
    expect(field).to_have_value(re.compile(f"^{re.escape(framed.url)}/\\?surface=hump&.*run=adam:lr=0.1$"))


def test_if_a_frame_may_not_copy_a_sentence_explains_what_to_do(page: Page, embed: Embed) -> None:
    page.add_init_script(REFUSING)
    inside = embed(PLAIN)
    inside.locator("[data-tool=link]").click()
    expect(inside.locator(".mradam-stage .status")).to_contain_text("a tab of its own")
