"""What is served of the folder of whoever runs the server, and what is wrong with the rest."""

import streamlit as st

from components.own_folder import may_see, own_folder
from mine import mounted

if may_see():
    own_folder(mounted())
else:
    st.switch_page("playground.py")
