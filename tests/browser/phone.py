"""The page on a phone, and fingers on it."""

from playwright.sync_api import CDPSession, Page

from tests.browser.stage_page import StagePage

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
Place = tuple[float, float]


class Phone(StagePage):
    """The page on a phone, and its fingers."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._line: CDPSession = page.context.new_cdp_session(page)

    def touch(self, kind: str, *places: Place | None) -> None:
        """Send touchStart, touchMove, touchEnd or touchCancel with all fingers that are down; None: one that is not."""
        points = [{"x": at[0], "y": at[1], "id": finger} for finger, at in enumerate(places) if at is not None]
        self._line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def tap(self, place: Place) -> None:
        """Tap once."""
        self.touch("touchStart", place)
        self.touch("touchEnd")

    def ranges(self) -> list[float]:
        """The ends of both axes, as Plotly has drawn them."""
        ends = self.page.evaluate(
            "() => { const { xaxis, yaxis } = document.querySelector('.mradam-stage .ground')._fullLayout;"
            " return [...xaxis.range, ...yaxis.range]; }"
        )
        return [float(end) for end in ends]

    def redrawn(self, before: list[float]) -> list[float]:
        """Wait until the axes are others."""
        self.page.wait_for_function(
            "(before) => { const { xaxis, yaxis } = document.querySelector('.mradam-stage .ground')._fullLayout;"
            " return [...xaxis.range, ...yaxis.range].some((end, at) => Math.abs(end - before[at]) > 1e-6); }",
            arg=before,
        )
        return self.ranges()
