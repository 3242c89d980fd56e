"""Start a server: log its address, and prepare what the first visitors would otherwise wait for."""

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
    """Log where the server listens, and each environment variable whose name looks misspelled."""
    logger.info(line("serving", address=address, port=port))
    for name, meant in misspelt(os.environ):
        logger.warning(line("unknown variable", name=name, meant=meant))


def make_ready(stop: Event) -> None:
    """Prepare assets, loops and figures, most urgent first. It takes seconds: call it in a thread of its own.

    Parameters
    ----------
    stop : threading.Event
        Set when the server stops: then the work ends early.
    """
    try:
        for make in (warm_assets, warm, warm_figures):
            make(stop)
    except Exception:
        logger.exception("the preparation for first visitors was not made ready: they will wait for it")
    # What is loaded by now stays loaded: later collections need not traverse the objects of torch.
    gc.collect()
    gc.freeze()
