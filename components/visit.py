"""The scenario that a visitor sees, kept in their Streamlit session.

The stage sends every committed edit by its trigger, and so it sends the link of a place that the visitor goes back or
forward to. The address is read only when a page is opened.
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from trajectories import Scenario, ScenarioError, parse_link
from trajectories.link_table import KEYS, LINK, plain_name

log = logging.getLogger(__name__)
_KEY = "visit"
_PAGE = "page"


@dataclass
class Visit:
    """The scenario of one browser tab, and the sentences about it.

    Parameters
    ----------
    scenario : Scenario
        The scenario on the screen.
    notes : list of str
        One sentence for each part of a link that could not be used.
    acknowledged : int or None
        The number of the last edit of the stage that ``scenario`` includes; None while Python knows only the address:
        then a scenario that the browser already shows is newer.
    name : str
        A random name, by which the browser distinguishes this visit from one before a restart of the server or on
        another replica.
    """

    scenario: Scenario
    notes: list[str] = field(default_factory=list)
    acknowledged: int | None = None
    name: str = field(default_factory=lambda: secrets.token_hex(8))

    def choose(self, link: str) -> None:
        """Change to the scenario of a link; each part of it that cannot be used becomes a note."""
        self.turn(*parse_link(link))

    def turn(self, scenario: Scenario, notes: Sequence[str] = ()) -> None:
        """Change to a scenario that Python has made."""
        self.scenario, self.notes = scenario, list(notes)
        self.acknowledged = self.acknowledged or 0

    def edit(self, edit: Any) -> None:
        """Apply an edit that the stage has sent; each part of it that cannot be used becomes a note.

        The browser sends an edit again when it does not know whether the first one arrived: an edit that is already
        included changes nothing.

        Parameters
        ----------
        edit : mapping
            ``{"sequence": int, "scenario": {...}}``, or ``{"sequence": int, "link": str}`` when the visitor went back
            or forward to another address.
        """
        sequence = edit.get("sequence") if isinstance(edit, Mapping) else None
        if type(sequence) is not int or sequence < 0:
            log.warning("an edit was refused: it has no number")
            self.notes = ["The last change could not be read: what is shown may be older. Reload the page."]
            return
        if self.acknowledged is not None and sequence <= self.acknowledged:
            return
        self.acknowledged = sequence
        if "link" in edit:
            self.choose(str(edit["link"]))
            return
        try:
            self.scenario, self.notes = Scenario.model_validate(edit.get("scenario")), []
        except ScenarioError as error:
            log.warning("an edit was refused: %s", error)
            self.notes = [str(error)]


def visit() -> Visit:
    """The visit of this tab. A link in the address sets its scenario only when the playground is opened."""
    opened = turn_page("playground")
    known: Visit | None = st.session_state.get(_KEY)
    if known is None:
        known = st.session_state[_KEY] = Visit(*parse_link(query()))
    elif opened and describes_scenario(link := query()):
        # Back from another page, to the address that the stage wrote before.
        known.choose(link)
    return known


def turn_page(name: str) -> bool:
    """Store which page is shown; True if it was another one before, or none."""
    before = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = name
    return bool(before != name)


def carry(scenario: Scenario) -> None:
    """Store a scenario that the playground shows when it is opened next."""
    known: Visit = st.session_state.setdefault(_KEY, Visit(scenario))
    known.turn(scenario)


def describes_scenario(link: str) -> bool:
    """Whether a query holds any part of a scenario: one that holds none leaves the scenario unchanged."""
    return any(plain_name(name) in KEYS for name, _ in parse_qsl(link, keep_blank_values=True))


def query() -> str:
    """The part of the address that describes a scenario."""
    return urlencode([(name, value) for name, value in _parts() if name not in LINK.others])


def named(name: str) -> str | None:
    """The value of another name in the address, such as ``lesson``; the last one if there are several."""
    values = [value for known, value in _parts() if known == name]
    return values[-1] if values else None


def _parts() -> list[tuple[str, str]]:
    params = st.query_params
    return [(plain_name(name), value) for name in params for value in params.get_all(name)]
