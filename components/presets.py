"""The scenes worth showing on a surface, one button each."""

import streamlit as st

from surfaces import Preset, Surface
from trajectories import Scenario, preset_scenario


def current_preset(surface: Surface, scenario: Scenario) -> Preset | None:
    """The preset whose scenario this is, if any."""
    return next((p for p in surface.presets if preset_scenario(surface.key, p.link) == scenario), None)


def presets(surface: Surface, scenario: Scenario) -> str | None:
    """Show a button for each preset; the link of the one that was pressed, if any."""
    current = current_preset(surface, scenario)
    chosen = None
    with st.container(horizontal=True, gap="small", key="presets"):
        for preset in surface.presets:
            # Its return value, not a callback: the first press after a restart of the server finds a new session,
            # which has no callbacks yet.
            pressed = st.button(
                preset.label,
                key=f"preset-{surface.key}-{preset.key}",
                help=preset.look_for,
                type="primary" if preset is current else "secondary",
            )
            if pressed:
                chosen = f"surface={surface.key}&{preset.link}"
    return chosen
