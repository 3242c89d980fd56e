"""The menu "Take home": by pointer and by keys, within the window of a phone, and the file that it saves."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from exports import FORMATS
from tests.browser.stage_page import StagePage

LINK = "/?surface=cars_raw&steps=20&batch=7&run=sgd:lr=0.0001&run=adam:lr=0.3"
SERVED = [key for key, form in FORMATS.items() if form.served]


def opened(page: Page) -> StagePage:
    stage = StagePage(page).open(LINK)
    stage.stage.locator("[data-tool=take]").click()
    expect(stage.stage.locator(".take-home")).to_be_visible()
    return stage


@pytest.mark.parametrize("key", SERVED)
def test_an_entry_saves_the_file_of_the_command_line(page: Page, key: str) -> None:
    stage = opened(page)
    with page.expect_download() as download:
        stage.stage.locator(f"[data-format={key}]").click()
    assert download.value.suggested_filename == f"cars-raw-sgd-adam{FORMATS[key].suffix}"
    assert download.value.path().read_bytes() == b"".join(FORMATS[key].write(stage.scenario))
    expect(stage.stage.locator(".take-home [role=status]")).to_contain_text(download.value.suggested_filename)


@pytest.mark.parametrize("key", ["png", "svg"])
def test_a_picture_has_the_link_as_a_caption_if_that_is_wanted(page: Page, key: str) -> None:
    stage, heights = opened(page), []
    for wanted in (False, True):
        stage.stage.get_by_test_id("caption").set_checked(wanted)
        with page.expect_download() as download:
            stage.stage.locator(f"[data-format={key}]").click()
        heights.append(height_of(download.value.path().read_bytes()))
    assert heights[1] > heights[0]


def height_of(picture: bytes) -> int:
    if picture.startswith(b"<svg"):
        found = re.search(rb' height="(\d+)', picture)
        assert found
        return int(found[1])
    return Image.open(io.BytesIO(picture)).height


def test_a_hidden_run_stays_here(page: Page) -> None:
    stage = StagePage(page).open(f"{LINK}&hidden=1")
    stage.stage.locator("[data-tool=take]").click()
    with page.expect_download() as download:
        stage.stage.locator("[data-format=script]").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "torch.optim.Adam," in text
    assert "torch.optim.SGD," not in text


def test_the_keyboard_is_enough(page: Page) -> None:
    stage = StagePage(page).open(LINK)
    step = stage.step()
    opener, menu = stage.stage.locator("[data-tool=take]"), stage.stage.locator(".take-home")
    opener.focus()
    page.keyboard.press("Enter")
    entries = menu.locator("button")
    expect(entries.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(entries.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(entries.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(entries.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()
    assert stage.step() >= step


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (1366, 768)])
def test_the_menu_stays_in_the_window(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    box = opened(page).stage.locator(".take-home").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
