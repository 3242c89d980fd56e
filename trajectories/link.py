"""Read a link: any query gives a scenario, and one that ``link_writing`` wrote gives the same scenario."""

import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote, unquote, unquote_plus

from datasets import Dataset
from datasets.base import Row
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories.checks import check_batch, check_number, check_start, check_value, check_whole
from trajectories.data_edits import MAX_POINTS, PointEdit, check_points, check_table
from trajectories.landscapes import dataset_of, landscape_of, landscape_of_formula
from trajectories.link_formula import read_formula
from trajectories.link_table import KEYS, LINK, is_tracking, plain_name
from trajectories.link_writing import LONGEST_LINK
from trajectories.once import once
from trajectories.own_formula import OWN, values_of
from trajectories.scenario import (
    MAX_BATCH,
    MAX_NOISE,
    MAX_RUNS,
    MAX_SEED,
    MAX_STEPS,
    Run,
    Scenario,
)
from trajectories.sentences import missing, show_number, show_text, show_value, suggest

DEFAULT_STEPS = 100
# float() alone would also accept "nan", "1_000" and digits of any script. Decoding a query turns a plus into a space,
# so a space is accepted where a plus may stand.
NUMBER = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+ -]?[0-9]+)?\s*", re.ASCII)
MOST_SENTENCES = 20
OWN_LINK = "f=x%5E2%2By%5E2&steps=100&run=sgd:lr=0.05&run=adam:lr=0.2"  # the runs of a formula's link that has none
T = TypeVar("T")


def parse_link(query: str) -> tuple[Scenario, list[str]]:
    """Read a query. Any text gives a scenario; nothing is raised.

    Parameters
    ----------
    query : str
        With or without a leading question mark; percent-encoded or not; its parts separated by ``&`` or, as in the
        source of an HTML page, by ``&amp;``.

    Returns
    -------
    Scenario
        Made of the parts that can be used. An unknown surface is replaced by the first of ``SURFACES``, a missing or
        unusable start by the surface's, missing runs by those of the surface's first preset (with its steps), and a
        value out of range by its default.
    list of str
        One sentence for each part that was ignored, with the reason. Empty where every part was used.

    Notes
    -----
    Names that serve to track visitors (``link_table.TRACKING``) are ignored without a sentence. A percent sign that
    does not begin an encoded character is read as a percent sign.

    Examples
    --------
    >>> parse_link("surface=hump&steps=50&run=adam:lr=-1")[1]
    ['lr of adam must be from 1e-6 to 10: got -1. 0.001 is used.']
    """
    sentences: list[str] = []
    parts = _split(query, sentences)
    formula, box, letters = read_formula(parts, _number, sentences)
    surface = _surface(parts["surface"], sentences, own=formula is not None)
    runs = _runs(parts["run"], sentences)
    preset = None if runs else _preset(surface)

    def read(key: str, default: T, check: Callable[[str], T]) -> T:
        return _read(key, parts[key], default, check, sentences)

    table, points = _data(parts["table"], parts["point"], dataset_of(surface), sentences)
    if formula is None:
        landscape = landscape_of(surface, points, table)
    else:
        landscape = landscape_of_formula(formula, values_of(letters), box)
    start = preset.start if preset and formula is None else landscape.start
    scenario = Scenario(
        surface=surface,
        formula=formula,
        box=box,
        letters=letters,
        table=table,
        points=points,
        start=read("start", start, lambda text: check_start(_coordinates(text))),
        steps=read(
            "steps", preset.steps if preset else DEFAULT_STEPS, lambda n: check_whole("steps", _number(n), 1, MAX_STEPS)
        ),
        batch=read("batch", preset.batch if preset else 0, lambda n: check_batch(_number(n), MAX_BATCH, landscape)),
        noise=read(
            "noise", preset.noise if preset else 0.0, lambda n: check_number("noise", _number(n), 0.0, MAX_NOISE)
        ),
        seed=read("seed", preset.seed if preset else 0, lambda n: check_whole("seed", _number(n), 0, MAX_SEED)),
        runs=preset.runs if preset else tuple(runs),
    )
    if len(sentences) > MOST_SENTENCES:
        sentences[MOST_SENTENCES:] = [f"{len(sentences) - MOST_SENTENCES} more parts of the link are ignored."]
    return scenario, sentences


def parse_inside(text: str | None, scenario: Scenario) -> tuple[int | None, list[str]]:
    """Read the number of the run whose inside of a step is shown, counted from 1 in a link.

    Returns
    -------
    int or None
        The run's index, counted from 0; None if the link names no run, or one that does not exist.
    list of str
        One sentence if the number cannot be used.

    Examples
    --------
    >>> scenario = parse_link("surface=hump&run=sgd&run=adam")[0]
    >>> parse_inside("2", scenario)
    (1, [])
    >>> parse_inside("3", scenario)
    (None, ['inside must be a whole number from 1 to 2: got 3. It is ignored.'])
    """
    if text is None:
        return None, []
    try:
        return check_whole("inside", _number(text), 1, len(scenario.runs)) - 1, []
    except ValueError as error:
        return None, [f"{error} It is ignored."]


@once(128)
def _preset(surface: str) -> Scenario:
    """The surface's first preset; for a typed formula, its runs."""
    if surface == OWN:
        return parse_link(OWN_LINK)[0]
    return preset_scenario(surface, SURFACES[surface].presets[0].link)


def preset_scenario(surface: str, link: str) -> Scenario:
    """The scenario of a surface's preset. A preset's link does not name the surface."""
    # A link without a usable run has those of the surface's first preset; that preset itself needs one of its own.
    named = link if _runs(_split(link, [])["run"], []) else f"{link}&run={next(iter(OPTIMIZERS))}"
    return parse_link(f"surface={quote(surface)}&{named}")[0]


def _split(query: object, sentences: list[str]) -> dict[str, list[str]]:
    """The values in a query by key, in order."""
    parts: dict[str, list[str]] = {key: [] for key in KEYS}
    if not isinstance(query, str):
        sentences.append(f"The link must be a text: got {show_value(query)}. It is ignored.")
        return parts
    if len(query) > LONGEST_LINK:
        sentences.append(f"The link is too long: {len(query)} characters, at most {LONGEST_LINK}. It is ignored.")
        return parts
    for part in query.removeprefix("?").split("&"):
        key, _, written = part.partition("=")
        key = plain_name(unquote_plus(key))
        # In a formula a plus is a plus: "x^2+y^2", typed into an address, is no product.
        value = unquote(written) if key == "f" else unquote_plus(written)
        if key in parts:
            parts[key].append(value)
        elif (key or value) and key not in LINK.others and not is_tracking(key):
            sentences.append(f"A link has no {show_text(key)}; it is ignored. {suggest(key, KEYS)}")
    return parts


def _surface(given: list[str], sentences: list[str], *, own: bool) -> str:
    """The surface of a link; ``own``: it has a formula."""
    default = OWN if own else next(iter(SURFACES))

    def check(key: str) -> str:
        if own and key != OWN:
            raise ValueError(f"A link with a formula, f, has no other surface: got {show_text(key)}.")
        if own:
            return OWN
        if key == OWN:
            raise ValueError("Surface own needs a formula of x and y, f.")
        if key not in SURFACES:
            raise ValueError(missing("surface", key, SURFACES))
        return key

    return _read("surface", given, default, check, sentences)


def _read(key: str, given: list[str], default: T, check: Callable[[str], T], sentences: list[str]) -> T:
    """The value of a part that a link may have once; if it cannot be used, its default, and a sentence is added."""
    if not given:
        return default
    if len(given) > 1:
        sentences.append(f"A link has one {key}: got {len(given)}. The first, {show_text(given[0])}, is used.")
    try:
        return check(given[0])
    except ValueError as error:
        sentences.append(f"{error} {_show(default)} is used.")
        return default


def _show(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(show_number(number) for number in value)
    return value if isinstance(value, str) else show_value(value)


def _data(
    tables: list[str], given: list[str], dataset: Dataset | None, sentences: list[str]
) -> tuple[tuple[Row, ...] | None, tuple[PointEdit, ...]]:
    """The rows and the edits of a link; what cannot be used is ignored, and a sentence is added."""
    table = None
    if len(tables) > 1:
        sentences.append(f"A link has one table: got {len(tables)}. The first is used.")
    try:
        table = check_table([_numbers(row) for row in tables[0].split(";")], dataset) if tables else None
    except ValueError as error:
        ignored = " So are the points, which refer to it." if given else ""
        sentences.append(f"{error} It is ignored.{ignored}")
        return None, ()
    if len(given) > MAX_POINTS:
        sentences.append(f"A link has at most {MAX_POINTS} points: got {len(given)}. The first {MAX_POINTS} are used.")
    read = [_point(text) for text in given[:MAX_POINTS]]
    try:
        return table, check_points(read, dataset, table)
    except ValueError:
        points: tuple[PointEdit, ...] = ()
    for text, point in zip(given, read, strict=False):
        try:
            points = check_points([*points, point], dataset, table)
        except ValueError as error:
            sentences.append(f"{error} The point {show_text(text)} is ignored.")
    return table, points


def _point(text: str) -> dict[str, object]:
    example, _, values = text.partition(":")
    return {
        "example": None if example == LINK.new else _number(example),
        "values": None if values == LINK.out else _numbers(values),
    }


def _numbers(text: str) -> list[float | str]:
    return [_number(part) for part in text.split(",")]


def _number(text: str) -> float | str:
    """The number that a text spells; otherwise the text itself, so that the sentence can show it."""
    return float(text.strip().replace(" ", "+")) if NUMBER.fullmatch(text) else text


def _coordinates(text: str) -> list[float | str] | str:
    """The two coordinates; a text without exactly two parts is returned unchanged, so that the sentence can show it."""
    parts = text.split(",")
    return [_number(part) for part in parts] if len(parts) == 2 else text


def _runs(given: list[str], sentences: list[str]) -> list[Run]:
    runs = [run for text in given[:MAX_RUNS] if (run := _run(text, sentences)) is not None]
    if len(given) > MAX_RUNS:
        sentences.append(f"A link has at most {MAX_RUNS} runs: got {len(given)}. The first {MAX_RUNS} are used.")
    return runs


def _run(text: str, sentences: list[str]) -> Run | None:
    key, _, settings = text.partition(":")
    if key not in OPTIMIZERS:
        sentences.append(f"{missing('optimizer', key, OPTIMIZERS)} This run is left out.")
        return None
    hyperparameters = {h.name: h for h in OPTIMIZERS[key].hyperparameters}
    values: dict[str, float] = {}
    for setting in filter(None, settings.split(",")):
        name, _, number = setting.partition("=")
        if name not in hyperparameters:
            sentences.append(f"{key} has no {show_text(name)}; it is ignored. {suggest(name, hyperparameters)}")
            continue
        try:
            values[name] = check_value(key, hyperparameters[name], _number(number))
        except ValueError as error:
            values[name] = hyperparameters[name].default
            sentences.append(f"{error} {show_number(values[name])} is used.")
    return Run(optimizer=key, values=values)
