"""The lessons: text on the left, the stage on the right, and a question before the walk is shown."""

import streamlit as st

from components.figures import figures
from components.glossary import glossary
from components.lesson import MOST_STEPS, Attempt, Course, course, goals, knobs, neighbors, predict, row, send_style
from components.lesson.sections import sections
from components.present import present
from components.stage import stage
from components.visit import carry
from lessons import GLOSSARY, LESSONS


def head(now: Course) -> None:
    """Show the list of lessons, and the title and the idea of this lesson."""
    attempt = now.attempt
    with st.container(key="lesson-head"):
        if not st.context.is_embedded:
            row(now, key="lesson-row")
        st.title(f"{attempt.lesson.order}. {attempt.lesson.title}", anchor=False)
        with st.container(key="lesson-idea"):
            st.markdown(attempt.lesson.idea)
            if attempt.lesson.paper is not None:
                st.markdown(f"On *Mr. Adam Who Are You?*: {attempt.lesson.paper}", help=GLOSSARY.paper)
    for note in filter(None, [now.note, *attempt.visit.notes]):
        st.warning(note)


def scene(attempt: Attempt, name: str) -> None:
    """Show the stage, and the lesson's scenes above it."""
    buttons = [f"scene-{attempt.lesson.key}-{place}" for place in range(len(attempt.scenes))]
    shown = attempt.shown()
    with st.container(horizontal=True, key="lesson-acts"):
        for place, (label, scenario) in enumerate(attempt.scenes):
            here = place == shown
            pressed = st.button(
                label,
                key=buttons[place],
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
                # The address keeps the lesson until the stage writes its own: so one step back returns to the lesson.
                st.switch_page("playground.py", query_params={"lesson": attempt.lesson.key})
            keys = [None, *LESSONS, None]
            at = keys.index(attempt.lesson.key)
            present(
                name,
                key="present",
                before=keys[at - 1],
                after=keys[at + 1],
                scenes=buttons if attempt.answer is not None and len(buttons) > 1 else (),
                scene=shown,
            )
    stage(
        attempt.visit,
        key=name,
        address=False,
        advice=False,
        curtain=attempt.answer is None,
        marks=attempt.lesson.marks,
        inside=attempt.lesson.inside,
        pictures=attempt.pictures,
    )


send_style()
now = course()
attempt = now.attempt
key = attempt.lesson.key
name = f"lesson-{key}"
titles = tuple(attempt.lesson.sections)

head(now)
with st.container(key="lesson-body"):
    with st.container(key="lesson-ask"):
        if not st.context.is_embedded:
            with st.container(key="lesson-words"):
                sections(attempt, titles[:1])
        predict(attempt, name, key=f"predict-{key}")
        attempt.shown()
        if attempt.scene > 0:
            # The presenter's view shows it instead of the question, which is about the lesson's own scene.
            with st.container(key="lesson-scene-label"):
                st.markdown(attempt.scenes[attempt.scene][0])
    with st.container(key="lesson-scene"):
        scene(attempt, name)
    # Only after the answer, since the task and the summary can give away the correct one.
    if attempt.answer is not None:
        with st.container(key="lesson-more"):
            sections(attempt, titles[1:2])
            knobs(attempt, name, key=f"knobs-{key}")
            if not attempt.long:
                figures(key, attempt.visit.scenario, narrow=True, complete=attempt.complete)
            goals(attempt, key=f"goals-{key}")
            sections(attempt, titles[2:])
# The figures, too, are shown only after the answer: they can show where runs end.
if attempt.long:
    st.caption(
        f"Goals and figures are computed for walks of up to {MOST_STEPS} steps; "
        f"this one takes {attempt.visit.scenario.steps}."
    )
elif attempt.answer is not None:
    with st.container(key="lesson-figures"):
        figures(key, attempt.visit.scenario, narrow=False, complete=attempt.complete)
if not st.context.is_embedded:
    with st.container(key="lesson-foot"):
        neighbors(now, key="lesson-neighbors")
