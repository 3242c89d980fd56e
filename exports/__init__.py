"""What a scenario can be taken home as: one file for each format, found by discovery."""

import sys

from discovery import discover
from exports.base import FAMILIES, ExportError, Format

MACHINERY = (
    *("__main__", "base", "basin_figure", "code", "figure", "heading", "losses", "network", "sections", "typed"),
    "walked",
)
FORMATS = discover(sys.modules[__name__], "FORMAT", Format, FAMILIES, machinery=MACHINERY)

__all__ = ["FORMATS", "ExportError", "Format"]
