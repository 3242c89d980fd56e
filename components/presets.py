"""The presets of a surface, with one button each."""

import streamlit as st

from surfaces import Preset, Surface
from trajectories import Scenario, preset_scenario

LOOK_FOR = "What happens?"
OTHER_START = "This is written for the start of this preset. From the present start the runs may end elsewhere."


def current_preset(surface: Surface, scenario: Scenario) -> Preset | None:
    """The preset that has this scenario; None if there is none."""
    return next((p for p in surface.presets if preset_scenario(surface.key, p.link) == scenario), None)


def explained_preset(surface: Surface, scenario: Scenario) -> Preset | None:
    """The preset whose explanation is shown: the current one, or else the one of which only the start was moved."""
    if (current := current_preset(surface, scenario)) is not None:
        return current
    made = ((preset, preset_scenario(surface.key, preset.link)) for preset in surface.presets)
    return next((preset for preset, its in made if scenario == its.model_copy(update={"start": scenario.start})), None)


def presets(surface: Surface, scenario: Scenario) -> str | None:
    """Show a button for each preset and the explanation of the current one; return the link of the pressed preset.

    The explanation stays while the visitor moves the start, with a sentence that it is written for another start.
    """
    current = current_preset(surface, scenario)
    chosen = None
    with st.container(horizontal=True, gap="small", key="presets"):
        for preset in surface.presets:
            # The return value is used, not a callback: after a restart of the server the session is new and has no
            # callbacks when the first press arrives.
            pressed = st.button(
                preset.label,
                key=f"preset-{surface.key}-{preset.key}",
                type="primary" if preset is current else "secondary",
            )
            if pressed:
                chosen = f"surface={surface.key}&{preset.link}"
    explained = explained_preset(surface, scenario)
    if explained is not None:
        # It is closed at first, so that visitors can think about the question that the head of the page asks. It opens
        # between the presets and the runs: a popover would cover the map.
        with st.expander(LOOK_FOR, key=f"look-for-{surface.key}-{explained.key}"):
            st.markdown(explained.look_for)
            if explained is not current:
                st.caption(OTHER_START)
    return chosen
