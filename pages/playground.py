"""The playground: choose a surface and a start, and watch the optimizers descend."""

import streamlit as st

from components.dataset_note import dataset_line, dataset_source
from components.glossary import glossary
from components.lesson_file import lesson_button
from components.own_data import own_data
from components.panel import panel
from components.picker import picker
from components.present import present
from components.presets import presets
from components.stage import stage
from components.title import title
from components.visit import named, visit
from lessons import GLOSSARY
from trajectories import parse_inside
from trajectories.landscapes import card_of

STAGE = "playground"

now = visit()
surface = card_of(now.scenario.surface)

offer = now.offer

if not st.context.is_embedded:
    with st.sidebar:
        if offer.shows("picker"):
            picker(STAGE, key="picker")
        chosen = presets(surface, now.scenario) if offer.shows("presets") else None
        if chosen is not None:
            now.choose(chosen)
            st.rerun()
        if offer.shows("panel"):
            panel(STAGE, key="panel", offer=offer, opening=now.opening)
        if offer.shows("panel") and offer.has("data") and surface.landscape.model is not None:
            own_data(now, surface.landscape.model.dataset, key="own-data")
        lesson_button(now, key="lesson-file")

if offer.title:
    title(offer.title)
else:
    st.title(surface.label, anchor=False)
with st.container(horizontal=True, key="playground-head"):
    data, plane = surface.landscape.dataset, surface.landscape.embedding
    about = "" if st.context.is_embedded or plane is not None else f":small[{GLOSSARY.about}]  \n"
    line = "" if data is None else f"  \n:small[{dataset_line(data, now.scenario)}]"
    st.markdown(about + surface.teaches + line, width="stretch", help=None if data is None else dataset_source(data))
    if not st.context.is_embedded:
        glossary(key="glossary")
        present(STAGE, key="present", offer=offer)
inside, notes = parse_inside(named("inside"), now.scenario)
if notes := [*now.notes, *notes]:
    st.warning(notes[0] if len(notes) == 1 else "\n".join(f"- {note}" for note in notes))
stage(now, key=STAGE, inside=inside)
