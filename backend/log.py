"""Log one line for each event, as ``name=value`` pairs, which both people and programs can read."""

import json
import logging
import sys
import time


def line(event: str, **fields: object) -> str:
    """Format an event and its fields as one line; line breaks in values are escaped.

    Examples
    --------
    >>> line("walked", steps=30, ms=12.345, outcome="left, late")
    'event=walked steps=30 ms=12.3 outcome="left, late"'
    """
    return " ".join(f"{name}={_show(value)}" for name, value in {"event": event, **fields}.items())


def start_logging(level: str) -> None:
    """Log to the standard output, for all levels from the given one up.

    Parameters
    ----------
    level : str
        Its name: ``debug``, ``info``, ``warning`` or ``error``.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Format())
    above = __name__.removesuffix("backend.log")  # empty, or the name of the package in which the app is installed
    for name in ("app", f"{above}backend", f"{above}components"):
        logger = logging.getLogger(name)
        logger.setLevel(level.upper())
        logger.handlers[:] = [handler]
        logger.propagate = False


class _Format(logging.Formatter):
    """Formats a record as one line; the traceback of an error follows on separate lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        text = record.message if record.message.startswith("event=") else f"event=message text={_show(record.message)}"
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        return f"time={moment}.{record.msecs:03.0f}Z level={record.levelname.lower()} from={record.name} {text}"

    def usesTime(self) -> bool:  # noqa: N802 - logging's name
        return False


def _show(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}"
    text = str(value)
    plain = text.isascii() and text.isprintable() and text != "" and not set(text) & set(' "=\\')
    return text if plain else json.dumps(text)
