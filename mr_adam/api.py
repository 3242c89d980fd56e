"""What ``mr_adam`` offers: every public name of the package."""

from mr_adam.showing import address, show
from trajectories import Outcome, Run, Scenario, ScenarioError, Trajectory, parse_link, simulate

__all__ = ["Outcome", "Run", "Scenario", "ScenarioError", "Trajectory", "address", "parse_link", "show", "simulate"]
