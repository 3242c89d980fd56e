"""The scenes worth showing on a surface, one button each."""

from collections.abc import Callable

import streamlit as st

from surfaces import Preset, Surface
from trajectories import Scenario, preset_scenario


def current_preset(surface: Surface, scenario: Scenario) -> Preset | None:
    """The preset whose scenario this is, if any."""
    return next((p for p in surface.presets if preset_scenario(surface.key, p.link) == scenario), None)


def presets(surface: Surface, scenario: Scenario, *, on_choose: Callable[[str], None]) -> None:
    """Show a button for each preset; ``on_choose`` is called with the link of the one pressed."""
    current = current_preset(surface, scenario)
    with st.container(horizontal=True, gap="small", key="presets"):
        for preset in surface.presets:
            st.button(
                preset.label,
                key=f"preset-{surface.key}-{preset.key}",
                help=preset.look_for,
                type="primary" if preset is current else "secondary",
                on_click=on_choose,
                args=(f"surface={surface.key}&{preset.link}",),
            )
