"""The address contains hidden runs and slots; the scenario does not depend on them."""

import pytest

from trajectories import parse_link

LINK = "surface=hump&start=-3.7,1.35&steps=150&run=sgd:lr=0.05&run=adam:lr=0.3"


@pytest.mark.parametrize("more", ["hidden=2", "slots=1,3", "hidden=1,2&slots=8,1&inside=1", "hidden=x&slots="])
def test_hidden_runs_and_slots_are_no_part_of_the_scenario_and_no_mistake(more):
    assert parse_link(f"{LINK}&{more}") == parse_link(LINK) == (parse_link(LINK)[0], [])
