"""What is walked on, and how it is presented: one file per loss surface, found by discovery."""

import sys

from discovery import discover
from surfaces.base import FAMILIES, CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape

SURFACES = discover(sys.modules[__name__], "SURFACE", Surface, FAMILIES, machinery=("base", "landscape"))

__all__ = ["SURFACES", "CheckValue", "CriticalPoint", "Landscape", "Preset", "Surface"]
