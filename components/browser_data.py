"""Records of the data that Python passes to the browser's modules besides the contract and the socket's messages.

``components.contract_types`` writes the browser's types from them; a test compares them with the data that is sent.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from charts.ground import MinimumFact
from charts.prediction import Program
from trajectories import Offer, Opening, Scenario


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    assets: str


class StageData(_Data):
    """The data of a stage."""

    stage: str
    scenario: Scenario
    visit: str
    acknowledged: int | None
    address: bool
    socket: str
    advice: bool
    curtain: bool
    marks: bool
    inside: int | None
    pictures: str
    offer: Offer
    opening: Opening


class PanelData(_Data):
    """The data of the panel of controls. ``open``: the indices of the runs all of whose settings are shown at first."""

    stage: str
    offer: Offer
    open: tuple[int, ...]


class PickedSurface(BaseModel):
    """A surface as the picker shows it, and the scenario that choosing it shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    label: str
    family: str
    teaches: str
    scenario: Scenario


class PickerData(_Data):
    """The data of the picker of surfaces."""

    stage: str
    surfaces: tuple[PickedSurface, ...]


class PresentData(_Data):
    """The data of the presenter's buttons: the stage, the keys of the lessons before and after, and the scenes.

    The scenes are those that can be shown now, by the keys of their buttons; ``scene`` is the index of the shown one.
    """

    stage: str
    before: str | None
    after: str | None
    scenes: tuple[str, ...]
    scene: int | None
    offer: Offer | None


class AxisFact(BaseModel):
    """A column of a dataset: an input or the target."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    unit: str
    classes: tuple[str, ...]


class NetworkFacts(BaseModel):
    """A network: the inputs and outputs of each layer, and how many of its examples, the first ones, train it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    layers: tuple[tuple[int, int], ...]
    training: int


class PlaneFacts(BaseModel):
    """The plane of a network's map: how many weights it has, which plane it is, and where the watched weights are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    says: str
    watched: tuple[str, str]


class ModelFacts(BaseModel):
    """The data and the model behind a loss. ``rows`` are raw numbers; the model gets ``(number - shift) / unit``.

    A model with two weights has a program, a network its layers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    row: str
    source: str
    license: str
    axes: tuple[AxisFact, ...]
    rows: tuple[tuple[float, ...], ...]
    shift: tuple[float, ...]
    unit: tuple[float, ...]
    input_scale: Literal["raw", "standardized"]
    target_scale: Literal["raw", "standardized"]
    boundary: float | None
    weights: tuple[str, str]
    program: Program | None
    network: NetworkFacts | None


class SurfaceFacts(BaseModel):
    """The surface in the file of a map."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    label: str
    family: str
    latex: str
    teaches: str
    bounds: tuple[tuple[float, float], tuple[float, float]]
    start: tuple[float, float]
    minima: tuple[MinimumFact, ...]
    model: ModelFacts | None
    plane: PlaneFacts | None
