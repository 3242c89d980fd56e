"""A page with a stage: tests read from it, and act on it as a visitor does."""

from playwright.sync_api import Locator, Page, expect

from trajectories import Scenario, parse_link


class StagePage:
    """A page with a stage on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stage: Locator = page.get_by_test_id("stage")

    def open(self, path: str = "/") -> "StagePage":
        """Go there and wait until the first walk has arrived whole and is drawn."""
        self.page.goto(path)
        self.arrived()
        return self

    def arrived(self) -> None:
        """Wait until the ground is drawn and every step of the last requested walk has arrived."""
        expect(self.stage.locator(".ground[data-drawn]")).to_be_attached()
        expect(self.stage).not_to_have_attribute("data-pending", "")
        expect(self.stage).to_have_attribute("data-received", str(self.scenario.steps))

    @property
    def scenario(self) -> Scenario:
        """The scenario in the stage's attribute."""
        scenario, notes = parse_link(self._filled("data-scenario"))
        assert notes == []
        return scenario

    def _filled(self, name: str) -> str:
        self.page.wait_for_function(f"() => document.querySelector('[data-testid=stage]')?.getAttribute('{name}')")
        return self.stage.get_attribute(name) or ""

    def switch(self, name: str) -> Locator:
        """A switch of the menu of what is shown, which is opened."""
        opener = self.stage.locator(".tools .show")
        if opener.get_attribute("aria-expanded") == "false":
            opener.click()
        return self.stage.locator(f".tools [data-tool={name}]")

    def step(self) -> int:
        """The step that is shown."""
        return int(self.stage.get_attribute("data-step") or -1)

    def finish(self) -> None:
        """Jump to the end of the walk."""
        self.stage.locator(".scrubber").press("End")
        expect(self.stage).to_have_attribute("data-state", "finished")

    def shown(self, row: int) -> list[list[float]]:
        """The exact numbers of a row of every card, by run: 0 position, 1 loss, 2 gradient norm, 3 distance."""
        cells = self.stage.locator(f".card dl div:nth-child({row + 1}) dd")
        texts = [cell.get_attribute("title") or "" for cell in cells.all()]
        words = {"−": "-", "∞": "inf", "no number": "nan"}
        for word, plain in words.items():
            texts = [text.replace(word, plain) for text in texts]
        return [[float(number) for number in text.split(", ")] for text in texts]

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a point of the surface, from the axes that Plotly has drawn."""
        return tuple(
            self.page.evaluate(
                """([x, y]) => {
                    const ground = document.querySelector('.mradam-stage .ground');
                    const { xaxis, yaxis } = ground._fullLayout;
                    const box = ground.getBoundingClientRect();
                    return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
                }""",
                [x, y],
            )
        )
