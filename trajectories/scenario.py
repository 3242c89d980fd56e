"""A scenario: everything that determines a picture. Links, requests and the Python API describe the same scenario."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from pydantic import Field, ValidationInfo, field_serializer, field_validator

from datasets.base import MOST_ROWS, Row
from optimizers import OPTIMIZERS
from surfaces import SURFACES, Landscape
from trajectories.checked import Checked, ScenarioError
from trajectories.checks import check_batch, check_number, check_start, check_value, check_whole
from trajectories.data_edits import PointEdit, check_points, check_table
from trajectories.landscapes import dataset_of, landscape_of
from trajectories.sentences import show_text, show_value, suggest

MAX_RUNS = 8
MAX_STEPS = 10_000
MAX_BATCH = MOST_ROWS
MAX_NOISE = 1000.0
MAX_SEED = 2**32 - 1

__all__ = ["MAX_BATCH", "MAX_NOISE", "MAX_RUNS", "MAX_SEED", "MAX_STEPS", "Run", "Scenario", "ScenarioError", "Values"]


class Values(Mapping[str, float]):
    """The hyperparameters of a run by name: read-only, and hashable, so that a scenario can be a cache key."""

    def __init__(self, items: Mapping[str, float]) -> None:
        self._items = dict(items)

    def __getitem__(self, name: str) -> float:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self._items == dict(other)

    def __repr__(self) -> str:
        return repr(self._items)


class Run(Checked):
    """One optimizer with its hyperparameters.

    Parameters
    ----------
    optimizer : str
        A key of ``optimizers.OPTIMIZERS``.
    values : mapping of str to float
        Hyperparameters by name; those left out have their defaults. Dimensionless.

    Raises
    ------
    ScenarioError
        If there is no such optimizer or hyperparameter, or a value is out of its range.

    Examples
    --------
    >>> Run(optimizer="adam", values={"lr": 0.1}).values["beta1"]
    0.9
    >>> Run(optimizer="adam", values={"lr": -0.1})
    Traceback (most recent call last):
    trajectories.checked.ScenarioError: lr of adam must be from 1e-6 to 10: got -0.1.
    """

    what: ClassVar[str] = "run"

    optimizer: str
    values: Mapping[str, float] = Field(default_factory=dict, validate_default=True)

    @field_validator("optimizer", mode="before")
    @classmethod
    def _known_optimizer(cls, key: object) -> str:
        return _one_of(OPTIMIZERS, "optimizer", key)

    @field_validator("values", mode="plain")
    @classmethod
    def _filled_up(cls, given: object, info: ValidationInfo) -> Values:
        key = info.data.get("optimizer")
        if key is None:
            return Values({})  # the sentence about the optimizer comes first
        if not isinstance(given, Mapping):
            raise ValueError(f"values must be an object of hyperparameters: got {show_value(given)}.")
        hyperparameters = {h.name: h for h in OPTIMIZERS[key].hyperparameters}
        for name in given:
            if name not in hyperparameters:
                raise ValueError(f"{key} has no {show_text(str(name))}. {suggest(str(name), hyperparameters)}")
        return Values({name: check_value(key, h, given.get(name, h.default)) for name, h in hyperparameters.items()})

    @field_serializer("values")
    def _plain(self, values: Mapping[str, float]) -> dict[str, float]:
        return dict(values)

    def values_at(self, step: int) -> Mapping[str, float]:  # noqa: ARG002
        """The hyperparameters with which a step is taken, counted from 1: the same at every step."""
        return self.values

    @property
    def label(self) -> str:
        """The optimizer's name for people."""
        return OPTIMIZERS[self.optimizer].label


class Scenario(Checked):
    """Everything that determines a picture.

    Parameters
    ----------
    surface : str
        A key of ``surfaces.SURFACES``.
    table : sequence of rows, optional
        The visitor's own data on a surface with data: 2 to 500 rows of numbers, the inputs, then the target.
    points : sequence of PointEdit
        Edits of the data, or of ``table``: examples that are moved, left out or added; at most 40.
    start : (float, float), optional
        The start of all runs: any finite point, on the map or not. By default the surface's own start.
    steps : int
        The number of steps of each run, 1 to 10 000.
    batch : int
        The number of examples whose mean gradient a step uses, up to 500; 0: all examples. Above 0 only on a surface
        with data. See ``batches.Batches``.
    noise : float
        Standard deviation of the noise added to each gradient, 0 to 1000, in units of the gradient.
    seed : int
        Seed of the batches and of the noise, 0 to 2**32 - 1.
    runs : sequence of Run
        The optimizers with their hyperparameters, 1 to 8 of them.

    Raises
    ------
    ScenarioError
        If a part is not valid; one sentence with the wrong value and what is allowed.

    Notes
    -----
    Frozen and hashable. ``model_copy(update=...)`` does not check: build a new one instead.

    Examples
    --------
    >>> Scenario(surface="hump", steps=0, runs=[Run(optimizer="adam")])
    Traceback (most recent call last):
    trajectories.checked.ScenarioError: steps must be a whole number from 1 to 10000: got 0.
    """

    what: ClassVar[str] = "scenario"
    parts: ClassVar[dict[str, type[Checked]]] = {"runs": Run}

    surface: str
    table: tuple[Row, ...] | None = None
    points: tuple[PointEdit, ...] = ()
    start: tuple[float, float] = Field(default_factory=lambda fields: landscape_of(fields["surface"]).start)
    steps: int = 100
    batch: int = 0
    noise: float = 0.0
    seed: int = 0
    runs: tuple[Run, ...]

    @field_validator("surface", mode="before")
    @classmethod
    def _known_surface(cls, key: object) -> str:
        return _one_of(SURFACES, "surface", key)

    @field_validator("table", mode="before")
    @classmethod
    def _rows_of_data(cls, table: object, info: ValidationInfo) -> tuple[Row, ...] | None:
        surface = info.data.get("surface")  # None: the sentence about the surface comes first
        return None if surface is None else check_table(table, dataset_of(surface))

    @field_validator("points", mode="before")
    @classmethod
    def _edits_of_data(cls, points: object, info: ValidationInfo) -> tuple[PointEdit, ...]:
        if "table" not in info.data or "surface" not in info.data:
            return ()
        return check_points(points, dataset_of(info.data["surface"]), info.data["table"])

    @field_validator("start", mode="before")
    @classmethod
    def _finite_start(cls, start: object) -> tuple[float, float]:
        return check_start(start)

    @field_validator("steps", mode="before")
    @classmethod
    def _steps_in_range(cls, steps: object) -> int:
        return check_whole("steps", steps, 1, MAX_STEPS)

    @field_validator("batch", mode="before")
    @classmethod
    def _batch_of_data(cls, batch: object, info: ValidationInfo) -> int:
        surface = info.data.get("surface")  # None: the sentence about the surface comes first
        return 0 if surface is None else check_batch(batch, MAX_BATCH, landscape_of(surface))

    @field_validator("noise", mode="before")
    @classmethod
    def _noise_in_range(cls, noise: object) -> float:
        return check_number("noise", noise, 0.0, MAX_NOISE)

    @field_validator("seed", mode="before")
    @classmethod
    def _seed_in_range(cls, seed: object) -> int:
        return check_whole("seed", seed, 0, MAX_SEED)

    @field_validator("runs", mode="before")
    @classmethod
    def _few_runs(cls, runs: object) -> tuple[Any, ...]:
        if not isinstance(runs, list | tuple) or not 1 <= len(runs) <= MAX_RUNS:
            raise ValueError(f"runs must be a list of 1 to {MAX_RUNS} runs: got {show_value(runs)}.")
        return tuple(runs)

    @property
    def landscape(self) -> Landscape:
        """The landscape that all runs descend."""
        return landscape_of(self.surface, self.points, self.table)

    @property
    def noisy(self) -> bool:
        """Whether chance changes the gradients: by noise or by batches."""
        return self.noise > 0 or self.batch > 0


def _one_of(catalogue: Mapping[str, object], what: str, key: object) -> str:
    if not isinstance(key, str):
        raise ValueError(f"{what} must be a name: got {show_value(key)}.")
    if key not in catalogue:
        raise ValueError(f"No {what} {show_text(key)}. {suggest(key, catalogue)}")
    return key
