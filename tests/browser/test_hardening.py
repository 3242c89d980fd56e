"""The policy of every answer allows all that our pages do: the browser blocks nothing on any page."""

import json

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from backend.messages import OLDER, VERSION, Busy
from tests.browser.stage_page import StagePage


@pytest.mark.parametrize("address", ["/", "/?embed=true", "/lessons?lesson=hump", "/?inside=1&surface=hump&run=adam"])
def test_no_page_violates_its_own_policy(page: Page, address: str) -> None:
    refused: list[str] = []
    page.expose_function("refused", lambda violation: refused.extend([violation]))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => "
        "refused(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`))"
    )
    answer = page.goto(address)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    stage = page.get_by_test_id("stage").first
    if "lesson" in address:
        page.get_by_role("button", name="Skip").click()
    expect(stage.locator(".js-plotly-plot").first).to_be_attached()
    shown = StagePage(page)
    shown.arrived()
    shown.finish()
    assert refused == []


def test_a_stage_shows_that_the_server_is_busy_and_recovers_by_itself(page: Page) -> None:
    requests: list[int] = []

    def answer_busy(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            request = json.loads(message)
            if request["kind"] == "walk":
                requests.append(request["id"])
            if len(requests) <= 2:
                socket.send(Busy(slot="walk", id=requests[-1], retry_ms=1000).model_dump_json())
            else:
                server.send(message)

        socket.on_message(pass_on)

    page.route_web_socket("**/api/stream", answer_busy)
    page.goto("/")
    stage = page.get_by_test_id("stage")
    expect(stage.get_by_text("The server is busy; trying again.")).to_be_visible()
    StagePage(page).arrived()
    expect(stage.get_by_text("The server is busy")).to_have_count(0)
    assert requests == sorted(set(requests))
    assert len(requests) > 2


def test_a_page_without_a_websocket_shows_a_sentence(page: Page) -> None:
    """As in the network of a school: files arrive, but no WebSocket connects."""
    page.add_init_script(
        """globalThis.WebSocket = class extends EventTarget {
            constructor() {
                super();
                setTimeout(() => this.dispatchEvent(new CloseEvent('close', { code: 1006 })));
            }
            close() {}
        };"""
    )
    page.goto("/")
    word = page.get_by_text("Mr. Adam does not answer yet.")
    expect(word).to_be_hidden()
    page.add_style_tag(content="#mr-adam-wait { animation-delay: 0s !important; }")
    expect(word).to_be_visible()


def test_a_page_that_connects_shows_no_sentence(page: Page) -> None:
    page.goto("/")
    page.add_style_tag(content="#mr-adam-wait { animation-delay: 0s !important; }")
    expect(page.get_by_test_id("stage")).to_be_attached()
    expect(page.get_by_text("Mr. Adam does not answer yet.")).to_be_hidden()


def test_a_page_older_than_the_server_shows_a_sentence_and_reads_no_numbers(page: Page) -> None:
    requests: list[str] = []

    def answer_busy(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            requests.append(str(message))
            server.send(message)

        def renew(message: str | bytes) -> None:
            """Messages as of the next version; its frames have another layout."""
            if isinstance(message, bytes):
                socket.send((VERSION + 1).to_bytes(4, "little") + bytes(4))
            elif json.loads(message)["kind"] != "begin":
                socket.send(json.dumps(json.loads(message) | {"version": VERSION + 1}))
            else:
                socket.send(message)

        socket.on_message(pass_on)
        server.on_message(renew)

    page.route_web_socket("**/api/stream", answer_busy)
    page.goto("/")
    stage = page.get_by_test_id("stage")
    expect(stage.get_by_role("status")).to_have_text(OLDER)
    expect(stage).to_have_attribute("data-state", "error")
    expect(stage).to_have_attribute("data-pending", "")
    assert len(requests) == 1


def test_a_walk_that_is_no_longer_shown_is_canceled(page: Page) -> None:
    """The walk is canceled when its last run is hidden; then nothing is requested."""
    requests: list[dict[str, object]] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: note(requests, socket.url, data)))
    page.goto("/?surface=hump&steps=10000&run=sgd&run=adam&run=rmsprop&run=momentum&run=radam&run=nadam")
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-state", "playing")
    for name in stage.locator(".card .name").all():
        name.click()
    expect(stage.locator(".card[data-hidden]")).to_have_count(6)
    kinds = [message["kind"] for message in requests]
    assert kinds.count("walk") == 6
    # Each walk was complete in time, or is canceled now.
    assert kinds[-1] == "cancel" or stage.get_attribute("data-received") == "10000"


def note(requests: list[dict[str, object]], url: str, data: str | bytes) -> None:
    if url.endswith("/api/stream"):
        requests.append(json.loads(data))
