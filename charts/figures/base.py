"""The record of a kind of figure, and the functions that check its parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from charts.theme import Theme
from surfaces import Surface
from trajectories import Run, Scenario
from trajectories.checks import check_number, check_whole
from trajectories.landscapes import card_of, catalogue
from trajectories.scenario import MAX_RUNS
from trajectories.sentences import show_number, show_text, show_value, suggest

Check = Callable[[str, object], object]
"""``check(name, value)`` returns the value as the figure needs it, or raises ValueError with a sentence for people."""


@dataclass(frozen=True, kw_only=True)
class FigureSpec:
    """A kind of figure under a lesson's stage, drawn from the learner's current scenario.

    Parameters
    ----------
    key : str
        Its name in a lesson's head, as in ``kind = "weights"``; also the name of its module.
    plot : callable
        ``plot(scenario, theme, **parameters)``, called with checked parameters only.
    parameters : mapping of str to Check
        The parameters that a lesson may set, each with the function that checks it.
    together : callable
        Called with all parameters that are set; raises ValueError if two of them contradict each other.
    narrow : bool
        Whether it can be read in a column of text: then it is shown below the lesson's controls, so that a control and
        what it changes are visible together. Other figures are as wide as the page.
    """

    key: str
    plot: Callable[..., go.Figure]
    parameters: Mapping[str, Check]
    together: Callable[[Mapping[str, Any]], None] | None = None
    narrow: bool = False

    def check(self, parameters: Mapping[str, object]) -> dict[str, Any]:
        """Check the parameters that a lesson sets.

        Parameters
        ----------
        parameters : mapping of str to object
            The parameters as read from TOML.

        Returns
        -------
        dict
            The parameters as the figure needs them.

        Raises
        ------
        ValueError
            If a parameter is wrong; one sentence with the figure, the parameter, the value, and what is allowed.

        Examples
        --------
        >>> from charts.figures import FIGURES
        >>> FIGURES["weights"].check({"steps": 0})
        Traceback (most recent call last):
        ValueError: figure "weights": steps must be a whole number from 2 to 1000: got 0.
        """
        try:
            checked = {}
            for name, value in parameters.items():
                if name not in self.parameters:
                    raise ValueError(f"there is no {show_text(name)}. {suggest(name, self.parameters)}")
                checked[name] = self.parameters[name](name, value)
            if self.together is not None:
                self.together(checked)
        except ValueError as error:
            raise ValueError(f'figure "{self.key}": {error}') from None
        return checked

    def draw(self, scenario: Scenario, theme: Theme, **parameters: object) -> go.Figure:
        """Draw the figure.

        Parameters
        ----------
        scenario : Scenario
            The learner's current scenario.
        theme : Theme
            ``LIGHT`` or ``DARK``.
        **parameters
            The parameters that the lesson sets; the others keep their defaults.

        Returns
        -------
        plotly.graph_objects.Figure
            It has the width of its container, a fixed height, and no title.

        Raises
        ------
        ValueError
            If a parameter is wrong, or the scenario lacks what the figure shows; one sentence for people.
        """
        checked = self.check(parameters)
        try:
            return self.plot(scenario, theme, **checked)
        except ValueError as error:
            raise ValueError(f'figure "{self.key}": {error}') from None


def number(low: float, high: float) -> Check:
    """Make a check for a number in a range, both ends included."""
    return lambda name, value: check_number(name, value, low, high)


def whole(low: int, high: int) -> Check:
    """Make a check for a whole number in a range, both ends included."""
    return lambda name, value: check_whole(name, value, low, high)


def word(*allowed: str) -> Callable[[str, object], str]:
    """Make a check for one of the allowed words; if none are given, for any text."""

    def check(name: str, value: object) -> str:
        if not isinstance(value, str):
            raise ValueError(f"{name} must be a name: got {show_value(value)}.")
        if allowed and value not in allowed:
            raise ValueError(f"{name} has no {show_text(value)}. {suggest(value, allowed)}")
        return value

    return check


def flag(name: str, value: object) -> bool:
    """Check for true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false: got {show_value(value)}.")
    return value


def some_surfaces(name: str, value: object) -> tuple[Surface, ...]:
    """Check for a list of one to three keys of surfaces; returns the surfaces."""
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= 3:
        raise ValueError(f"{name} must be a list of 1 to 3 surfaces: got {show_value(value)}.")
    known = word(*(landscape.key for landscape in catalogue()))
    return tuple(card_of(known(name, key)) for key in value)


RUN = whole(0, MAX_RUNS - 1)
A_VALUE = number(0.0, 1000.0)


def rising(low: float | None, high: float | None) -> None:
    """Raise ValueError if low is not below high; if one of them is not set, accept the other."""
    if low is not None and high is not None and not low < high:
        raise ValueError(f"low must be below high: got {show_number(low)} and {show_number(high)}.")


def pick_run(scenario: Scenario, run: int) -> Run:
    """The scenario's run with an index; ValueError if there is none."""
    return scenario.runs[check_whole("run", run, 0, len(scenario.runs) - 1)]
