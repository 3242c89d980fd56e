"""The script that Streamlit runs at every interaction: it shows the navigation, then the page."""

import streamlit as st

from components.own_folder import may_see, page_title
from mine import mounted

st.set_page_config(page_title="Mr. Adam", page_icon="pages/icon.svg", layout="wide")

playground = st.Page("playground.py", title="Playground", default=True)
# The file must not be named lessons.py: Streamlit searches modules beside its script first, so it would hide lessons/.
lessons = st.Page("lesson.py", title="Lessons", url_path="lessons")
pages = [playground, lessons]
if may_see():  # for whoever runs the server, if it has a folder of its own files
    pages.append(st.Page("own_folder.py", title=page_title(mounted()), url_path="mine"))
page = st.navigation(pages, position="hidden" if st.context.is_embedded else "top")
if not st.context.is_embedded and page in [playground, lessons]:
    # On a phone Streamlit's own list of pages is inside the closed sidebar; page.css shows this list instead.
    with st.container(horizontal=True, key="phone-pages"):
        st.page_link(playground)
        st.page_link(lessons)
page.run()
