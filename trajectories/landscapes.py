"""The landscape of a scenario: the only place that finds a landscape by its name and its data."""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from weakref import WeakValueDictionary

from cachetools import LRUCache

from datasets import Dataset
from datasets.base import Row
from surfaces import SURFACES, Landscape, Surface, refitted
from surfaces.typed import Bounds, TypedFormula
from trajectories.data_edits import PointEdit, edited_rows
from trajectories.once import once
from trajectories.own_formula import OWN, Box, bounds_of, node_of
from trajectories.proposal import propose_bounds, propose_scale, propose_start

MOST_EDITED = 128
MOST_FORMULAS = 256  # while a visitor types, every key makes another landscape

Rows = tuple[Row, ...]
# The most recently used ones stay. One that is still in use elsewhere is found, too: the results computed for a
# landscape (minima, typical gradient norm) are cached with the object as the key.
_recent: LRUCache[tuple[str, Rows], Landscape] = LRUCache(MOST_EDITED)
_used: WeakValueDictionary[tuple[str, Rows], Landscape] = WeakValueDictionary()
_lock = Lock()


def landscape_of(surface: str, points: Sequence[PointEdit] = (), table: Rows | None = None) -> Landscape:
    """The landscape with a name, on its own data or on edited data.

    Parameters
    ----------
    surface : str
        A key of ``surfaces.SURFACES``.
    points : sequence of PointEdit
        Edits of the examples.
    table : tuple of tuple of float, optional
        Rows that replace those of the dataset; the edits refer to them.

    Returns
    -------
    Landscape
        The same object each time, as long as it is in use. The data in a model's landscape are numbers that its
        traced functions take as arguments, so an edited one needs no new trace.

    Raises
    ------
    KeyError
        If there is no such surface. Scenarios and links check that first.
    """
    known = _of_catalogue(surface)
    if known.model is None or (not points and table is None):
        return known
    dataset = known.model.dataset
    rows = edited_rows(dataset.rows if table is None else table, points)
    return known if rows == dataset.rows else _on(known, rows)


def _on(known: Landscape, rows: Rows) -> Landscape:
    """A landscape of the catalogue on other rows."""
    key = known.key, rows
    with _lock:
        found = _used.get(key)
        if found is None:
            found = _used[key] = refitted(known, f"{known.key}~{_digest(rows)}", rows)
        _recent[key] = found
        return found


def _digest(rows: Rows) -> str:
    numbers = [number for row in rows for number in row]
    return hashlib.sha256(struct.pack(f"<{len(numbers)}d", *numbers)).hexdigest()[:32]


# The cache has room for more than the catalogue. A name must give the same object as long as it is in use.
@once(128)
def _of_catalogue(surface: str) -> Landscape:
    return SURFACES[surface].landscape


@once(MOST_FORMULAS)
def landscape_of_formula(text: str, letters: tuple[tuple[str, float], ...] = (), box: Box | None = None) -> Landscape:
    """The landscape of a typed formula.

    Parameters
    ----------
    text : str
        A formula: see ``formulas.typed.read_typed``.
    letters : tuple of (str, float)
        The value of each of its letters.
    box : (float, float, float, float), optional
        x_low, x_high, y_low and y_high of its map; by default the map is proposed.

    Returns
    -------
    Landscape
        With a start and a scale that are chosen by the values on the map. Its key contains a hash of all arguments.

    Raises
    ------
    ValueError
        If the formula has no value anywhere on the map; one sentence.
    """
    formula = TypedFormula(text, node_of(text), letters)
    bounds = proposed_bounds(text, tuple(name for name, _ in letters)) if box is None else bounds_of(box)
    start = propose_start(formula, bounds)
    if start is None:
        raise ValueError("This formula has no value on the map: choose other edges of the map, or another formula.")
    digest = hashlib.sha256(repr((text, letters, bounds)).encode("utf-8", "replace")).hexdigest()[:32]
    return Landscape(
        key=f"{OWN}~{digest}",
        loss=formula.loss,
        bounds=bounds,
        start=start,
        contour_scale=propose_scale(formula.loss, bounds),
        formula=formula,
    )


@once(MOST_FORMULAS)
def proposed_bounds(text: str, letters: tuple[str, ...]) -> Bounds:
    """The map that is proposed for a formula, whatever the values of its letters."""
    return propose_bounds(TypedFormula(text, node_of(text), tuple((name, 1.0) for name in letters)))


def dataset_of(surface: str) -> Dataset | None:
    """The dataset of a surface; None if it has none."""
    if surface == OWN:
        return None
    model = _of_catalogue(surface).model
    return None if model is None else model.dataset


def card_of(surface: str) -> Surface:
    """The catalogue card with a name.

    Raises
    ------
    KeyError
        If there is no such surface.
    """
    return own_card() if surface == OWN else SURFACES[surface]


@once(1)
def own_card() -> Surface:
    """The card of typed formulas: its landscape is that of a sample, in whose place the map of a formula is shown."""
    return Surface(
        landscape=replace(landscape_of_formula("sin x cos y + r^2/20"), key=OWN),
        label="Your own",
        family="own",
        latex="f(x, y)",
        check_values=(),
        presets=(),
        teaches="A formula of x and y that you type: its minima are found, and the optimizers descend it.",
        references=(),
    )


def catalogue() -> tuple[Landscape, ...]:
    """All landscapes of the catalogue, which can be prepared before the first request."""
    return tuple(landscape_of(key) for key in SURFACES)
