"""The record of a surface: its landscape, and the texts, formula and presets that present it."""

from dataclasses import dataclass
from typing import Literal

from surfaces.landscape import Landscape

FAMILIES = ("story", "data", "network", "classic")


@dataclass(frozen=True, kw_only=True)
class CheckValue:
    """A loss, published or computed by hand, at a point that is not stationary: a test compares the formula with it."""

    x: float
    y: float
    value: float


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A scenario worth showing on a surface, with the outcomes that it must have.

    Parameters
    ----------
    key : {"good", "caught", "overshoot", "glacial", "cliff"} or another short word
        The preset's name; each key is used once per surface.
    label : str
        The text of the button.
    link : str
        The scenario in the form of a link, without the surface, for example
        ``"steps=150&run=sgd:lr=0.05&run=adam:lr=0.3"``. Parts that are left out have their defaults: the
        surface's start, no noise, seed 0.
    look_for : str
        One sentence: what to observe.
    expect : tuple of str
        The kind of outcome of each run, in order (see ``trajectories.outcome``). A test simulates
        the preset and fails if an outcome differs.
    """

    key: str
    label: str
    link: str
    look_for: str
    expect: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Surface:
    """A landscape of the catalogue, with the texts that present it and the values that verify its formula.

    Parameters
    ----------
    landscape : Landscape
        What optimizers descend. Its key is the file's name, and the surface's name in links and in Python. It lists
        every minimum on the map, and the saddles and maxima that are worth a name. A model's landscape may list none,
        since its minima depend on the data; that of a network lists none.
    label : str
        Its name on the screen.
    family : {"story", "data", "network", "classic", "own"}
        The group of the menu that contains it; "own" is the card of typed formulas, which is in no file.
    order : int
        Its position within the family; equal numbers are ordered by label.
    latex : str
        The formula, without delimiters, in ``x`` and ``y``.
    check_values : tuple of CheckValue
        At least one.
    presets : tuple of Preset
        At least one; the first is shown when a visitor chooses the surface.
    teaches : str
        One sentence, shown under the title: what there is to observe.
    references : tuple of str
        Author, year, title, page or equation, DOI.

    Raises
    ------
    ValueError
        If a field contradicts another; the message names the surface and the field.
    """

    landscape: Landscape
    label: str
    family: Literal["story", "data", "network", "classic", "own"]
    order: int = 0
    latex: str
    check_values: tuple[CheckValue, ...]
    presets: tuple[Preset, ...]
    teaches: str
    references: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.family == "own":  # what a visitor types: nothing about it is known
            return
        if self.family not in FAMILIES:
            self._refuse(f"family must be one of {FAMILIES}: got {self.family!r}")
        if (self.family == "data") != (self.landscape.model is not None):
            self._refuse("family must be 'data' if its landscape has a model, and only then")
        if (self.family == "network") != (self.landscape.embedding is not None):
            self._refuse("family must be 'network' if its landscape is a network's, and only then")
        if not (self.landscape.known_minima or self.landscape.model or self.landscape.embedding):
            self._refuse("critical_points must hold at least one minimum")
        if not (self.check_values and self.presets and self.references):
            self._refuse("check_values, presets and references must each hold at least one")
        keys = [preset.key for preset in self.presets]
        if len(set(keys)) < len(keys):
            self._refuse(f"presets must each have a key of their own: got {keys}")

    def _refuse(self, reason: str) -> None:
        raise ValueError(f"surface {self.key!r}: {reason}.")

    @property
    def key(self) -> str:
        """Its landscape's key."""
        return self.landscape.key
