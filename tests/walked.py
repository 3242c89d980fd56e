"""Walks that several tests look at, each walked once."""

from functools import cache

from trajectories import Scenario, Trajectory, parse_link, simulate


@cache
def walked(scenario: Scenario) -> tuple[Trajectory, ...]:
    """What ``simulate`` gives."""
    return tuple(simulate(scenario))


def scenario_of(link: str) -> Scenario:
    """A link's scenario; every word of it is used."""
    scenario, ignored = parse_link(link)
    assert ignored == []
    return scenario
