"""The panel as Streamlit sees it: which stage goes in; what the visitor edits, the stage tells."""

from typing import Any

from components.loader import assets, component

_PANEL = component("panel", "panel/panel.js", "panel/panel.css", "panel/field.css", "panel/walk.css")


def panel(stage: str, key: str) -> None:
    """Show the controls of a stage's scenario.

    Parameters
    ----------
    stage : str
        The key of the stage whose scenario they edit. It is the stage that tells Python of the edits.
    key : str
        The panel's own key for Streamlit.
    """
    _PANEL(key=key, data=panel_data(stage))


def panel_data(stage: str) -> dict[str, Any]:
    """What the browser needs of us besides the contract: plain JSON."""
    return {"stage": stage, "assets": assets()}
