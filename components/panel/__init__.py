"""The panel of controls: runs, hyperparameters and what they share, edited live."""

from components.panel.panel import panel

__all__ = ["panel"]
