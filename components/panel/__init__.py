"""The panel of controls: the runs, their hyperparameters, and the settings that all runs share."""

from components.panel.panel import panel

__all__ = ["panel"]
