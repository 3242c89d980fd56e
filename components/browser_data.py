"""Records of the data that Python passes to the browser's modules besides the contract and the socket's messages.

``components.contract_types`` writes the browser's types from them; a test compares them with the data that is sent.
"""

from pydantic import BaseModel, ConfigDict, Field

from trajectories import Scenario


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


class PanelData(_Data):
    """The data of the panel of controls."""

    stage: str


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


class MinimumFact(BaseModel):
    """A minimum of a surface, listed or found by a search."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    x: float
    y: float
    value: float
    is_global: bool = Field(alias="global")
    origin: str
    name: str


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
