"""The picker: every surface as a small picture."""

from components.picker.picker import picker

__all__ = ["picker"]
