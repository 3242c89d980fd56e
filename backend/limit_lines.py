"""Convert the known limits of learning rates for the browser: lines over a map of settings."""

import numpy as np

from backend.outcomes import message_for_browser
from backend.settings_messages import LimitLine
from charts.words import say
from trajectories import Limit


def limit_for_browser(limit: Limit, *, points: bool) -> LimitLine:
    """Convert a limit. ``points``: the map has one axis, and each point of the limit becomes one line."""
    rows = limit.points[~np.isnan(limit.points).any(axis=1)] if points else limit.points
    breaks = np.flatnonzero(np.isnan(rows).any(axis=1))
    parts = np.split(rows, len(rows) if points else breaks)
    lines = [part[~np.isnan(part).any(axis=1)] for part in parts]
    error = limit.error
    return LimitLine(
        run=limit.run,
        statement=message_for_browser(limit.message),
        sentence=say(limit.message),
        source=limit.source,
        error=None if error is None else message_for_browser(error),
        error_sentence="" if error is None else say(error),
        lines=tuple(tuple((x, y) for x, y in line.tolist()) for line in lines if len(line)),
    )
