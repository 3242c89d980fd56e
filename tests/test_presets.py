"""Every scene on every surface shows what it says: it is simulated, and its outcomes are compared."""

import pytest

from surfaces import SURFACES
from trajectories import KINDS, parse_link, simulate

SCENES = {f"{key}-{preset.key}": (key, preset) for key, surface in SURFACES.items() for preset in surface.presets}
each_scene = pytest.mark.parametrize(("key", "preset"), SCENES.values(), ids=SCENES)


def scenario_of(key, preset):
    scenario, ignored = parse_link(f"surface={key}&{preset.link}")
    assert ignored == []
    return scenario


def kinds(scenario):
    return tuple(walked.outcome.kind for walked in simulate(scenario))


@each_scene
def test_the_scene_ends_as_it_says(key, preset):
    assert set(preset.expect) <= set(KINDS)
    assert kinds(scenario_of(key, preset)) == preset.expect


@each_scene
@pytest.mark.parametrize("nudge", [1e-8, -1e-8], ids=["up", "down"])
def test_a_hair_to_the_side_ends_the_same(key, preset, nudge):
    # Another machine rounds otherwise; a scene that hangs on the last digit would be false there.
    scenario = scenario_of(key, preset)
    x, y = scenario.start
    beside = (x + nudge, y - nudge if y else y)  # a start exactly on a ridge stays on it
    assert kinds(scenario.model_copy(update={"start": beside})) == preset.expect


@each_scene
def test_the_scene_is_short_and_in_words(key, preset):
    scenario = scenario_of(key, preset)
    assert 50 <= scenario.steps <= 500
    assert len(scenario.runs) <= 4
    assert preset.label
    assert preset.look_for.endswith((".", "?"))
    assert preset.link.isascii()
    assert "surface=" not in preset.link


def test_every_surface_has_two_to_five_scenes():
    assert {key for key, surface in SURFACES.items() if not 2 <= len(surface.presets) <= 5} == set()
