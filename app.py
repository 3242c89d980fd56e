"""The server: the pages and the streaming backend, on one port."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from backend.assets import asset_routes, warm_assets
from backend.stream import stream_routes
from trajectories import warm

BASE = st.get_option("server.baseUrlPath").strip("/")
PREFIX = f"/{BASE}" if BASE else ""


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Make ready what the first visitor would otherwise wait for."""
    warm_assets()
    warm()
    # What is imported by now stays: no collection has to look at it again.
    gc.collect()
    gc.freeze()
    yield


app = st.App("pages/navigation.py", routes=[*stream_routes(PREFIX), *asset_routes(PREFIX)], lifespan=lifespan)

if __name__ == "__main__":
    app.run()
