"""What Python passes to the browser has the shape of the browser's types."""

import json

import pytest

from charts.surface_figure import surface_payload
from charts.theme import LIGHT
from components.browser_data import PanelData, PickerData, StageData, SurfaceFacts
from components.panel.panel import panel_data
from components.picker.picker import picker_data
from components.stage.stage import stage_data
from components.visit import Visit
from surfaces import SURFACES
from trajectories import parse_link


def test_the_data_of_the_stage_has_its_declared_type():
    sent = stage_data(Visit(parse_link("surface=hump")[0]), "playground", address=True)
    sent |= {"advice": True, "curtain": False, "marks": False, "inside": None, "pictures": ""}
    assert StageData.model_validate(sent).model_dump(mode="json") == json.loads(json.dumps(sent))


def test_the_data_of_the_panel_has_its_declared_type():
    sent = panel_data("playground")
    assert PanelData.model_validate(sent).model_dump(mode="json") == sent


def test_the_data_of_the_picker_has_its_declared_type():
    sent = picker_data("playground")
    assert PickerData.model_validate(sent).model_dump(mode="json") == sent


@pytest.mark.parametrize("surface", SURFACES.values(), ids=lambda surface: surface.key)
def test_the_data_of_a_surface_has_its_declared_type(surface):
    facts = json.loads(surface_payload(surface, LIGHT))["surface"]
    assert SurfaceFacts.model_validate(facts).model_dump(mode="json", by_alias=True) == facts
