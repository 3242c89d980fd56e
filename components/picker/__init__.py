"""The picker: a list of all surfaces as small pictures, to choose one."""

from components.picker.picker import picker

__all__ = ["picker"]
