"""A scenario: everything that determines a picture. Links, requests and the Python API describe the same scenario."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from pydantic import Field, ValidationInfo, field_serializer, field_validator, model_validator

from datasets.base import MOST_ROWS, Row
from optimizers import OPTIMIZERS
from surfaces import SURFACES, Landscape
from trajectories.checked import Checked, ScenarioError
from trajectories.checks import check_batch, check_number, check_start, check_value, check_whole
from trajectories.data_edits import PointEdit, check_points, check_table
from trajectories.landscapes import dataset_of, landscape_of, landscape_of_formula
from trajectories.own_formula import OWN, Box, FormulaLetter, check_box, check_formula, check_letters, values_of
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
        A key of ``surfaces.SURFACES``, or ``own`` for a typed formula, which is also what is meant if there is a
        formula and no surface.
    formula : str, optional
        A formula of x and y: see ``formulas.typed.read_typed``.
    box : (float, float, float, float), optional
        x_low, x_high, y_low and y_high of the formula's map; by default a map is proposed.
    letters : sequence of FormulaLetter
        The values of the formula's letters; those left out have the value 1.
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
    formula: str | None = Field(default=None, validate_default=True)
    box: Box | None = None
    letters: tuple[FormulaLetter, ...] = Field(default=(), validate_default=True)
    table: tuple[Row, ...] | None = None
    points: tuple[PointEdit, ...] = ()
    start: tuple[float, float] = Field(default_factory=lambda fields: _landscape(fields).start)
    steps: int = 100
    batch: int = 0
    noise: float = 0.0
    seed: int = 0
    runs: tuple[Run, ...]

    @model_validator(mode="before")
    @classmethod
    def _own_surface(cls, given: Any) -> Any:
        if isinstance(given, Mapping) and given.get("formula") is not None and "surface" not in given:
            return {**given, "surface": OWN}
        return given

    @field_validator("surface", mode="before")
    @classmethod
    def _known_surface(cls, key: object) -> str:
        return OWN if key == OWN else _one_of(SURFACES, "surface", key)

    @field_validator("formula", mode="before")
    @classmethod
    def _formula_of_own(cls, formula: object, info: ValidationInfo) -> str | None:
        surface = info.data.get("surface", OWN)
        if surface != OWN and formula is not None:
            raise ValueError(f"formula must be null on surface {show_text(surface)}: got {show_value(formula)}.")
        if surface == OWN and formula is None and "surface" in info.data:
            raise ValueError("Surface own needs a formula of x and y.")
        return check_formula(formula)

    @field_validator("box", mode="before")
    @classmethod
    def _box_of_formula(cls, box: object, info: ValidationInfo) -> Box | None:
        return check_box(box, info.data["formula"]) if "formula" in info.data else None

    @field_validator("letters", mode="before")
    @classmethod
    def _letters_of_formula(cls, letters: object, info: ValidationInfo) -> tuple[FormulaLetter, ...]:
        if "formula" not in info.data or "box" not in info.data:
            return ()
        checked = check_letters(letters, info.data["formula"])
        if info.data["formula"] is not None:
            landscape_of_formula(info.data["formula"], values_of(checked), info.data["box"])  # has values on its map
        return checked

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
        known = "surface" in info.data and "letters" in info.data  # otherwise their sentences come first
        return check_batch(batch, MAX_BATCH, _landscape(info.data)) if known else 0

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
        if self.formula is not None:
            return landscape_of_formula(self.formula, values_of(self.letters), self.box)
        return landscape_of(self.surface, self.points, self.table)

    @property
    def noisy(self) -> bool:
        """Whether chance changes the gradients: by noise or by batches."""
        return self.noise > 0 or self.batch > 0


def _landscape(fields: Mapping[str, Any]) -> Landscape:
    """The landscape of the fields that have been checked, on data without edits."""
    if fields.get("formula") is not None:
        return landscape_of_formula(fields["formula"], values_of(fields["letters"]), fields["box"])
    return landscape_of(fields["surface"])


def _one_of(catalogue: Mapping[str, object], what: str, key: object) -> str:
    if not isinstance(key, str):
        raise ValueError(f"{what} must be a name: got {show_value(key)}.")
    if key not in catalogue:
        raise ValueError(f"No {what} {show_text(key)}. {suggest(key, catalogue)}")
    return key
