"""The stage as Streamlit sees it: a visit's scenario in, the visitor's edits out."""

from dataclasses import asdict
from typing import Any

from charts.theme import THEMES, Theme
from components.loader import assets, base_path, component, told
from components.visit import Visit
from optimizers import OPTIMIZERS, OptimizerSpec

_STAGE = component("stage", "stage/stage.js", "stage/curtain.css", "stage/stage.css", "stage/xray.css")


def stage(
    now: Visit, *, key: str, address: bool = True, curtain: bool = False, marks: bool = False, inside: int | None = None
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
    curtain : bool
        Whether the walk stays hidden until the curtain is lifted in the browser: a lesson asks first.
    marks : bool
        Whether each run's start, turning point and end are marked.
    inside : int, optional
        The run into whose steps one looks from the first.
    """

    def heard() -> None:
        edit = told(key, "edit")
        if edit is not None:
            now.edit(edit)

    _STAGE(
        key=key,
        data=stage_data(now, key, address) | {"curtain": curtain, "marks": marks, "inside": inside},
        on_edit_change=heard,
    )


def stage_data(now: Visit, key: str, address: bool) -> dict[str, Any]:
    """All that the browser needs of us besides the walk: plain JSON."""
    return {
        "stage": key,
        "scenario": now.scenario.model_dump(mode="json"),
        "visit": now.name,
        "untouched": now.untouched,
        "acknowledged": now.acknowledged,
        "address": address,
        "assets": assets(),
        "socket": f"{base_path()}/api/stream",
        "themes": {name: _theme(theme) for name, theme in THEMES.items()},
        "optimizers": {key: _optimizer(spec) for key, spec in OPTIMIZERS.items()},
    }


def _optimizer(spec: OptimizerSpec) -> dict[str, Any]:
    switches = [h.name for h in spec.hyperparameters if h.scale == "switch"]
    return {"label": spec.label, "defaults": spec.defaults, "switches": switches}


def _theme(theme: Theme) -> dict[str, Any]:
    looks = [{**asdict(trail), "dash": list(trail.dash)} for trail in theme.trails]
    colors = {name: getattr(theme, name) for name in ("page", "ink", "muted", "line", "font")}
    return {**colors, "looks": looks, "inks": dict(theme.inks)}
