"""The picker of surfaces as a Streamlit component; the stage sends the chosen scenario to Python."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from components.loader import assets, component
from surfaces import SURFACES, Surface
from trajectories import preset_scenario

FAMILY_LABELS: Mapping[str, str] = {
    "story": "Stories: made to show one thing",
    "data": "From data",
    "network": "Networks",
    "classic": "Classics",
}

_PICKER = component("picker", "picker/picker.js", "picker/picker.css")


def picker(stage: str, key: str) -> None:
    """Show every surface as a small picture; choosing one shows its first preset on the stage.

    Parameters
    ----------
    stage : str
        The key of the stage that shows the chosen surface, and sends its scenario to Python.
    key : str
        The picker's own key for Streamlit.
    """
    _PICKER(key=key, data=picker_data(stage))


def picker_data(stage: str) -> dict[str, Any]:
    """Build the component's data, plain JSON."""
    return {"stage": stage, "assets": assets(), "surfaces": _surfaces()}


@cache
def _surfaces() -> list[dict[str, Any]]:
    return [_surface(surface) for surface in SURFACES.values()]


def _surface(surface: Surface) -> dict[str, Any]:
    scenario = preset_scenario(surface.key, surface.presets[0].link)
    return {
        "key": surface.key,
        "label": surface.label,
        "family": FAMILY_LABELS.get(surface.family, surface.family.capitalize()),
        "teaches": surface.teaches,
        "scenario": scenario.model_dump(mode="json"),
    }
