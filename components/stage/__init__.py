"""The stage: the browser component on which a scenario is walked."""

from components.stage.stage import stage

__all__ = ["stage"]
