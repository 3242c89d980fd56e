"""What every export says about its scenario: title, link, surface and data, and the names of its runs."""

import textwrap
from urllib.parse import urlsplit

from exports.base import ExportError
from formulas.writing import write_typed
from trajectories import Scenario, carries_data, format_link, parse_link
from trajectories.landscapes import card_of
from trajectories.naming import distinct_names, spell_setting
from trajectories.own_formula import node_of, values_of

APP = "Mr. Adam"
LONGEST_FORMULA = 80  # characters of a formula in a title


def title(scenario: Scenario) -> str:
    """The runs and the surface: "SGD, Adam on Ackley's funnel".

    Examples
    --------
    >>> from trajectories import parse_link
    >>> title(parse_link("surface=ackley&run=sgd:lr=0.1&run=adam:lr=0.1")[0])
    "SGD, Adam on Ackley's funnel"
    """
    names = dict.fromkeys(run.label for run in scenario.runs)
    return f"{', '.join(names)} on {surface_name(scenario)}"


def surface_name(scenario: Scenario) -> str:
    """The name of the surface; of a typed formula the formula, shortened."""
    if scenario.formula is None:
        return card_of(scenario.surface).label
    return textwrap.shorten(f"f(x, y) = {_formula(scenario.formula)}", LONGEST_FORMULA, placeholder=" ...")


def _formula(text: str) -> str:
    """A typed formula in plain letters and signs, whatever a phone has written."""
    return write_typed(node_of(text))


def link(scenario: Scenario) -> str:
    """The scenario's link without the address of a server, and a note if it leaves out the visitor's data."""
    left_out = "" if carries_data(scenario) else " (without the edited data, which are too long for a link)"
    return f"?{format_link(scenario)}{left_out}"


def about_surface(scenario: Scenario) -> list[str]:
    """What the surface teaches, and where it comes from; a typed formula, and the values of its letters."""
    if scenario.formula is not None:
        letters = ", ".join(f"{name} = {value!r}" for name, value in values_of(scenario.letters))
        return [f"f(x, y) = {_formula(scenario.formula)}", *([letters] if letters else [])]
    surface = card_of(scenario.surface)
    return [surface.teaches, *surface.references]


def about_data(scenario: Scenario) -> list[str]:
    """Name, source and license of the data; nothing without data."""
    dataset = scenario.landscape.dataset
    if dataset is None:
        return []
    changed = scenario.points or scenario.table is not None
    edited = ["These are not the published numbers: the data were edited in the app."] if changed else []
    return [f"Data: {dataset.name}. {dataset.source}", dataset.license, *edited]


def run_settings(scenario: Scenario) -> list[str]:
    """For each run its name and all of its settings: "Adam: lr 0.1, beta1 0.9, beta2 0.999, eps 1e-8"."""
    return [
        f"{name}: " + ", ".join(spell_setting(run.optimizer, key, value) for key, value in run.values.items())
        for name, run in zip(distinct_names(scenario), scenario.runs, strict=True)
    ]


def file_name(scenario: Scenario, suffix: str) -> str:
    """A name for the file, of letters, digits and hyphens."""
    words = [scenario.surface, *dict.fromkeys(run.optimizer for run in scenario.runs)]
    return "-".join(words).replace("_", "-") + suffix


def read_link(text: str) -> Scenario:
    """The scenario of a link: a whole address, or the query alone.

    Raises
    ------
    ExportError
        If a part of the link cannot be used; on the page such a part is replaced, but a file would be another one.

    Examples
    --------
    >>> read_link("http://localhost:8501/?surface=hump&run=adam").surface
    'hump'
    >>> read_link("surface=hum&run=adam")
    Traceback (most recent call last):
    exports.base.ExportError: This link is not exported, because a part of it ... Did you mean "hump"? hump is used.
    """
    query = urlsplit(text).query if "://" in text.partition("?")[0] else text
    scenario, problems = parse_link(query)
    if problems:
        raise ExportError(
            f"This link is not exported, because a part of it would be left out or replaced: {problems[0]}"
        )
    return scenario
