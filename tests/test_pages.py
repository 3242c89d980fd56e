"""The pages as Streamlit runs them, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from surfaces import SURFACES
from trajectories import parse_link, preset_scenario

PAGES = Path(__file__).parents[1] / "pages"
FIRST = next(iter(SURFACES.values()))


def open_page(link: str = "") -> AppTest:
    app = AppTest.from_file(str(PAGES / "navigation.py"), default_timeout=60)
    for part in filter(None, link.split("&")):
        name, _, value = part.partition("=")
        app.query_params[name] = [*app.query_params.get(name, []), value]
    return app.run()


@pytest.mark.parametrize("key", SURFACES)
def test_every_surface_has_its_page(key: str) -> None:
    app = open_page(f"surface={key}")
    assert not app.exception
    assert app.title[0].value == SURFACES[key].label
    assert not app.warning
    assert [button.label for button in app.button] == [preset.label for preset in SURFACES[key].presets]


def test_the_first_visit_shows_the_first_surface() -> None:
    app = open_page()
    assert app.title[0].value == FIRST.label
    assert app.session_state["visit"].scenario == preset_scenario(FIRST.key, FIRST.presets[0].link)


def test_what_a_link_gets_wrong_is_said_once_each() -> None:
    app = open_page("surface=nowhere&steps=-1&run=adam:lr=9999")
    assert not app.exception
    (warning,) = app.warning
    notes = parse_link("surface=nowhere&steps=-1&run=adam:lr=9999")[1]
    assert len(notes) == 3
    assert warning.value == "\n".join(f"- {note}" for note in notes)


def test_a_preset_button_turns_to_its_scenario() -> None:
    surface = next(surface for surface in SURFACES.values() if len(surface.presets) > 1)
    app = open_page(f"surface={surface.key}")
    app.button(key=f"preset-{surface.key}-{surface.presets[1].key}").click().run()
    assert not app.exception
    assert app.session_state["visit"].scenario == preset_scenario(surface.key, surface.presets[1].link)


def test_an_edit_that_cannot_be_is_said_and_changes_nothing() -> None:
    app = open_page()
    visit = app.session_state["visit"]
    before = visit.scenario
    visit.edit({"sequence": 3, "scenario": {"surface": "hump", "steps": 0, "runs": [{"optimizer": "adam"}]}})
    assert visit.scenario == before
    assert visit.acknowledged == 3
    assert visit.notes == ["steps must be a whole number from 1 to 10000: got 0."]
    app.run()
    assert [warning.value for warning in app.warning] == [f"- {visit.notes[0]}"]
