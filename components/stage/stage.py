"""The stage as Streamlit sees it: a visit's scenario in, the visitor's edits out."""

from typing import Any

from components.loader import assets, component, event_value, socket
from components.visit import Visit

# In the order of the cascade: what comes later wins where both say something.
_SHEETS = (
    "state/curtain",
    "stage",
    "draw/map",
    "controls/tools",
    "controls/hover",
    "controls/transport",
    "draw/curve",
    "controls/cards",
    "layout",
    "page",
    "step/panel",
    "step/lines",
    "step/multiples",
    "step/beside",
    "forced",
    "print",
)
_STAGE = component("stage", "stage/stage.js", *(f"stage/{sheet}.css" for sheet in _SHEETS))


def stage(
    now: Visit,
    *,
    key: str,
    address: bool = True,
    advice: bool = True,
    curtain: bool = False,
    marks: bool = False,
    inside: int | None = None,
) -> None:
    """Show a visit's scenario, and tell the visit what the visitor makes of it.

    Parameters
    ----------
    now : Visit
        Whose scenario to show; the stage asks the backend for the walk by itself. Before the page runs again,
        the visit takes each committed edit.
    key : str
        Names the stage for Streamlit, and for the panel and the picker that share its scenario.
    address : bool
        Whether the address bar follows this stage.
    advice : bool
        Whether the cards say what to try next: a lesson says that itself.
    curtain : bool
        Whether the walk stays hidden until the curtain is lifted in the browser: a lesson asks first.
    marks : bool
        Whether each run's start, turning point and end are marked.
    inside : int, optional
        The run into whose steps one looks from the first.
    """

    def heard() -> None:
        edit = event_value(key, "edit")
        if edit is not None:
            now.edit(edit)

    _STAGE(
        key=key,
        data=stage_data(now, key, address) | {"advice": advice, "curtain": curtain, "marks": marks, "inside": inside},
        on_edit_change=heard,
    )


def stage_data(now: Visit, key: str, address: bool) -> dict[str, Any]:
    """All that the browser needs of us besides the walk and the contract: plain JSON."""
    return {
        "stage": key,
        "scenario": now.scenario.model_dump(mode="json"),
        "visit": now.name,
        "acknowledged": now.acknowledged,
        "address": address,
        "assets": assets(),
        "socket": socket(),
    }
