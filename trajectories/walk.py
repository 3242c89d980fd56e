"""The walk of a scenario: of two weights, or of all weights of a network."""

from collections.abc import Collection

from trajectories.network_walk import NetworkWalk
from trajectories.scenario import Scenario
from trajectories.stepping import Walk


def walk_of(scenario: Scenario, *, inside: Collection[int] = ()) -> Walk | NetworkWalk:
    """Begin the walk of a scenario.

    Parameters
    ----------
    scenario : Scenario
        The scenario; its landscape decides which walk it is.
    inside : collection of int
        The runs of which the parts of each step are recorded too.
    """
    return (Walk if scenario.landscape.embedding is None else NetworkWalk)(scenario, inside=inside)
