"""What the first visitors would otherwise wait for."""

import gc
import logging
from threading import Event

from backend.assets import warm_assets
from charts.figures import warm_figures
from trajectories import warm


def make_ready(stop: Event) -> None:
    """Make it, in the order in which they will ask. Takes seconds of computing: call it in a thread of its own.

    Parameters
    ----------
    stop : threading.Event
        Set it to end the work early, when the server stops.
    """
    try:
        for make in (warm_assets, warm, warm_figures):
            make(stop)
    except Exception:
        logging.getLogger(__name__).exception("what first visitors need was not made ready: they will wait for it")
    # What is there by now stays: no collection has to look through torch again.
    gc.collect()
    gc.freeze()
