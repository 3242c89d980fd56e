"""The stage as a Streamlit component: shows a visit's scenario and passes the visitor's edits to the visit."""

from typing import Any

from components.loader import assets, component, event_value, socket
from components.visit import Visit

# In the order of the cascade: of two rules for the same element the later one applies.
_SHEETS = (
    "state/curtain",
    "stage",
    "draw/map",
    "controls/tools",
    "controls/take_home",
    "controls/batch_switches",
    "controls/basin_legend",
    "controls/fan_legend",
    "controls/settings",
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
    "model/model",
    "forced",
    "print",
    "offered",
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
    pictures: str = "",
) -> None:
    """Show a visit's scenario, and pass the visitor's edits to the visit.

    Parameters
    ----------
    now : Visit
        The visit whose scenario is shown. It receives each committed edit before the page runs again. The browser
        requests the walk from the backend by itself.
    key : str
        Streamlit's key of the stage. The panel and the picker that edit the same scenario have the same key.
    address : bool
        Whether the address bar shows the link of this stage.
    advice : bool
        Whether the cards give advice on what to try next. In a lesson the text does that.
    curtain : bool
        Whether the walk stays hidden until the learner has answered or skipped the lesson's question.
    marks : bool
        Whether each run's start, turning point and end are marked.
    inside : int, optional
        The index of the run whose inside is open at first.
    pictures : str
        The part of a link that sets which pictures and maps are shown, for example "basins=1". Of a stage whose link is
        not in the address bar; the browser applies it each time that it changes.
    """

    def edited() -> None:
        edit = event_value(key, "edit")
        if edit is not None:
            now.edit(edit)

    _STAGE(
        key=key,
        data=stage_data(now, key, address)
        | {
            "advice": advice and now.offer.free,
            "curtain": curtain,
            "marks": marks,
            "inside": inside,
            "pictures": pictures,
        },
        on_edit_change=edited,
    )


def stage_data(now: Visit, key: str, address: bool) -> dict[str, Any]:
    """The data that the browser needs from Python besides the walk and the contract, as plain JSON."""
    return {
        "stage": key,
        "scenario": now.scenario.model_dump(mode="json"),
        "visit": now.name,
        "acknowledged": now.acknowledged,
        "address": address,
        "assets": assets(),
        "socket": socket(),
        "offer": now.offer.model_dump(mode="json"),
        "opening": now.opening.model_dump(mode="json"),
    }
