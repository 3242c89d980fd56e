"""The card of a surface: a landscape, and all that presents it to people."""

from dataclasses import dataclass
from typing import Literal

from surfaces.landscape import Landscape

FAMILIES = ("story", "classic")


@dataclass(frozen=True, kw_only=True)
class CheckValue:
    """A published loss at a point that is not critical, so that a wrong formula cannot hide."""

    x: float
    y: float
    value: float


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A scene worth showing on a surface, and what must come of it.

    Parameters
    ----------
    key : {"good", "caught", "overshoot", "glacial", "cliff"} or another short word
        Names the scene; one of each key a surface.
    label : str
        What the button says.
    link : str
        The scenario as the link spells it, without the surface, for example
        ``"steps=150&run=sgd:lr=0.05&run=adam:lr=0.3"``. What it leaves out has its default: the
        surface's start, no noise, seed 0.
    look_for : str
        One sentence: what to look for.
    expect : tuple of str
        The kind of outcome of each run, in order (see ``trajectories.outcome``). A test simulates
        the preset and fails the build if it is not so.
    """

    key: str
    label: str
    link: str
    look_for: str
    expect: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Surface:
    """A landscape of the catalogue, with all that presents it to people and proves its formula.

    Parameters
    ----------
    landscape : Landscape
        What is walked on. Its key is the file's name, and the surface's name in links and in Python; it lists every
        minimum on the map, and the saddles and maxima worth naming.
    label : str
        Its name for people.
    family : {"story", "classic"}
        Where the menus list it.
    order : int
        Its place within the family; ties are in order of label.
    latex : str
        The formula, without delimiters, in ``x`` and ``y``.
    check_values : tuple of CheckValue
        At least one.
    presets : tuple of Preset
        At least one; the first is what a visitor sees who picks the surface.
    teaches : str
        One sentence, shown under the title: what to look for.
    references : tuple of str
        Author, year, title, page or equation, DOI.

    Raises
    ------
    ValueError
        If a field contradicts another; the message names the surface and the field.
    """

    landscape: Landscape
    label: str
    family: Literal["story", "classic"]
    order: int = 0
    latex: str
    check_values: tuple[CheckValue, ...]
    presets: tuple[Preset, ...]
    teaches: str
    references: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.family not in FAMILIES:
            self._refuse(f"family must be one of {FAMILIES}: got {self.family!r}")
        if not self.landscape.known_minima:
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
