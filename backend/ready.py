"""Log the server's address when it starts, and prepare what the first visitors would otherwise wait for."""

import gc
import logging
import os
from threading import Event

from backend.assets import warm_assets
from backend.log import line
from backend.settings import misspelled_variables
from charts.figures import warm_figures
from mine import mounted
from trajectories import warm

logger = logging.getLogger(__name__)


def announce(address: str, port: int) -> None:
    """Log where the server listens, what is wrong in the folder of its own files, and misspelled variables."""
    logger.info(line("serving", address=address, port=port))
    report = mounted()
    if report.folder is not None:
        logger.info(line("folder read", folder=report.folder, files=len(report.files), faults=len(report.faults)))
    for fault in report.faults:
        logger.warning(line("file left out", file=fault.file, fault=fault.sentence))
    for name, meant in misspelled_variables(os.environ):
        logger.warning(line("unknown variable", name=name, meant=meant))


def make_ready(stop: Event) -> None:
    """Prepare assets, loops and figures, most urgent first. This takes seconds: call it in a separate thread.

    Parameters
    ----------
    stop : threading.Event
        Set when the server stops; the function then returns early.
    """
    try:
        for make in (warm_assets, warm, warm_figures):
            make(stop)
    except Exception:
        logger.exception("the preparation failed: the first visitors will wait longer")
    # The objects that exist now, most of them torch's, are never freed: later garbage collections skip them.
    gc.collect()
    gc.freeze()
