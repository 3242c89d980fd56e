"""The stage as Streamlit sees it: a scenario in, the visitor's edits out."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from charts.theme import THEMES, Theme
from components.loader import assets, base_path, loader
from optimizers import OPTIMIZERS
from trajectories import Scenario

_STAGE = st.components.v2.component(
    "mr_adam_stage",
    css=Path(__file__).with_name("stage.css").read_text(encoding="utf-8"),
    js=loader("stage/stage.js"),
    isolate_styles=False,
)


def stage(
    scenario: Scenario,
    *,
    key: str,
    acknowledged: int,
    on_edit: Callable[[Mapping[str, Any]], None],
    address: bool = True,
) -> None:
    """Show a scenario, and hear what the visitor makes of it.

    Parameters
    ----------
    scenario : Scenario
        What to show. The stage asks the backend for the walk by itself.
    key : str
        Names the stage for Streamlit, and for the panel and the picker that share its scenario.
    acknowledged : int
        The number of the last edit that ``scenario`` takes account of.
    on_edit : callable
        Called, before the page runs again, with each committed edit: ``{"sequence": int, "scenario": {...}}``, or
        ``{"sequence": int, "link": str}`` when the visitor went back or forward to another address.
    address : bool
        Whether the address bar follows this stage.
    """

    def heard() -> None:
        edit = st.session_state[key].edit
        if edit is not None:
            on_edit(edit)

    _STAGE(key=key, data={**stage_data(scenario, key, acknowledged), "address": address}, on_edit_change=heard)


def stage_data(scenario: Scenario, key: str, acknowledged: int) -> dict[str, Any]:
    """All that the browser needs of us besides the walk: plain JSON."""
    return {
        "stage": key,
        "scenario": scenario.model_dump(mode="json"),
        "acknowledged": acknowledged,
        "assets": assets(),
        "socket": f"{base_path()}/api/stream",
        "themes": {name: _theme(theme) for name, theme in THEMES.items()},
        "optimizers": {spec.key: {"label": spec.label, "defaults": spec.defaults} for spec in OPTIMIZERS.values()},
    }


def _theme(theme: Theme) -> dict[str, Any]:
    looks = [{**asdict(trail), "dash": list(trail.dash)} for trail in theme.trails]
    return {"page": theme.page, "ink": theme.ink, "muted": theme.muted, "line": theme.line, "font": theme.font, "looks": looks}
