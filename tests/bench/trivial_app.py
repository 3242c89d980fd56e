"""The app's own server with torch in it, but with a page that does nothing."""

import streamlit as st

from app import lifespan

app = st.App("trivial_page.py", lifespan=lifespan)
