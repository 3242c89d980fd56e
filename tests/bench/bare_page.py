"""The shortest page that shows the same contour, with the figure kept from run to run."""

import plotly.graph_objects as go
import streamlit as st

from charts.surface_figure import surface_figure
from charts.theme import LIGHT
from surfaces import SURFACES


@st.cache_resource
def figure() -> go.Figure:
    """The contour of the surface that our page shows first."""
    return surface_figure(next(iter(SURFACES.values())).landscape, LIGHT)


st.plotly_chart(figure())
