"""Walks that several tests use, each simulated once."""

from functools import cache

from trajectories import Scenario, Trajectory, parse_link, simulate


@cache
def walks_of(scenario: Scenario) -> tuple[Trajectory, ...]:
    """The runs of a scenario, simulated."""
    return tuple(simulate(scenario))


def scenario_of(link: str) -> Scenario:
    """A link's scenario; every word of it is used."""
    scenario, ignored = parse_link(link)
    assert ignored == []
    return scenario
