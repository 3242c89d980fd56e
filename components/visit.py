"""What a visitor looks at: the scenario of their session, kept in step with the address bar."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from trajectories import Scenario, ScenarioError, parse_link
from trajectories.link import OTHERS

log = logging.getLogger(__name__)
_KEY = "visit"


@dataclass
class Visit:
    """One browser tab's scenario, and what has to be told about it.

    Parameters
    ----------
    scenario : Scenario
        What is shown.
    notes : list of str
        One sentence for each part of a link that could not be used.
    acknowledged : int
        The last edit of the stage that ``scenario`` takes account of.
    name : str
        Tells this visit from one before a restart of the server.
    seen : str
        The address's query when the page last ran.
    untouched : bool
        Whether all that Python knows is the address: then a browser that already shows something knows better.
    """

    scenario: Scenario
    notes: list[str] = field(default_factory=list)
    acknowledged: int = 0
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    seen: str = ""
    untouched: bool = True

    def choose(self, link: str) -> None:
        """Turn to the scenario of a link; whatever of it cannot be used becomes a note."""
        self.scenario, self.notes = parse_link(link)
        self.untouched = False

    def turn(self, scenario: Scenario) -> None:
        """Turn to a scenario of ours."""
        self.scenario, self.notes, self.untouched = scenario, [], False

    def edit(self, edit: Any) -> None:
        """Take an edit that the stage has sent; whatever of it cannot be used becomes a note.

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
        self.acknowledged = sequence
        self.untouched = False
        if "link" in edit:
            self.choose(str(edit["link"]))
            return
        try:
            self.scenario, self.notes = Scenario.model_validate(edit.get("scenario")), []
        except ScenarioError as error:
            log.warning("an edit was refused: %s", error)
            self.notes = [str(error)]


def visit() -> Visit:
    """This tab's visit. A link that is new, on arrival or by going back, decides what is shown."""
    asked = query()
    known = st.session_state.get(_KEY)
    if known is None:
        known = Visit(*parse_link(asked))
        st.session_state[_KEY] = known
    elif asked and asked != known.seen and parse_link(asked) != (known.scenario, []):
        # The stage writes every edit into the address: such a query is our own scenario, come back.
        known.choose(asked)
    known.seen = asked
    return known


def carry(scenario: Scenario) -> None:
    """Bring a scenario to the playground, for when it is opened next."""
    known: Visit = st.session_state.setdefault(_KEY, Visit(scenario))
    known.turn(scenario)


def query() -> str:
    """What the address says of a scenario, as the browser last told it."""
    params = st.query_params
    return urlencode([(name, value) for name in params if name not in OTHERS for value in params.get_all(name)])
