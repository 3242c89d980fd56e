"""The scenario that a visitor sees, kept in the Streamlit session.

The stage sends every committed edit through its trigger. When the visitor goes back or forward in the history, it
sends the link of that address in the same way. Python reads the address only when a page is opened.
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, unquote_plus, urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from trajectories import (
    EVERYTHING,
    USUAL,
    Offer,
    Opening,
    Scenario,
    ScenarioError,
    parse_link,
    parse_offer,
    parse_opening,
)
from trajectories.link_table import KEYS, LINK, plain_name

log = logging.getLogger(__name__)
_KEY = "visit"
_PAGE = "page"


@dataclass
class Visit:
    """The scenario of one browser tab, and the sentences about parts of its link that could not be used.

    Parameters
    ----------
    scenario : Scenario
        The scenario on the screen.
    notes : list of str
        One sentence for each part of a link that could not be used.
    acknowledged : int or None
        The number of the last edit of the stage that ``scenario`` includes; None until Python has received an edit or
        set a scenario. While it is None, the scenario that the browser shows replaces this one.
    name : str
        A random name, by which the browser distinguishes this visit from one before a restart of the server or on
        another replica.
    offer : Offer
        What the page offers.
    opening : Opening
        How the stage opens.
    """

    scenario: Scenario
    notes: list[str] = field(default_factory=list)
    acknowledged: int | None = None
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    offer: Offer = EVERYTHING
    opening: Opening = USUAL

    def choose(self, link: str) -> None:
        """Change to the scenario of a link; each part of it that cannot be used becomes a note."""
        self.turn(*parse_link(link))

    def turn(self, scenario: Scenario, notes: Sequence[str] = ()) -> None:
        """Change to a scenario that was made in Python."""
        self.scenario, self.notes = scenario, list(notes)
        self.acknowledged = self.acknowledged or 0

    def read_address(self) -> None:
        """Take what the address offers, and how it opens the stage; what cannot be used becomes a note."""
        self.offer, about_offer = parse_offer(named)
        self.opening, about_opening = parse_opening(named, self.scenario)
        self.notes = [*self.notes, *about_offer, *about_opening]

    def edit(self, edit: Any) -> None:
        """Apply an edit that the stage has sent; each part of it that cannot be used becomes a note.

        If it is not certain that an edit has arrived, the browser sends it again: an edit that is already included is
        ignored.

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
        known.read_address()
    elif opened and describes_scenario(link := query()):
        # The visitor has returned from another page, to an address that the stage wrote before.
        known.choose(link)
        known.read_address()
    return known


def turn_page(name: str) -> bool:
    """Store which page is shown; True if no page or another page was shown before."""
    before = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = name
    return bool(before != name)


def carry(scenario: Scenario) -> None:
    """Store a scenario that the playground shows when it is next opened."""
    known: Visit = st.session_state.setdefault(_KEY, Visit(scenario))
    known.turn(scenario)


def describes_scenario(link: str) -> bool:
    """Whether a query contains any part of a scenario: a query without one must leave the scenario unchanged."""
    return any(plain_name(name) in KEYS for name, _ in parse_qsl(link, keep_blank_values=True))


def query() -> str:
    """The part of the address that describes a scenario."""
    return urlencode([(name, value) for name, value in _parts() if name not in LINK.others], quote_via=quote)


def named(name: str) -> str | None:
    """The value of a name in the address, such as ``lesson``; the last value if the name occurs several times."""
    values = [value for known, value in _parts() if known == name]
    return values[-1] if values else None


def _parts() -> list[tuple[str, str]]:
    params = st.query_params
    parts = [(plain_name(name), value) for name in params for value in params.get_all(name)]
    formulas = _formulas()
    return [(name, formulas.pop(0) if name == "f" and formulas else value) for name, value in parts]


def _formulas() -> list[str]:
    """The formulas in the address: Streamlit reads a plus as a space, which would make a product of a sum."""
    context = get_script_run_ctx()
    parts = [part.partition("=") for part in ("" if context is None else context.query_string).split("&")]
    return [unquote(value) for name, _, value in parts if plain_name(unquote_plus(name)) == "f"]
