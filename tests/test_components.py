"""The components: their data for the browser is plain JSON from the records, and their files fit together."""

import dataclasses
import importlib
import json
import math
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from backend.assets import STORE
from backend.contract import optimizer_card
from components import loader
from optimizers import OPTIMIZERS, Hyperparameter
from surfaces import SURFACES
from trajectories import Scenario, preset_scenario

# By name: in each package the function hides the module that defines it.
panel = importlib.import_module("components.panel.panel")
picker = importlib.import_module("components.picker.picker")

COMPONENTS = Path(loader.__file__).parent
STYLES = sorted(COMPONENTS.rglob("*.css"))
TOKENS = COMPONENTS / "kit" / "tokens.css"
COLORS = set(re.findall(r"(--[\w-]+)\s*:", TOKENS.read_text()))
SCRIPTS = sorted(COMPONENTS.rglob("*.js"))


def name(path: Path) -> str:
    return path.relative_to(COMPONENTS).as_posix()


def plain(value: Any) -> bool:
    """Whether JSON has this very type: a NumPy scalar would silently turn the whole data into a text."""
    if type(value) is dict:
        return all(type(key) is str and plain(item) for key, item in value.items())
    if type(value) is list:
        return all(map(plain, value))
    return value is None or type(value) in {str, int, bool} or (type(value) is float and math.isfinite(value))


@pytest.mark.parametrize("data", [panel.panel_data("s"), picker.picker_data("s")], ids=["panel", "picker"])
def test_data_is_plain_json(data: dict[str, Any]) -> None:
    assert plain(data)
    assert json.loads(json.dumps(data)) == data


def test_a_new_hyperparameter_appears() -> None:
    spec = next(iter(OPTIMIZERS.values()))
    new = Hyperparameter(name="zeal", symbol="z", default=0.5, low=0.0, high=1.0, scale="linear", help="How eager.")
    held = {**spec.arguments, "dampening": new.name}
    longer = dataclasses.replace(spec, hyperparameters=(*spec.hyperparameters, new), arguments=held)
    shown = optimizer_card(longer).hyperparameters[-1].model_dump()
    assert shown.pop("stops") == tuple(place / 100 for place in range(101))
    assert shown == {
        "name": "zeal",
        "symbol": "z",
        "default": 0.5,
        "low": 0.0,
        "high": 1.0,
        "whole": False,
        "scale": "linear",
        "help": "How eager.",
    }


def test_picker_has_every_surface_with_its_first_preset() -> None:
    shown = picker.picker_data("s")["surfaces"]
    own, *shown = shown
    assert (own["key"], own["scenario"]["surface"]) == ("own", "own")
    assert own["scenario"]["formula"]
    assert [surface["key"] for surface in shown] == list(SURFACES)
    for surface in shown:
        scenario = Scenario.model_validate(surface["scenario"])
        assert scenario.surface == surface["key"]
        assert scenario == preset_scenario(scenario.surface, SURFACES[scenario.surface].presets[0].link)


@pytest.mark.parametrize("place", ["/", "/lessons", "/demo/", "/demo/lessons", "/user/x/proxy/8501/lessons"])
def test_assets_and_socket_have_addresses_beside_the_page(place: str) -> None:
    root = place.rpartition("/")[0]
    assert re.fullmatch(rf"{root}/assets/[0-9a-f]+", urljoin(place, loader.assets()))
    assert urljoin(place, loader.socket()) == f"{root}/api/stream"


@pytest.mark.parametrize("folder", ["panel", "picker", "stage"])
def test_every_component_exports_render_and_unmount(folder: str) -> None:
    module = f"{folder}/{folder}.js"
    assert f"/{module}`" in loader.loader(module)
    assert "\n" in loader.loader(module), "Streamlit takes a script of one line for the name of a file"
    exported = set(re.findall(r"export function (\w+)", (COMPONENTS / module).read_text()))
    assert {"render", "unmount"} <= exported


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_every_imported_file_exists(script: Path) -> None:
    for target in re.findall(r"""from "([^"]+)";""", script.read_text()):
        assert target.startswith("."), f"{target} is not ours"
        place = Path(os.path.normpath(script.parent / target))
        assert name(place) in STORE.edition().paths, f"{target} is not served"


def rules(style: Path) -> list[tuple[list[str], str]]:
    """The selectors and the declarations of each rule of a sheet."""
    text = re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.DOTALL)
    found = re.findall(r"([^{};]+)\{([^{}]*)", text)
    return [
        (re.split(r",(?![^(]*\))", selectors), declarations)
        for selectors, declarations in found
        if not re.match(r"\s*(@|from|to|\d)", selectors)
    ]


@pytest.mark.parametrize("style", STYLES, ids=name)
def test_styles_select_only_parts_of_their_component(style: Path) -> None:
    """Our styles are not isolated: each selector must name the component's class, or a key of our own."""
    folder = style.relative_to(COMPONENTS).parts[0]
    component = r"\w+" if style == TOKENS else f"{style.stem}|{folder}"
    for selectors, _ in rules(style):
        for selector in selectors:
            assert re.search(rf"\.mradam-({component})\b|\.st-key-", selector), selector.strip()


@pytest.mark.parametrize("style", [style for style in STYLES if style != TOKENS], ids=name)
def test_colors_are_declared_in_one_sheet_for_every_component_that_uses_them(style: Path) -> None:
    declared = set(re.findall(r"(--[\w-]+)\s*:", style.read_text()))
    assert declared & COLORS == set()
    components = "|".join(re.findall(r"\.mradam-(\w+)", TOKENS.read_text()))
    for selectors, declarations in rules(style):
        if COLORS & set(re.findall(r"var\((--[\w-]+)", declarations)):
            for selector in selectors:
                assert re.search(rf"\.mradam-({components})\b", selector), selector.strip()


def test_every_component_gets_the_colors_before_its_own_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    got: dict[str, Any] = {}
    monkeypatch.setattr("streamlit.components.v2.component", lambda _, **parts: got.update(parts))
    loader.component("trial", "panel/panel.js", "panel/panel.css")
    assert got["css"] == TOKENS.read_text() + (COMPONENTS / "panel" / "panel.css").read_text()


@pytest.mark.parametrize("folder", ["panel", "picker"])
def test_colors_come_from_the_theme(folder: str) -> None:
    text = (COMPONENTS / folder / f"{folder}.css").read_text()
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", text) == []
