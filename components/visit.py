"""What a visitor looks at: the scenario of their session.

A committed edit comes by the stage's trigger, and by nothing else: so does a place that the visitor goes back or
forward to. The address is read when the page is opened.
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from trajectories import Scenario, ScenarioError, parse_link
from trajectories.link_table import KEYS, LINK

log = logging.getLogger(__name__)
_KEY = "visit"
_PAGE = "page"


@dataclass
class Visit:
    """One browser tab's scenario, and what has to be told about it.

    Parameters
    ----------
    scenario : Scenario
        What is shown.
    notes : list of str
        One sentence for each part of a link that could not be used.
    acknowledged : int or None
        The last edit of the stage that ``scenario`` takes account of; None while all that Python knows is the address:
        then a browser that already shows something knows better.
    name : str
        Tells this visit from one before a restart of the server, or on another replica.
    """

    scenario: Scenario
    notes: list[str] = field(default_factory=list)
    acknowledged: int | None = None
    name: str = field(default_factory=lambda: secrets.token_hex(8))

    def choose(self, link: str) -> None:
        """Turn to the scenario of a link; whatever of it cannot be used becomes a note."""
        self.turn(*parse_link(link))

    def turn(self, scenario: Scenario, notes: Sequence[str] = ()) -> None:
        """Turn to a scenario of ours."""
        self.scenario, self.notes = scenario, list(notes)
        self.acknowledged = self.acknowledged or 0

    def edit(self, edit: Any) -> None:
        """Take an edit that the stage has sent; whatever of it cannot be used becomes a note.

        The browser sends an edit again when it does not know whether it arrived: one that is already seen changes
        nothing.

        Parameters
        ----------
        edit : mapping
            ``{"sequence": int, "scenario": {...}}``, or ``{"sequence": int, "link": str}`` when the visitor went back
            or forward to another address.
        """
        sequence = edit.get("sequence") if isinstance(edit, Mapping) else None
        if type(sequence) is not int or sequence < 0:
            log.warning("an edit was refused: it has no number")
            self.notes = ["The last change could not be read: what is shown here may be older. Reload the page."]
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
    """This tab's visit. A link in the address decides what is shown when the playground is opened, and only then."""
    opened = turn_page("playground")
    known: Visit | None = st.session_state.get(_KEY)
    if known is None:
        known = st.session_state[_KEY] = Visit(*parse_link(query()))
    elif opened and speaks(asked := query()):
        # Back from another page, to a place that the stage left in the address.
        known.choose(asked)
    return known


def turn_page(name: str) -> bool:
    """Note which page is on the screen; True if it was another one before, or none."""
    before = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = name
    return bool(before != name)


def carry(scenario: Scenario) -> None:
    """Bring a scenario to the playground, for when it is opened next."""
    known: Visit = st.session_state.setdefault(_KEY, Visit(scenario))
    known.turn(scenario)


def speaks(link: str) -> bool:
    """Whether a query names any part of a scenario: one that names none leaves the scenario as it is."""
    return any(name in KEYS for name, _ in parse_qsl(link, keep_blank_values=True))


def query() -> str:
    """What the address says of a scenario."""
    params = st.query_params
    return urlencode([(name, value) for name in params if name not in LINK.others for value in params.get_all(name)])
