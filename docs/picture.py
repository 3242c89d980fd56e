"""Take the README's pictures from the real page: `make picture`."""

import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests import chromium
from tests.browser.conftest import Server
from tests.browser.stage_page import StagePage

HERE = Path(__file__).parent
LINK = "/?surface=hump"


def main() -> None:
    """Start the app, let the first scene walk to its end, and take it in both looks."""
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.advise())
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "server.log")
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
                for scheme in ("light", "dark"):
                    page = browser.new_page(viewport={"width": 1366, "height": 768}, color_scheme=scheme)
                    page.add_init_script("localStorage.setItem('mradam.hint', '1')")
                    stage = StagePage(page).open(server.url + LINK)
                    stage.finish()
                    expect(stage.stage.locator(".outcome").first).not_to_be_empty()
                    page.evaluate("() => document.activeElement.blur()")
                    page.screenshot(path=HERE / f"stage-{scheme}.png")
                browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
