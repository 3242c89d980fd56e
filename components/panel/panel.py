"""The panel as a Streamlit component; the stage sends the edits to Python."""

from typing import Any

from components.loader import assets, component
from trajectories import EVERYTHING, USUAL, Offer, Opening

_PANEL = component("panel", "panel/panel.js", "panel/panel.css", "panel/field.css", "panel/walk_settings.css")


def panel(stage: str, key: str, offer: Offer = EVERYTHING, opening: Opening = USUAL) -> None:
    """Show the controls of a stage's scenario.

    Parameters
    ----------
    stage : str
        The key of the stage whose scenario they edit; the stage sends the edits to Python.
    key : str
        The panel's own key for Streamlit.
    offer : Offer
        Which of the controls are shown.
    opening : Opening
        The runs all of whose settings are shown at first.
    """
    _PANEL(key=key, data=panel_data(stage, offer, opening))


def panel_data(stage: str, offer: Offer = EVERYTHING, opening: Opening = USUAL) -> dict[str, Any]:
    """Build the component's data, plain JSON; the rest is in the contract."""
    return {
        "stage": stage,
        "assets": assets(),
        "offer": offer.model_dump(mode="json"),
        "open": list(opening.open),
    }
