"""What ``mr_adam`` offers: every public name of the package."""

from exports import ExportError
from mr_adam.plotting import Basins, Picture, Walk, basins, walk
from mr_adam.showing import address, show
from trajectories import Outcome, Run, Scenario, ScenarioError, Trajectory, parse_link, simulate

__all__ = [
    "Basins",
    "ExportError",
    "Outcome",
    "Picture",
    "Run",
    "Scenario",
    "ScenarioError",
    "Trajectory",
    "Walk",
    "address",
    "basins",
    "parse_link",
    "show",
    "simulate",
    "walk",
]
