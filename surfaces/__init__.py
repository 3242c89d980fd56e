"""The loss surfaces: one file each, with the formula and its presentation, found by discovery."""

import sys

from discovery import discover
from surfaces.base import FAMILIES, CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape, StartLimit, has_edited_data, is_visitors
from surfaces.model import Examples, Model, fitted, refitted

MACHINERY = ("base", "landscape", "model", "network", "planes", "typed")
SURFACES = discover(sys.modules[__name__], "SURFACE", Surface, FAMILIES, machinery=MACHINERY)

__all__ = [
    "SURFACES",
    "CheckValue",
    "CriticalPoint",
    "Examples",
    "Landscape",
    "Model",
    "Preset",
    "StartLimit",
    "Surface",
    "fitted",
    "has_edited_data",
    "is_visitors",
    "refitted",
]
