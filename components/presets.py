"""The presets of a surface, with one button each."""

import streamlit as st

from surfaces import Preset, Surface
from trajectories import Scenario, preset_scenario

LOOK_FOR = "What happens?"


def current_preset(surface: Surface, scenario: Scenario) -> Preset | None:
    """The preset that has this scenario; None if there is none."""
    return next((p for p in surface.presets if preset_scenario(surface.key, p.link) == scenario), None)


def presets(surface: Surface, scenario: Scenario) -> str | None:
    """Show a button for each preset and the explanation of the current one; return the link of the pressed preset."""
    current = current_preset(surface, scenario)
    chosen = None
    with st.container(horizontal=True, gap="small", key="presets"):
        for preset in surface.presets:
            # The return value is used, not a callback: after a restart of the server the session is new and has no
            # callbacks when the first press arrives.
            pressed = st.button(
                preset.label,
                key=f"preset-{surface.key}-{preset.key}",
                help=preset.look_for,
                type="primary" if preset is current else "secondary",
            )
            if pressed:
                chosen = f"surface={surface.key}&{preset.link}"
    if current is not None:
        # In a popover, so that visitors can first think about the question that the head of the page asks.
        with st.popover(LOOK_FOR):
            st.markdown(current.look_for)
    return chosen
