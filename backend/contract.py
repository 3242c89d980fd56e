"""Constants that Python computes and the browser reads: limits, slider stops, number formats, names, links, colors."""

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.invitation import LONGEST_ADDRESS
from backend.wire import WIRE, Wire
from charts.formula import plain
from charts.minimum_styles import STYLES, style_of
from charts.palette import OUTCOME_SYMBOLS
from charts.theme import THEMES, Theme
from datasets.base import LARGEST as LARGEST_VALUE
from datasets.base import MOST_ROWS
from exports import FORMATS
from optimizers import OPTIMIZERS, Hyperparameter, OptimizerSpec
from trajectories import MAX_BATCH, MAX_NOISE, MAX_POINTS, MAX_RUNS, MAX_SEED, MAX_STEPS
from trajectories.landscapes import catalogue
from trajectories.link_table import LINK, LinkTable
from trajectories.link_writing import LONGEST_LINK
from trajectories.naming import NAMING, Naming, switches
from trajectories.offer import OFFER_WORDS, OfferWords
from trajectories.scales import slider_stops, stops_from_zero, whole_stops
from trajectories.spelling import INFINITY, MINUS, NO_NUMBER, SPELLINGS, Spelling

FAMILY_LABELS = {"gradient": "Gradient descent", "adaptive": "Adaptive"}
ADDED = "Added on this server"
"""The label of the group of surfaces, and of optimizers, that come from the server's own folder."""
LEAST_NOISE = 0.001
LARGEST = 1.7976931348623157e308  # the largest float64: a start may be any finite point


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Control(_Record):
    """A number that the visitor can set.

    Parameters
    ----------
    name, help : str
        Its name, and one sentence about it, for the screen.
    low, high : float
        Its range.
    whole : bool
        Whether only whole numbers are valid.
    stops : tuple of float
        The values of its slider, rising; empty where it has no slider.
    """

    name: str
    help: str
    low: float
    high: float
    whole: bool = False
    stops: tuple[float, ...] = ()


class HyperparameterControl(Control):
    """A hyperparameter: a number of one optimizer. ``scale`` says how its values are spaced.

    ``symbol`` is its symbol in the formulas as plain text, such as "α"; None for a switch, whose name is shown alone.
    """

    symbol: str | None
    default: float
    scale: str


class OptimizerCard(_Record):
    """An optimizer for the browser. ``switches`` are the names of its hyperparameters that are 0 or 1."""

    label: str
    family: str
    idea: str
    hyperparameters: tuple[HyperparameterControl, ...]
    defaults: dict[str, float]
    switches: tuple[str, ...]


class Look(_Record):
    """How one run is drawn (color, dashes, head): see ``charts.palette.Trail``."""

    color: str
    dash: tuple[int, ...]
    head: str


class MinimumStyle(_Record):
    """What stands for a minimum in figures and on the map of basins: see ``charts.minimum_styles``."""

    color: str
    symbol: str


class Colors(_Record):
    """The colors of one theme: see ``charts.theme.Theme``.

    ``looks`` has one for each run of a scenario, ``minima`` one for each style of minima.
    """

    page: str
    ink: str
    muted: str
    line: str
    font: str
    looks: tuple[Look, ...]
    inks: dict[str, str]
    outcomes: dict[str, str]
    minima: tuple[MinimumStyle, ...]


class Limits(_Record):
    """Ranges and largest values.

    ``link``, ``code``: the most characters of a link and of the address in a QR code. ``points``, ``rows``, ``value``:
    the most edits of examples, the most examples, and the largest of their numbers.
    """

    runs: int
    link: int
    code: int
    points: int
    rows: int
    value: float
    x: Control
    y: Control
    steps: Control
    batch: Control
    noise: Control
    seed: Control


class Words(_Record):
    """The texts for a minus sign, for infinity, and for NaN."""

    minus: str
    infinity: str
    no_number: str


class NetworkCard(_Record):
    """A network: the number of its weights, and whether it predicts classes."""

    size: int
    classes: bool


class ExportCard(_Record):
    """A format in which the server writes a scenario: see ``exports.Format``."""

    key: str
    label: str
    family: Literal["code", "numbers", "picture", "film"]
    says: str


class Contract(_Record):
    """All constants, which the browser loads once as a module."""

    wire: Wire
    limits: Limits
    link: LinkTable
    offers: OfferWords
    naming: Naming
    spellings: dict[str, Spelling]
    words: Words
    examples: dict[str, int] = Field(description="The number of examples of each surface with data, by its key.")
    networks: dict[str, NetworkCard] = Field(description="The surfaces of networks, by their keys.")
    optimizers: dict[str, OptimizerCard] = Field(description="By key, in the order in which they are offered.")
    exports: tuple[ExportCard, ...] = Field(description="The formats that the server writes, in their order.")
    themes: dict[str, Colors]
    symbols: dict[str, str] = Field(description="The shape of each outcome, by Plotly's names.")


@cache
def contract() -> Contract:
    """The contract of this server."""
    return Contract(
        wire=WIRE,
        limits=_limits(),
        link=LINK,
        offers=OFFER_WORDS,
        naming=NAMING,
        spellings=dict(SPELLINGS),
        words=Words(minus=MINUS, infinity=INFINITY, no_number=NO_NUMBER),
        examples={of.key: of.example_count for of in catalogue() if of.example_count > 0},
        networks={
            of.key: NetworkCard(size=of.embedding.network.size, classes=of.embedding.network.classes)
            for of in catalogue()
            if of.embedding is not None
        },
        optimizers={key: optimizer_card(spec) for key, spec in OPTIMIZERS.items()},
        exports=tuple(
            ExportCard(key=form.key, label=form.label, family=form.family, says=form.says)
            for form in FORMATS.values()
            if form.served
        ),
        themes={name: _colors(theme) for name, theme in THEMES.items()},
        symbols=dict(OUTCOME_SYMBOLS),
    )


@cache
def contract_module() -> bytes:
    """The contract as an ES module, which our other modules import."""
    return f"/** Made by backend/contract.py. */\nexport const contract = {contract().model_dump_json()};\n".encode()


def optimizer_card(spec: OptimizerSpec) -> OptimizerCard:
    """The record of an optimizer for the browser."""
    return OptimizerCard(
        label=spec.label,
        family=ADDED if spec.key in OPTIMIZERS.own else FAMILY_LABELS.get(spec.family, spec.family.capitalize()),
        idea=spec.idea,
        hyperparameters=tuple(hyperparameter_control(record) for record in spec.hyperparameters),
        defaults=dict(spec.defaults),
        switches=tuple(switches(spec.key)),
    )


def hyperparameter_control(record: Hyperparameter, **other: Any) -> HyperparameterControl:
    """The record of a hyperparameter for the browser; ``other`` fields replace those of the record."""
    fields = {
        "name": record.name,
        "help": record.help,
        "low": record.low,
        "high": record.high,
        "stops": slider_stops(record.low, record.high, record.scale, record.default),
        "symbol": None if record.scale == "switch" else plain(record.symbol),
        "default": record.default,
        "scale": record.scale,
    }
    return HyperparameterControl(**fields | other)


def _limits() -> Limits:
    start = {"help": "The point where all runs start. Click the map to set it.", "low": -LARGEST, "high": LARGEST}
    return Limits(
        runs=MAX_RUNS,
        link=LONGEST_LINK,
        code=LONGEST_ADDRESS,
        points=MAX_POINTS,
        rows=MOST_ROWS,
        value=LARGEST_VALUE,
        x=Control(name="x", **start),
        y=Control(name="y", **start),
        steps=Control(
            name="steps",
            help="How many steps each run takes.",
            low=1,
            high=MAX_STEPS,
            whole=True,
            stops=whole_stops(1, MAX_STEPS),
        ),
        batch=Control(
            name="batch",
            help="The number of examples whose mean gradient a step uses. In each epoch every example is in one batch, "
            "in a random order, the same for all runs. 0: all examples at every step.",
            low=0,
            high=MAX_BATCH,
            whole=True,
            stops=(0, *(2**power for power in range(MAX_BATCH.bit_length()))),
        ),
        noise=Control(
            name="noise",
            help="Imitates the randomness of mini-batches: the standard deviation of a normal random number that is "
            "added to each component of the gradient, the same for all runs.",
            low=0,
            high=MAX_NOISE,
            stops=stops_from_zero(LEAST_NOISE, MAX_NOISE),
        ),
        seed=Control(
            name="seed",
            help="Selects the batches and the random numbers of the noise: the same seed gives the same ones.",
            low=0,
            high=MAX_SEED,
            whole=True,
        ),
    )


def _colors(theme: Theme) -> Colors:
    return Colors(
        page=theme.page,
        ink=theme.ink,
        muted=theme.muted,
        line=theme.line,
        font=theme.font,
        looks=tuple(Look(color=trail.color, dash=trail.dash, head=trail.head) for trail in theme.trails),
        inks=dict(theme.inks),
        outcomes=dict(theme.outcomes),
        minima=tuple(
            MinimumStyle(color=color, symbol=symbol)
            for color, symbol in (style_of(theme, style) for style in range(STYLES))
        ),
    )
