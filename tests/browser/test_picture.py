"""The drawing and its saved pictures: two formats, labels of axes that fit, curves with every extreme value."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, WebSocketRoute, expect

from charts.surface_figure import LOSS, WEIGHTS
from charts.theme import LIGHT
from surfaces import SURFACES
from tests.browser.stage_page import StagePage
from trajectories import simulate
from trajectories.naming import run_names
from trajectories.spelling import MINUS

# The fourth diverges.
RUNS = ("sgd:lr=0.01", "momentum:lr=0.005", "adam:lr=0.2", "sgd:lr=0.06", "adagrad", "rmsprop", "nadam", "adamw")
HIMMELBLAU = "/?surface=himmelblau&start=-1,2&steps=60"
SVG = "{http://www.w3.org/2000/svg}"


def save(stage: StagePage, tool: str, folder: Path) -> Path:
    """Download the picture."""
    with stage.page.expect_download() as download:
        stage.stage.locator(f"[data-tool={tool}]").click()
    place = folder / download.value.suggested_filename
    download.value.save_as(place)
    return place


def texts(picture: Path) -> list[str]:
    """Every text of a drawing."""
    return ["".join(text.itertext()) for text in ET.parse(picture).iter(f"{SVG}text")]


@pytest.mark.parametrize(("count", "width"), [(1, 1366), (8, 390)])
def test_a_saved_drawing_names_every_run(page: Page, tmp_path: Path, count: int, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    stage = StagePage(page).open("&run=".join([HIMMELBLAU, *RUNS[:count]]))
    stage.finish()
    picture = save(stage, "svg", tmp_path)
    assert picture.suffix == ".svg"
    written = texts(picture)
    for name in run_names(stage.scenario):
        assert any(text.startswith(name) for text in written), name
    # The axes with their names and numbers, and the color bar.
    assert {*WEIGHTS, LOSS, "−6", "6"} <= set(written)
    assert any(SURFACES["himmelblau"].label in text for text in written)


def test_a_saved_drawing_is_the_drawing_of_the_screen(page: Page, tmp_path: Path) -> None:
    """The same lines in the same places, whole and dashed alike, and an arrow for the run that diverges."""
    stage = StagePage(page).open("&run=".join([HIMMELBLAU, *RUNS[:4]]))
    stage.finish()
    root = ET.parse(save(stage, "svg", tmp_path)).getroot()
    paths = [path for path in root.iter(f"{SVG}path") if path.get("fill") == "none"]
    box = stage.stage.locator(".map").bounding_box()
    assert box is not None
    width = float(root.get("width") or 0)
    assert width == round(max(760, box["width"]))
    x, y = stage.pixel(-1.0, 2.0)
    start = (x - box["x"], y - box["y"])
    for look, run in zip(LIGHT.trails, simulate(stage.scenario), strict=False):
        # Thin lines with an opacity cross the map from side to side.
        line = next(path for path in paths if path.get("stroke") == look.color and path.get("opacity") is None)
        assert line.get("stroke-dasharray") == (",".join(map(str, look.dash)) or None)
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", line.get("d") or "")]
        shown = max(760, box["width"]) / box["width"]
        assert numbers[0] == pytest.approx(start[0] * shown, abs=3)
        assert len(numbers) >= 6
        if run.outcome.kind == "diverged":
            arrow = next(path for path in root.iter(f"{SVG}path") if path.get("fill") == look.color)
            assert (arrow.get("d") or "").count("L") == 3, "at the edge where it left, not a head in a corner"


def test_a_path_looks_the_same_however_it_was_played(page: Page) -> None:
    """A path that crosses itself: drawn step by step, and drawn at once."""
    stage = StagePage(page).open("/?surface=bowl&start=4,4&steps=20&run=sgd:lr=0.9&run=momentum:lr=0.3,momentum=0.9")
    pixels = """() => {
        const lower = document.querySelector('[data-testid=stage] .map canvas.lower');
        const copy = new OffscreenCanvas(lower.width, lower.height).getContext('2d', { willReadFrequently: true });
        copy.drawImage(lower, 0, 0);
        return Array.from(copy.getImageData(0, 0, lower.width, lower.height).data);
    }"""
    stage.finish()
    at_once = page.evaluate(pixels)
    stage.stage.locator(".scrubber").press("Home")
    for step in range(1, 21):
        stage.stage.locator(".scrubber").press("ArrowRight")
        expect(stage.stage).to_have_attribute("data-step", str(step))
    by_steps = page.evaluate(pixels)
    assert sum(at_once) > 0
    differing = sum(abs(a - b) > 40 for a, b in zip(at_once, by_steps, strict=True))
    drawn = sum(value > 0 for value in at_once)
    assert differing < 0.05 * drawn, "only where lines are joined"


def test_a_saved_picture_is_sharp(page: Page, tmp_path: Path) -> None:
    stage = StagePage(page).open("&run=".join([HIMMELBLAU, *RUNS]))
    stage.finish()
    with Image.open(save(stage, "save", tmp_path)) as picture:
        assert picture.format == "PNG"
        colors = {color for _, color in picture.convert("RGB").getcolors(1 << 24) or []}
        assert picture.width >= 2 * 760
    for look in LIGHT.trails:
        assert tuple(bytes.fromhex(look.color[1:])) in colors, look


@pytest.mark.parametrize("tool", ["save", "svg"])
def test_before_a_walk_the_map_and_the_start_are_saved(page: Page, tmp_path: Path, tool: str) -> None:
    def keep_silent(socket: WebSocketRoute) -> None:
        socket.on_message(lambda _: None)

    page.route_web_socket("**/api/stream", keep_silent)
    stage = StagePage(page)
    page.goto(HIMMELBLAU)
    expect(stage.stage.locator(".ground[data-drawn]")).to_be_attached()
    picture = save(stage, tool, tmp_path)
    assert picture.stat().st_size > 10_000
    expect(stage.stage.get_by_role("status")).not_to_have_attribute("data-error", "")


# Labels with a part outside of the picture of the ground.
CUT = """() => {
    const ground = document.querySelector('.mradam-stage .ground').getBoundingClientRect();
    const labels = ':is(.xtick, .ytick, .cbaxis, .g-xtitle, .g-ytitle) text';
    return [...document.querySelectorAll(`.mradam-stage .ground ${labels}`)]
        .map((text) => [text.textContent, text.getBoundingClientRect()])
        .filter(([, box]) => box.left < ground.left || box.right > ground.right || box.bottom > ground.bottom)
        .map(([text]) => text);
}"""


@pytest.mark.parametrize("size", [(390, 844), (1366, 768)], ids=["phone", "laptop"])
def test_labels_of_the_axes_are_whole_however_far_one_zooms(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    stage = StagePage(page).open("/?surface=rosenbrock&start=-0.5,-0.5&steps=20&run=sgd:lr=0.0001")
    assert page.evaluate(CUT) == []
    page.mouse.move(*stage.pixel(-1.0, -0.5))
    page.keyboard.down("Control")
    for _ in range(22):
        page.mouse.wheel(0, -960)
    page.keyboard.up("Control")
    zoomed = "() => { const [a, b] = document.querySelector('.ground')._fullLayout.yaxis.range; return b - a < 0.02; }"
    page.wait_for_function(zoomed)
    labels = stage.stage.locator(".ground .ytick text").all_text_contents()
    assert all(label.startswith(MINUS) for label in labels), labels
    assert any(len(label) >= 6 for label in labels), labels
    assert page.evaluate(CUT) == []


def test_a_cycle_of_two_steps_keeps_both_halves_on_the_loss_chart(page: Page) -> None:
    """Of 8000 steps every second one has the same loss: by the others alone the run would look as if it had arrived."""
    stage = StagePage(page).open("/?surface=plateau&steps=8000&run=sgd:lr=0.5")
    stage.finish()
    losses = simulate(stage.scenario)[0].losses[-2000:]
    assert losses.max() - losses.min() > 1
    painted = """(canvas) => {
        const ratio = canvas.width / canvas.clientWidth;
        const column = canvas.getContext('2d').getImageData(canvas.width - Math.round(60 * ratio), 0, 1, canvas.height);
        const colored = (i) => Math.max(...column.data.slice(i, i + 3)) - Math.min(...column.data.slice(i, i + 3)) > 90;
        const rows = Array.from({ length: canvas.height }, (_, row) => row).filter((row) => colored(4 * row));
        return (rows.at(-1) - rows[0]) / canvas.height;
    }"""
    assert stage.stage.locator(".curve canvas").evaluate(painted) > 0.3


def test_map_and_chart_are_described(page: Page) -> None:
    stage = StagePage(page).open("&run=".join([HIMMELBLAU, *RUNS[:2]]))
    stage.finish()
    ground = stage.stage.locator(".ground")
    expect(ground).to_have_attribute("role", "img")
    expect(ground).to_have_attribute("aria-label", re.compile(re.escape(SURFACES["himmelblau"].label)))
    outcomes = stage.stage.locator(".card .outcome").all_inner_texts()
    for name, outcome in zip(run_names(stage.scenario), outcomes, strict=True):
        expect(ground).to_have_attribute("aria-description", re.compile(re.escape(f"{name} {outcome}")))
    chart = stage.stage.locator(".curve canvas")
    expect(chart).to_have_attribute("role", "img")
    expect(chart).to_have_attribute("aria-description", re.compile("60"))
    # A change of the scenario changes them, once it is drawn; frames do not.
    before = ground.get_attribute("aria-description") or ""
    page.evaluate(
        """() => {
            window.written = 0;
            const watch = new MutationObserver((changes) => (window.written += changes.length));
            watch.observe(document.querySelector('.mradam-stage .ground'), { attributeFilter: ['aria-description'] });
        }"""
    )
    page.mouse.click(*stage.pixel(2.0, -3.0))
    expect(ground).not_to_have_attribute("aria-description", before)
    stage.arrived()
    stage.finish()
    assert page.evaluate("window.written") <= 2


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)], ids=["beamer", "laptop", "projector"])
def test_letters_of_the_axes_are_legible_from_the_last_row(page: Page, size: tuple[int, int]) -> None:
    """They grow with the page's letters; when presented, they are at least as large, and nothing is cut."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    stage = StagePage(page).open("&run=".join([HIMMELBLAU, *RUNS[:1]]))
    sizes = """() => ['.card', '.ground .xtick text', '.ground .ytick text'].map((name) =>
        parseFloat(getComputedStyle(document.querySelector(`.mradam-stage ${name}`)).fontSize))"""
    card, *letters = page.evaluate(sizes)
    assert min(letters) >= 0.98 * card * 12 / 14
    page.get_by_role("button", name="Present", exact=True).click()
    page.wait_for_function(f"before => ({sizes})()[2] > before", arg=letters[1])
    larger, *grown = page.evaluate(sizes)
    assert min(grown) >= larger
    assert size[0] < 1920 or min(grown) >= 24
    assert stage.page.evaluate(CUT) == []
