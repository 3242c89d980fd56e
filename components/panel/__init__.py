"""The panel of controls: the runs, their hyperparameters, and what all runs share."""

from components.panel.panel import panel

__all__ = ["panel"]
