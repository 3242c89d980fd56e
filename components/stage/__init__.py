"""The stage: the browser component that shows the walk of a scenario."""

from components.stage.stage import stage

__all__ = ["stage"]
