"""The record of a landscape: the loss that optimizers descend, without data about its presentation."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from torch import Tensor

if TYPE_CHECKING:
    from datasets import Dataset
    from surfaces.model import Examples, Model
    from surfaces.network import Embedding
    from surfaces.typed import TypedFormula

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
        Its type, by the second derivatives.
    origin : {"known", "found"}
        ``known``: published, or computed by hand. ``found``: by a search on the map, which may have missed others.
    level : bool
        Whether it is one point of a level curve of minima, all equally low; it stands for the whole curve.
    """

    x: float
    y: float
    value: float
    kind: Literal["minimum", "saddle", "maximum"]
    origin: Literal["known", "found"] = "known"
    level: bool = False


@dataclass(frozen=True, kw_only=True)
class StartLimit:
    """The exact border between the starts from which gradient descent converges and those from which it diverges.

    Parameters
    ----------
    lr : callable
        ``lr(x, y)``: for starts, float64 tensors of any equal shape, the learning rate below which gradient descent
        converges and above which it diverges.
    below : float
        The formula is exact for learning rates below this one, and says nothing of others.
    source : str
        Author, year, title, DOI or arXiv number.
    """

    lr: Callable[[Tensor, Tensor], Tensor]
    below: float
    source: str


@dataclass(frozen=True, kw_only=True)
class Landscape:
    """A loss over two weights, x and y, which optimizers descend.

    Parameters
    ----------
    key : str
        A name that identifies it in messages and in caches. For a surface of the catalogue it is the file's name.
    loss : callable
        ``loss(x, y)``: float64 tensors of any equal shape in, a tensor of the same shape out.
        Computed element by element: no element may depend on another.
    bounds : ((float, float), (float, float))
        The map: ``((x_low, x_high), (y_low, y_high))``. Runs may leave it.
    start : (float, float)
        Where a run begins unless the scenario has another start.
    contour_scale : {"linear", "log"}
        ``log`` if the loss spans several powers of ten and its structure is near the minimum.
    critical_points : tuple of CriticalPoint
        Those that are known. If minima are listed, the global minimum must be first, and every other minimum on the
        map must be listed. If no minimum is listed, ``trajectories.minima.minima_of`` finds them.
    model : Model, optional
        The model of which x and y are the weights, if the loss is a mean over examples.
    examples : Examples, optional
        These examples; given together with ``model``.
    unedited : Landscape, optional
        The model's landscape on its dataset, if the examples are others.
    embedding : Embedding, optional
        The network and the plane, if the loss is that of a network on a plane of its weights. A minimum of the map is
        then no minimum of the loss, so no minima are listed or searched for.
    formula : TypedFormula, optional
        The formula, if a visitor has typed it. Its loss may be NaN or infinite at some places of the map.
    resolution : (int, int)
        The number of points of the drawn map along x and along y.
    start_limit : StartLimit, optional
        From which starts plain gradient descent converges, where an exact formula is known.

    Raises
    ------
    ValueError
        If a field contradicts another; the message names the landscape and the field.

    Notes
    -----
    Hashable, so that it can be the key of a cache. Two landscapes are equal if all their fields are equal, the loss
    included.
    """

    key: str
    loss: Callable[[Tensor, Tensor], Tensor]
    bounds: tuple[tuple[float, float], tuple[float, float]]
    start: tuple[float, float]
    contour_scale: Literal["linear", "log"] = "linear"
    critical_points: tuple[CriticalPoint, ...] = ()
    model: "Model | None" = None
    examples: "Examples | None" = None
    unedited: "Landscape | None" = None
    embedding: "Embedding | None" = None
    formula: "TypedFormula | None" = None
    resolution: tuple[int, int] = (240, 150)
    start_limit: StartLimit | None = None

    def __post_init__(self) -> None:
        for axis, (low, high) in zip("xy", self.bounds, strict=True):
            if not (math.isfinite(low) and math.isfinite(high) and low < high):
                self._refuse(f"bounds of {axis} must be finite and rise: got ({low}, {high})")
        if not all(low <= value <= high for value, (low, high) in zip(self.start, self.bounds, strict=True)):
            self._refuse(f"start must lie on the map {self.bounds}: got {self.start}")
        if self.contour_scale not in CONTOUR_SCALES:
            self._refuse(f"contour_scale must be one of {CONTOUR_SCALES}: got {self.contour_scale!r}")
        if self.known_minima and self.critical_points[0] != self.known_minima[0]:
            self._refuse(f"critical_points must begin with the global minimum: got {self.critical_points[0]}")

    def __hash__(self) -> int:
        # Equal landscapes have equal keys; hashing a hundred critical points at each look-up would be slow.
        return hash(self.key)

    def _refuse(self, reason: str) -> None:
        raise ValueError(f"landscape {self.key!r}: {reason}.")

    @property
    def example_count(self) -> int:
        """The number of examples over which the loss is a mean; 0 if it is no such mean."""
        if self.embedding is not None:
            return self.embedding.network.training
        return 0 if self.examples is None else self.examples.count

    @property
    def dataset(self) -> "Dataset | None":
        """The data that the loss is computed from, if there are any."""
        if self.embedding is not None:
            return self.embedding.network.dataset
        return None if self.model is None else self.model.dataset

    @property
    def known_minima(self) -> tuple[CriticalPoint, ...]:
        """The listed minima, the lowest first. An empty tuple does not mean that there is no minimum."""
        return tuple(sorted((p for p in self.critical_points if p.kind == "minimum"), key=lambda p: p.value))

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the map."""
        (x_low, x_high), (y_low, y_high) = self.bounds
        return x_high - x_low, y_high - y_low


def has_edited_data(landscape: Landscape) -> bool:
    """Whether a landscape is that of a model on other examples than those of its dataset."""
    return landscape.unedited is not None


def is_visitors(landscape: Landscape) -> bool:
    """Whether a landscape is a visitor's: on edited data, or of a typed formula. Its minima are not known at first."""
    return landscape.unedited is not None or landscape.formula is not None
