"""The server: the pages and the streaming backend, on one port."""

import asyncio
import signal
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg

from backend.settings import read_settings

try:
    settings = read_settings()
except ValueError as error:  # a variable of the environment is invalid: print one sentence, without a traceback
    sys.exit(str(error))

# These import torch, which takes seconds: only once the settings are known to be valid.
from backend.log import start_logging
from backend.nagle import send_at_once
from backend.ready import announce, make_ready
from backend.wiring import our_middleware, our_routes
from mine import mount

# The app shows no tables. Streamlit would import pandas while the first page runs, and Plotly fails if it finds pandas
# before that import is complete.
sys.modules["pandas"] = None  # type: ignore[assignment]
# A stepping thread releases Python's lock for the event loop after 0.5 ms instead of 5 ms: requests wait less.
sys.setswitchinterval(0.0005)
PREFIX = st.get_option("server.baseUrlPath") or ""


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Prepare assets, compiled loops and figures in a thread, so that the server answers at once."""
    stopping = threading.Event()
    # Ctrl+C ends the server as SIGTERM does, without a traceback.
    signal.signal(signal.SIGINT, lambda *_: signal.raise_signal(signal.SIGTERM))
    send_at_once()
    announce(st.get_option("server.address"), st.get_option("server.port"))
    ready = asyncio.create_task(asyncio.to_thread(make_ready, stopping))
    yield
    stopping.set()
    await ready


PAGE = files("streamlit").joinpath("static", "index.html").read_text(encoding="utf-8")
HOSTS, ORIGINS = (st.get_option(f"server.{name}") for name in ("allowedHosts", "corsAllowedOrigins"))
start_logging(settings.log)
mount(settings.mine)
routes = our_routes(PREFIX, settings)
middleware = our_middleware(PREFIX, PAGE, BackMsg.FromString, settings, HOSTS, ORIGINS)
app = st.App("pages/navigation.py", routes=routes, middleware=middleware, lifespan=lifespan)

if __name__ == "__main__":
    app.run()
