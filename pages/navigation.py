"""The script that Streamlit runs at every interaction: the frame, then the page."""

import streamlit as st

st.set_page_config(page_title="Mr. Adam", page_icon="pages/icon.svg", layout="wide")

page = st.navigation([st.Page("playground.py", title="Playground", default=True)], position="top")
page.run()
