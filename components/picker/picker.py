"""The picker of surfaces as a Streamlit component; the stage sends the chosen scenario to Python."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from backend.contract import ADDED
from components.loader import assets, component
from surfaces import SURFACES, Surface
from trajectories import parse_link, preset_scenario
from trajectories.landscapes import card_of
from trajectories.own_formula import OWN

FAMILY_LABELS: Mapping[str, str] = {
    "own": "Your own",
    "story": "Stories: made to show one thing",
    "data": "From data",
    "network": "Networks",
    "classic": "Classics",
}

SAMPLE = "f=sin%20x%20cos%20y%20%2B%20r%5E2%2F20&steps=150&run=sgd:lr=0.2&run=momentum:lr=0.1&run=adam:lr=0.2"

_PICKER = component("picker", "picker/picker.js", "picker/picker.css", "picker/own.css")


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
    return [_surface(surface) for surface in (card_of(OWN), *SURFACES.values())]


def _surface(surface: Surface) -> dict[str, Any]:
    own = surface.key == OWN
    scenario = parse_link(SAMPLE)[0] if own else preset_scenario(surface.key, surface.presets[0].link)
    family = FAMILY_LABELS.get(surface.family, surface.family.capitalize())
    return {
        "key": surface.key,
        "label": surface.label,
        "family": ADDED if surface.key in SURFACES.own else family,
        "teaches": surface.teaches,
        "scenario": scenario.model_dump(mode="json"),
    }
