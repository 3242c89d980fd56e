"""A page with a lesson: tests read from it, and act on it as a learner does."""

import pytest
from playwright.sync_api import Locator, Page, expect

from lessons import LESSONS
from tests.browser.stage_page import StagePage

KEYS = list(LESSONS)
CHOICE = next(key for key, lesson in LESSONS.items() if lesson.predict.options and lesson.controls)
FLAG = next(key for key, lesson in LESSONS.items() if lesson.predict.flag is not None)


class LessonPage(StagePage):
    """A page with a lesson on it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.predict = page.get_by_test_id("predict")
        self.knobs = page.get_by_test_id("knobs")
        self.goals = page.get_by_test_id("goals")
        self.truth = self.predict.locator(".truth[data-shown]")
        self.flag = self.stage.locator(".mradam-curtain-flag")

    def open_lesson(self, key: str, query: str = "") -> "LessonPage":
        """Open a lesson by its link."""
        self.page.goto(f"/lessons?lesson={key}{query}")
        self.opened(key)
        return self

    def opened(self, key: str) -> None:
        """Wait until the page shows a lesson and its ground is drawn."""
        lesson = LESSONS[key]
        expect(self.page.get_by_role("heading", level=1)).to_have_text(f"{lesson.order}. {lesson.title}")
        # For a moment both lessons are on the page, the old and the new: wait for the new one, then for it alone.
        drawn = self.page.locator(f".st-key-lesson-{key}").get_by_test_id("stage").locator(".ground[data-drawn]")
        expect(drawn).to_be_attached()
        expect(self.predict.locator(".question")).to_have_text([lesson.predict.question])
        expect(self.stage).to_have_count(1)

    def run(self) -> None:
        """Lift the curtain, and wait for the truth."""
        self.predict.get_by_role("button", name="Run it").click()
        self.revealed()

    def revealed(self) -> None:
        """Wait until the walk has ended and the truth is shown."""
        expect(self.stage).to_have_attribute("data-state", "finished")
        expect(self.truth).to_be_visible()

    def skip(self) -> None:
        """Skip the prediction, and do not wait for the walk."""
        self.predict.get_by_role("button", name="Skip").click()
        expect(self.knobs).not_to_have_attribute("inert", "")
        self.arrived()

    def tick(self, place: int) -> Locator:
        """The tick of a goal."""
        return self.goals.locator("li").nth(place).get_by_role("img")

    def number(self, key: str) -> Locator:
        """A lesson's link in the row."""
        return self.page.get_by_role("navigation", name="Lessons", exact=True).locator(f"a[data-lesson={key}]")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus."""
    for _ in range(120):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("Tab does not lead there")
