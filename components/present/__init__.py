"""The presenter's view, and the invitation to join."""

from components.present.present import present

__all__ = ["present"]
