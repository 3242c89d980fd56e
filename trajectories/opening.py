"""How a link opens the stage: at which step, played or paused, how fast, with which scale of the loss curve."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from trajectories.checks import check_whole
from trajectories.link import NUMBER
from trajectories.offer import TextOf
from trajectories.scenario import Scenario
from trajectories.sentences import show_text, suggest

SPEEDS = ("0.1", "0.25", "0.5", "1", "2", "5", "10", "instant")
SCALES = ("auto", "linear", "log")


class Opening(BaseModel):
    """How a stage is shown when its page is opened. A part that is None has its default.

    Parameters
    ----------
    step : int or None
        The step at which the playhead is.
    play : bool or None
        Whether the walk is played. None: it is played, unless ``step`` is given.
    speed : str or None
        One of ``SPEEDS``.
    scale : {"auto", "linear", "log"} or None
        The scale of the loss curve.
    open : tuple of int
        The indices of the runs all of whose settings are shown in the panel.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    step: int | None = None
    play: bool | None = None
    speed: str | None = None
    scale: Literal["auto", "linear", "log"] | None = None
    open: tuple[int, ...] = ()


USUAL = Opening()


def parse_opening(text_of: TextOf, scenario: Scenario) -> tuple[Opening, list[str]]:
    """Read how a link opens the stage of its scenario.

    Parameters
    ----------
    text_of : callable
        The text of a part of the link by its name; None if the link does not have it.
    scenario : Scenario
        The scenario of the link.

    Returns
    -------
    Opening
        Made of the parts that can be used.
    list of str
        One sentence for each part that cannot be used.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> scenario = parse_link("surface=hump&steps=50&run=adam")[0]
    >>> parse_opening({"step": "40", "scale": "log"}.get, scenario)[0].step
    40
    >>> parse_opening({"step": "51"}.get, scenario)[1]
    ['step must be a whole number from 0 to 50: got 51. It is ignored.']
    """
    readers: Mapping[str, Callable[[str], Any]] = {
        "step": lambda text: check_whole("step", _number(text), 0, scenario.steps),
        "play": lambda text: _word("play", text, ("on", "off")) == "on",
        "speed": lambda text: _word("speed", text, SPEEDS),
        "scale": lambda text: _word("scale", text, SCALES),
        "open": lambda text: tuple(
            check_whole("open", _number(word), 1, len(scenario.runs)) - 1 for word in text.split(",")
        ),
    }
    found: dict[str, Any] = {}
    sentences: list[str] = []
    for name, read in readers.items():
        text = text_of(name)
        if text is None:
            continue
        try:
            found[name] = read(text)
        except ValueError as error:
            sentences.append(f"{error} It is ignored.")
    return Opening.model_validate(found), sentences


def _number(text: str) -> float | str:
    """The number that a text spells; otherwise the text itself, so that the sentence can show it."""
    return float(text.strip().replace(" ", "+")) if NUMBER.fullmatch(text) else text


def _word(name: str, text: str, known: Sequence[str]) -> str:
    if text not in known:
        raise ValueError(f"{name} has no {show_text(text)}. {suggest(text, known)}")
    return text
