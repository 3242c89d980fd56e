"""What is walked on: one file per loss surface, found by discovery."""

import sys

from discovery import discover
from surfaces.base import FAMILIES, CheckValue, CriticalPoint, Preset, Surface

SURFACES = discover(sys.modules[__name__], "SURFACE", Surface, FAMILIES)

__all__ = ["SURFACES", "CheckValue", "CriticalPoint", "Preset", "Surface"]
