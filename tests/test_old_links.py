"""Old links stay true: a link means forever what it meant when it was first shared.

``old_links.json`` was written once, from the code of that day: every preset, every link of a lesson, the README's,
every end of every hyperparameter's range, and some by hand. Add links to it; never change one.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from trajectories import Scenario, format_link, parse_link

RECORDS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("old_links.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("record", RECORDS, ids=[record["link"] or "nothing" for record in RECORDS])
def test_an_old_link_means_what_it_meant(record: dict[str, Any]) -> None:
    scenario, notes = parse_link(record["link"])
    assert notes == []
    # Parts that the record does not name are newer: with their defaults the scenario must be the recorded one.
    shown = scenario.model_dump(mode="json")
    assert {name: shown[name] for name in record["scenario"]} == record["scenario"]
    assert scenario == Scenario.model_validate(record["scenario"])
    assert parse_link(format_link(scenario)) == (scenario, [])
