"""The record of a loss surface, and the small records it is made of."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from torch import Tensor

FAMILIES = ("story", "classic")
CONTOUR_SCALES = ("linear", "log")


@dataclass(frozen=True, kw_only=True)
class CriticalPoint:
    """A point at which the gradient is zero.

    Parameters
    ----------
    x, y : float
        Its position.
    value : float
        The loss there.
    kind : {"minimum", "saddle", "maximum"}
        What the second derivatives make of it.
    """

    x: float
    y: float
    value: float
    kind: Literal["minimum", "saddle", "maximum"]


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
    """A loss over two weights, x and y, with all that is known about it.

    Parameters
    ----------
    key : str
        The file's name, and the surface's name in links and in Python.
    label : str
        Its name for people.
    family : {"story", "classic"}
        Where the menus list it.
    order : int
        Its place within the family; ties are in order of label.
    latex : str
        The formula, without delimiters, in ``x`` and ``y``.
    loss : callable
        ``loss(x, y)``: float64 tensors of any equal shape in, a tensor of the same shape out.
        Element by element: no element may depend on another.
    bounds : ((float, float), (float, float))
        The map: ``((x_low, x_high), (y_low, y_high))``. Walks may leave it.
    start : (float, float)
        Where a walk begins unless the visitor moves it.
    contour_scale : {"linear", "log"}
        ``log`` where the loss spans several powers of ten and its structure is near the minimum.
    critical_points : tuple of CriticalPoint
        The global minimum first, every other minimum on the map, and the saddles and maxima worth naming.
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

    key: str
    label: str
    family: Literal["story", "classic"]
    order: int = 0
    latex: str
    loss: Callable[[Tensor, Tensor], Tensor]
    bounds: tuple[tuple[float, float], tuple[float, float]]
    start: tuple[float, float]
    contour_scale: Literal["linear", "log"] = "linear"
    critical_points: tuple[CriticalPoint, ...]
    check_values: tuple[CheckValue, ...]
    presets: tuple[Preset, ...]
    teaches: str
    references: tuple[str, ...]

    def __post_init__(self) -> None:
        for axis, (low, high) in zip("xy", self.bounds, strict=True):
            if not (math.isfinite(low) and math.isfinite(high) and low < high):
                self._refuse(f"bounds of {axis} must be finite and rise: got ({low}, {high})")
        if not all(low <= value <= high for value, (low, high) in zip(self.start, self.bounds, strict=True)):
            self._refuse(f"start must lie on the map {self.bounds}: got {self.start}")
        if self.family not in FAMILIES:
            self._refuse(f"family must be one of {FAMILIES}: got {self.family!r}")
        if self.contour_scale not in CONTOUR_SCALES:
            self._refuse(f"contour_scale must be one of {CONTOUR_SCALES}: got {self.contour_scale!r}")
        if not self.minima:
            self._refuse("critical_points must hold at least one minimum")
        if self.critical_points[0] != self.minima[0]:
            self._refuse(f"critical_points must begin with the global minimum: got {self.critical_points[0]}")
        if not (self.check_values and self.presets and self.references):
            self._refuse("check_values, presets and references must each hold at least one")
        keys = [preset.key for preset in self.presets]
        if len(set(keys)) < len(keys):
            self._refuse(f"presets must each have a key of their own: got {keys}")

    def _refuse(self, reason: str) -> None:
        raise ValueError(f"surface {self.key!r}: {reason}.")

    @property
    def minima(self) -> tuple[CriticalPoint, ...]:
        """The minima on the map, the lowest first."""
        return tuple(sorted((p for p in self.critical_points if p.kind == "minimum"), key=lambda p: p.value))
