"""Every scene on every surface shows what it claims: it is simulated, and its outcomes are compared."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from mine.of_surfaces import has_links_that_are_used_whole, has_presets_that_end_as_claimed
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.cached_walks import scenario_of, walks_of

SCENES = {f"{key}-{preset.key}": (key, preset) for key, surface in SURFACES.items() for preset in surface.presets}
LONGEST_LABEL, LONGEST_SENTENCE = 24, 120  # characters: a button is not cut, a sentence is read at a glance
each_scene = pytest.mark.parametrize(("key", "preset"), SCENES.values(), ids=SCENES)


def each_scene_of(kind):
    scenes = {name: scene for name, scene in SCENES.items() if scene[1].key == kind}
    return pytest.mark.parametrize(("key", "preset"), scenes.values(), ids=scenes)


def kinds(scenario):
    return tuple(walk.outcome.kind for walk in walks_of(scenario))


@each_scene
def test_the_scene_ends_as_it_claims(key, preset):
    surface = replace(SURFACES[key], presets=(preset,))
    assert list(has_links_that_are_used_whole(surface)) == []
    assert list(has_presets_that_end_as_claimed(surface, walks_of)) == []


@pytest.mark.slow
@each_scene
@pytest.mark.parametrize("nudge", [1e-8, -1e-8], ids=["up", "down"])
def test_a_start_very_near_ends_the_same(key, preset, nudge):
    # Another machine rounds differently; a scene that depends on the last digit would be false there.
    scenario = scenario_of(f"surface={key}&{preset.link}")
    x, y = scenario.start
    beside = (x + nudge, y - nudge if y else y)  # a start exactly on a ridge stays on it
    assert kinds(scenario.model_copy(update={"start": beside})) == preset.expect


@each_scene
def test_the_scene_is_short_and_in_words(key, preset):
    scenario = scenario_of(f"surface={key}&{preset.link}")
    assert 50 <= scenario.steps <= 500
    assert len(scenario.runs) <= 4
    assert 0 < len(preset.label) <= LONGEST_LABEL
    assert len(preset.look_for) <= LONGEST_SENTENCE
    assert preset.look_for.endswith((".", "?", "!"))
    assert preset.link.isascii()
    assert "surface=" not in preset.link


def test_every_surface_has_two_to_five_scenes():
    assert {key for key, surface in SURFACES.items() if not 2 <= len(surface.presets) <= 5} == set()


@each_scene_of("glacial")
def test_a_glacial_scene_ends_near_its_start(key, preset):
    (x_low, x_high), (y_low, y_high) = SURFACES[key].landscape.bounds
    for walk in walks_of(scenario_of(f"surface={key}&{preset.link}")):
        away = (walk.positions - walk.positions[0]) / (x_high - x_low, y_high - y_low)
        assert walk.outcome.kind == "still_moving"
        assert np.hypot(*away.T).max() < 0.15, "share of the map: a run moves fast"


@each_scene_of("overshoot")
def test_in_a_scene_of_overshoot_a_run_does_not_arrive(key, preset):
    assert {"circling", "still_moving", "left_the_map", "diverged"} & set(preset.expect)


@each_scene_of("caught")
def test_in_a_scene_of_being_caught_a_run_is_caught(key, preset):
    assert {"local_minimum", "saddle"} & set(preset.expect)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_what_a_surface_teaches_names_no_optimizer(surface):
    # It is shown above every scenario, so it must not describe what one optimizer does.
    words = surface.teaches.lower()
    assert len(surface.teaches) <= LONGEST_SENTENCE
    assert [name for name, spec in OPTIMIZERS.items() if name in words or spec.label.lower() in words] == []


def test_all_sentences_of_scenes_differ():
    sentences = Counter(p.look_for for s in SURFACES.values() for p in s.presets)
    sentences.update(surface.teaches for surface in SURFACES.values())
    assert [sentence for sentence, times in sentences.items() if times > 1] == []
