"""A server that begins: what it says of itself, and what its first visitors would otherwise wait for."""

import gc
import logging
import os
from threading import Event

from backend.assets import warm_assets
from backend.log import line
from backend.settings import misspelt
from charts.figures import warm_figures
from trajectories import warm

logger = logging.getLogger(__name__)


def announce(address: str, port: int) -> None:
    """Say where the server listens, and which variables it was given that nobody reads."""
    logger.info(line("serving", address=address, port=port))
    for name, meant in misspelt(os.environ):
        logger.warning(line("unknown variable", name=name, meant=meant))


def make_ready(stop: Event) -> None:
    """Make what they will ask for, in that order. Takes seconds of computing: call it in a thread of its own.

    Parameters
    ----------
    stop : threading.Event
        Set it to end the work early, when the server stops.
    """
    try:
        for make in (warm_assets, warm, warm_figures):
            make(stop)
    except Exception:
        logger.exception("what first visitors need was not made ready: they will wait for it")
    # What is there by now stays: no collection has to look through torch again.
    gc.collect()
    gc.freeze()
