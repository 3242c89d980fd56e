"""A button with which a teacher begins a lesson: it shows the text of a lesson's file with the present scene."""

import streamlit as st

from components.own_data import plain
from components.visit import Visit
from mine.lesson_file import NoLessonError, lesson_file
from trajectories import Scenario

BUTTON = "Copy as a lesson file"
HELP = "For teachers: a file with this scene, to complete and to put into a folder of your own."
TITLE = "A lesson with this scene"
WHAT_TO_DO = (
    "Replace what is in brackets, save it as `lessons/NAME.md` in your own folder, and start the server with "
    "`MR_ADAM_MINE` set to the folder. `docs/lessons.md` explains each line."
)
SEARCHING = "Walking other learning rates and starts, for the lesson's task"
DOWNLOAD = "Download"
FILE = "my_lesson.md"


def lesson_button(now: Visit, key: str) -> None:
    """Show the button; when it is pressed, a dialog with the file.

    Parameters
    ----------
    now : Visit
        The visit whose scenario is the scene.
    key : str
        Streamlit's key of the button.
    """
    if st.button(BUTTON, key=key, help=HELP, type="tertiary", icon=":material/school:"):
        _show(now.scenario)


@st.dialog(TITLE, width="large")
def _show(scenario: Scenario) -> None:
    try:
        with st.spinner(SEARCHING):
            text = lesson_file(scenario)
    except NoLessonError as problem:
        st.warning(plain(str(problem)))
        return
    st.markdown(WHAT_TO_DO)
    st.download_button(DOWNLOAD, text, FILE, mime="text/markdown", type="primary")
    st.code(text, language=None, height=360)
