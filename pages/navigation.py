"""The script that Streamlit runs at every interaction: the frame, then the page."""

import streamlit as st

st.set_page_config(page_title="Mr. Adam", page_icon="pages/icon.svg", layout="wide")

playground = st.Page("playground.py", title="Playground", default=True)
# Its file must not be called as the catalogue is: Streamlit looks for modules beside its script first.
lessons = st.Page("lesson.py", title="Lessons", url_path="lessons")
page = st.navigation([playground, lessons], position="hidden" if st.context.is_embedded else "top")
if not st.context.is_embedded:
    # Streamlit puts its own list of pages into the drawer of a phone; page.css shows this one there.
    with st.container(horizontal=True, key="phone-pages"):
        st.page_link(playground)
        st.page_link(lessons)
page.run()
