"""The numbers on the screen stay torch's, to the last bit, from version to version."""

import json

import pytest

from tests.recorded import FILE, digest, machine
from trajectories import parse_link

RECORDED = json.loads(FILE.read_text(encoding="utf-8"))
LINKS = list(RECORDED["walks"])
OTHER_MACHINE = [
    f"{name} {RECORDED[name]}, here {value}" for name, value in machine().items() if RECORDED[name] != value
]


@pytest.mark.skipif(bool(OTHER_MACHINE), reason=f"The last bits were recorded with {'; '.join(OTHER_MACHINE)}.")
@pytest.mark.parametrize(
    "links", [LINKS[first : first + 20] for first in range(0, len(LINKS), 20)], ids=range(0, len(LINKS), 20)
)
def test_recorded_walks_have_the_same_bits(links):
    for link in links:
        scenario, notes = parse_link(link)
        assert not notes
        assert digest(scenario) == RECORDED["walks"][link], link
