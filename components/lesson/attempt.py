"""What a learner has done in the lessons; it is kept in the Streamlit session."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from components.lesson.truth import Answer, reached
from components.visit import Visit, describes_scenario, named, query, turn_page
from lessons import LESSONS, Lesson
from trajectories import Scenario, format_link, parse_link
from trajectories.link_table import LINK
from trajectories.sentences import missing

_KEY = "course"
MOST_STEPS = 2_000
"""The most steps for which goals and figures are computed: they need dozens of walks with so many steps."""


@dataclass
class Attempt:
    """One lesson with the state in which this learner left it.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    visit : Visit
        The scenario on its stage.
    answer : Answer or None
        The prediction; None until it is made or skipped.
    done : set of int
        The indices of the goals reached so far; later changes of the scenario remove none of them.
    scene : int
        The index of the scene that was shown last; 0 is the lesson's own. The learner may have edited it since.
    """

    lesson: Lesson
    visit: Visit
    answer: Answer | None = None
    done: set[int] = field(default_factory=set)
    scene: int = 0

    @property
    def own(self) -> Scenario:
        """The scenario that the lesson starts with."""
        return parse_link(self.lesson.scenario)[0]

    @property
    def scenes(self) -> list[tuple[str, Scenario]]:
        """Label and scenario of each scene that has a button; the lesson's own scene first."""
        others = [(scene.label, parse_link(scene.scenario)[0]) for scene in self.lesson.scenes]
        return [("Reset", self.own), *others]

    def shown(self) -> int | None:
        """The index of the scene whose scenario is on the stage, which is stored; None if it is none of them."""
        places = [place for place, (_, scenario) in enumerate(self.scenes) if scenario == self.visit.scenario]
        if not places:
            return None
        self.scene = places[0]
        return self.scene

    @property
    def pictures(self) -> str:
        """The part of the shown scene's link that is no part of its scenario: which maps the stage shows with it."""
        link = [self.lesson.scenario, *(scene.scenario for scene in self.lesson.scenes)][self.scene]
        return urlencode([(name, value) for name, value in parse_qsl(link) if name in LINK.others], safe=",:")

    def ask_again(self) -> None:
        """Take back the prediction and all edits, so that the question waits again; goals stay reached."""
        self.answer = None
        self.visit.turn(self.own)

    @property
    def long(self) -> bool:
        """Whether the scenario has too many steps for goals and figures; only a link can set so many."""
        return self.visit.scenario.steps > MOST_STEPS

    @property
    def complete(self) -> bool:
        """Whether every goal is reached."""
        return len(self.done) == len(self.lesson.goals)

    @property
    def link(self) -> str:
        """The query that opens this lesson, with the learner's scenario where it differs from the lesson's own."""
        here = f"lesson={self.lesson.key}"
        return here if self.visit.scenario == self.own else f"{here}&{format_link(self.visit.scenario)}"

    def check(self) -> None:
        """Add the goals that the scenario reaches to ``done``; before the prediction do nothing."""
        if self.answer is not None and not self.long:
            self.done |= reached(self.lesson, self.visit.scenario)


@dataclass
class Course:
    """All lessons with the state in which this learner left them.

    Parameters
    ----------
    key : str
        The lesson on the page.
    attempts : dict of str to Attempt
        The lessons that have been opened, by key.
    note : str
        One sentence if the address names a lesson that does not exist; otherwise empty.
    seen : (str or None, str)
        The lesson and the scenario in the address at the last run of the page.
    """

    key: str
    attempts: dict[str, Attempt] = field(default_factory=dict)
    note: str = ""
    seen: tuple[str | None, str] = (None, "")

    @property
    def attempt(self) -> Attempt:
        """The lesson on the page."""
        if self.key not in self.attempts:
            lesson = LESSONS[self.key]
            self.attempts[self.key] = Attempt(lesson, Visit(*parse_link(lesson.scenario)))
        return self.attempts[self.key]

    def turn(self, key: str, scenario: str = "") -> None:
        """Show another lesson.

        Parameters
        ----------
        key : str
            The key of the lesson; if no lesson has it, the first lesson is shown, with a note.
        scenario : str
            A link, for example to a solution. If it describes a scenario, the question is skipped, since that
            scenario may answer it.
        """
        self.note = ""
        if key not in LESSONS:
            self.note = f"{missing('lesson', key, LESSONS)} This is the first."
            key, scenario = next(iter(LESSONS)), ""
        self.key = key
        # A query without any part of a scenario would be read as the default scenario, on another surface.
        if describes_scenario(scenario):
            self.attempt.visit.choose(scenario)
            self.attempt.answer = self.attempt.answer or Answer()


def course() -> Course:
    """Return this tab's course. If the address has changed since the last call, show the lesson that it names."""
    turn_page("lessons")
    lesson, scenario = asked = named("lesson"), query()
    known: Course = st.session_state.setdefault(_KEY, Course(next(iter(LESSONS))))
    if lesson is not None and asked != known.seen:
        known.turn(lesson, scenario)
    known.seen = asked
    known.attempt.check()
    return known
