"""The lessons: text on the left, the stage on the right, and a question before anything moves."""

import streamlit as st

from components.figures import figures
from components.glossary import glossary
from components.lesson import LONGEST, Attempt, Course, course, dress, goals, knobs, neighbors, predict, row
from components.present import present
from components.stage import stage
from components.visit import carry
from lessons import GLOSSARY, LESSONS, SECTIONS


def words(attempt: Attempt, section: str) -> None:
    """Show one of the lesson's sections."""
    with st.container():
        st.header(section, anchor=False)
        st.markdown(attempt.lesson.sections[section])


def head(now: Course) -> None:
    """Show where we are: all lessons, and the title of this one."""
    attempt = now.attempt
    with st.container(key="lesson-head"):
        if not st.context.is_embedded:
            row(now, key="lesson-row")
        st.title(f"{attempt.lesson.order}. {attempt.lesson.title}", anchor=False)
        with st.container(key="lesson-idea"):
            st.markdown(attempt.lesson.idea)
            st.markdown(f"On *Mr. Adam Who Are You?*: {attempt.lesson.paper}", help=GLOSSARY.paper)
    for note in filter(None, [now.note, *attempt.visit.notes]):
        st.warning(note)


def scene(attempt: Attempt, name: str) -> None:
    """Show the stage, and the lesson's scenes above it."""
    with st.container(horizontal=True, key="lesson-acts"):
        for place, (label, scenario) in enumerate(attempt.scenes):
            here = scenario == attempt.visit.scenario
            pressed = st.button(
                label,
                key=f"scene-{attempt.lesson.key}-{place}",
                disabled=attempt.answer is None or (here and place == 0),
                type="primary" if here and place > 0 else "secondary",
            )
            if pressed:
                attempt.visit.turn(scenario)
                st.rerun()
        if not st.context.is_embedded:
            glossary(key="glossary")
            if st.button("Open in the playground", key="lesson-open", help="Opens the playground with your settings"):
                carry(attempt.visit.scenario)
                # With the address as it is until the stage writes its own, going back is one step.
                st.switch_page("playground.py", query_params={"lesson": attempt.lesson.key})
            keys = [None, *LESSONS, None]
            at = keys.index(attempt.lesson.key)
            present(name, key="present", before=keys[at - 1], after=keys[at + 1])
    stage(
        attempt.visit,
        key=name,
        address=False,
        advice=False,
        curtain=attempt.answer is None,
        marks=attempt.lesson.marks,
        inside=attempt.lesson.inside,
    )


dress()
now = course()
attempt = now.attempt
key = attempt.lesson.key
name = f"lesson-{key}"
idea, task, home = SECTIONS

head(now)
with st.container(key="lesson-body"):
    with st.container(key="lesson-ask"):
        if not st.context.is_embedded:
            with st.container(key="lesson-words"):
                words(attempt, idea)
        predict(attempt, name, key=f"predict-{key}")
    with st.container(key="lesson-scene"):
        scene(attempt, name)
    # The task and the summary could give away the answer to the question, so they come after it.
    if attempt.answer is not None:
        with st.container(key="lesson-more"):
            words(attempt, task)
            knobs(attempt, name, key=f"knobs-{key}")
            goals(attempt, key=f"goals-{key}")
            words(attempt, home)
# So could a figure that shows where runs end.
if attempt.long:
    st.caption(
        f"Goals and figures are for walks of up to {LONGEST} steps; this one takes {attempt.visit.scenario.steps}."
    )
elif attempt.answer is not None:
    with st.container(key="lesson-figures"):
        figures(key, attempt.visit.scenario, complete=attempt.complete)
if not st.context.is_embedded:
    with st.container(key="lesson-foot"):
        neighbors(now, key="lesson-neighbors")
