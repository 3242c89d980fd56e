"""The scenes worth showing on a surface, one button each."""

import streamlit as st

from surfaces import Preset, Surface
from trajectories import Scenario, preset_scenario

LOOK_FOR = "What happens?"


def current_preset(surface: Surface, scenario: Scenario) -> Preset | None:
    """The preset whose scenario this is, if any."""
    return next((p for p in surface.presets if preset_scenario(surface.key, p.link) == scenario), None)


def presets(surface: Surface, scenario: Scenario) -> str | None:
    """Show a button for each preset, and on request what its runs do; return the link of the one that was pressed."""
    current = current_preset(surface, scenario)
    chosen = None
    with st.container(horizontal=True, gap="small", key="presets"):
        for preset in surface.presets:
            # The return value is used, not a callback: after a restart of the server the session is new, and has no
            # callbacks yet when the first press arrives.
            pressed = st.button(
                preset.label,
                key=f"preset-{surface.key}-{preset.key}",
                help=preset.look_for,
                type="primary" if preset is current else "secondary",
            )
            if pressed:
                chosen = f"surface={surface.key}&{preset.link}"
    if current is not None:
        # The head of the page asks what will happen; the answer waits until it is wanted.
        with st.popover(LOOK_FOR):
            st.markdown(current.look_for)
    return chosen
