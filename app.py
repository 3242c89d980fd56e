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

from backend.log import start_logging
from backend.nagle import send_at_once
from backend.ready import announce, make_ready
from backend.settings import read_settings
from backend.wiring import our_middleware, our_routes

# We show no table. Streamlit would load pandas while the first page runs, and Plotly trip over the half that is there.
sys.modules["pandas"] = None  # type: ignore[assignment]
# A stepping thread hands over to the event loop ten times sooner than Python's 5 ms: a request waits less.
sys.setswitchinterval(0.0005)
PREFIX = st.get_option("server.baseUrlPath") or ""


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Make ready what the first visitors would otherwise wait for, beside serving them."""
    stopping = threading.Event()
    # Ctrl+C ends it as cleanly as SIGTERM does, and not with a traceback.
    signal.signal(signal.SIGINT, lambda *_: signal.raise_signal(signal.SIGTERM))
    send_at_once()
    announce(st.get_option("server.address"), st.get_option("server.port"))
    ready = asyncio.create_task(asyncio.to_thread(make_ready, stopping))
    yield
    stopping.set()
    await ready


PAGE = files("streamlit").joinpath("static", "index.html").read_text(encoding="utf-8")
try:
    settings = read_settings()
except ValueError as error:  # a variable of the environment is not what it must be: its sentence, and no traceback
    sys.exit(str(error))
start_logging(settings.log)
routes = our_routes(PREFIX, settings)
middleware = our_middleware(PREFIX, PAGE, BackMsg.FromString, settings, st.get_option("server.allowedHosts"))
app = st.App("pages/navigation.py", routes=routes, middleware=middleware, lifespan=lifespan)

if __name__ == "__main__":
    app.run()
