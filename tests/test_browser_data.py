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


def test_the_stage_is_given_what_its_type_says():
    sent = stage_data(Visit(parse_link("surface=hump")[0]), "playground", address=True)
    sent |= {"advice": True, "curtain": False, "marks": False, "inside": None}
    assert StageData.model_validate(sent).model_dump(mode="json") == json.loads(json.dumps(sent))


def test_the_panel_is_given_what_its_type_says():
    sent = panel_data("playground")
    assert PanelData.model_validate(sent).model_dump(mode="json") == sent


def test_the_picker_is_given_what_its_type_says():
    sent = picker_data("playground")
    assert PickerData.model_validate(sent).model_dump(mode="json") == sent


@pytest.mark.parametrize("surface", SURFACES.values(), ids=lambda surface: surface.key)
def test_a_surface_says_of_itself_what_its_type_says(surface):
    facts = json.loads(surface_payload(surface, LIGHT))["surface"]
    assert SurfaceFacts.model_validate(facts).model_dump(mode="json", by_alias=True) == facts
