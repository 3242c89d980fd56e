"""The picture of a walk by matplotlib, for papers and slides: map, paths, loss curve, legend, and the link below.

matplotlib is imported only when a picture is drawn: the app itself does not need it, and its image does not contain it.
"""

import io
import textwrap
from importlib.util import find_spec
from typing import Any

import numpy as np
import torch

from charts.ground import minima_facts, tone_map
from charts.palette import Trail
from charts.surface_figure import axis_titles
from charts.theme import LIGHT
from charts.tone import Tone, choose_ticks, format_loss
from charts.words import say
from exports import heading
from exports.base import ExportError
from surfaces import Landscape
from trajectories import Scenario, Trajectory, simulate
from trajectories.naming import distinct_names

INCHES = (12.8, 7.2)
BANDS = 24
CAPTION_WIDTH = 200
# Fonts are embedded as outlines in SVG, and as TrueType in PDF, so that a file looks the same everywhere.
SETTINGS: dict[Any, Any] = {
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "mr-adam",
    "path.simplify": False,
}
NEEDS = 'Pictures and films need matplotlib, which is not installed. Install it: pip install "matplotlib~=3.11".'


class WalkFigure:
    """A figure of a scenario's walk; ``show`` moves it to a step.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    dpi : int
        Pixels for an inch; the figure is 12.8 x 7.2 inches.

    Raises
    ------
    ExportError
        If matplotlib is not installed.
    """

    def __init__(self, scenario: Scenario, dpi: int = 100) -> None:
        self.figure = make_figure(INCHES, dpi)
        self.scenario = scenario
        self.walks = simulate(scenario)
        self._map, self._curve = self.figure.subplots(
            1, 2, gridspec_kw={"width_ratios": (5, 2), "wspace": 0.22, "left": 0.06, "right": 0.985, "top": 0.9}
        )
        self.figure.suptitle(heading.title(scenario), fontsize=15, color=LIGHT.ink)
        write_caption(self.figure, scenario)
        self._draw_ground()
        self.moving = [self._draw_run(index) for index in range(len(self.walks))]
        self._draw_legend()
        self.clock = self._curve.set_title("", fontsize=10, color=LIGHT.ink, loc="right")
        self.show(scenario.steps)

    def show(self, step: int) -> None:
        """Draw the runs up to a step."""
        for (path, head, curve), walk in zip(self.moving, self.walks, strict=True):
            last = min(step, _last(walk))
            path.set_data(*walk.positions[: last + 1].T)
            head.set_data([walk.positions[last, 0]], [walk.positions[last, 1]])
            curve.set_data(range(last + 1), walk.losses[: last + 1])
        self.clock.set_text(f"step {step} of {self.scenario.steps}")

    def tell_outcomes(self) -> None:
        """Write how each run ended into the legend."""
        self._draw_legend(outcomes=True)

    def artists(self) -> list[Any]:
        """What ``show`` changes."""
        return [*(artist for group in self.moving for artist in group), self.clock]

    def _draw_ground(self) -> None:
        landscape, axes = self.scenario.landscape, self._map
        tone, filled = draw_ground(axes, landscape)
        bar = self.figure.colorbar(filled, ax=axes, pad=0.02, fraction=0.04)
        ticks = choose_ticks(tone)
        bar.set_ticks([float(tone.of(loss)) for loss in ticks], labels=[format_loss(loss) for loss in ticks])
        bar.ax.set_title("loss", fontsize=9)
        for minimum in minima_facts(landscape):
            axes.plot(minimum.x, minimum.y, marker="*" if minimum.is_global else "o", color=LIGHT.ink, ms=9, zorder=3)
        names = [text.replace("<i>", "").replace("</i>", "") for text in axis_titles(landscape)]
        axes.set(xlim=landscape.bounds[0], ylim=landscape.bounds[1], xlabel=names[0], ylabel=names[1])
        axes.plot(*self.scenario.start, marker="o", mfc="none", mec=LIGHT.ink, ms=13, mew=1.5, zorder=6)
        self._draw_curve_axes()

    def _draw_curve_axes(self) -> None:
        """Axes that show every finite loss; logarithmic where all losses are positive and span powers of ten."""
        losses = np.concatenate([walk.losses[: _last(walk) + 1] for walk in self.walks])
        losses = losses[np.isfinite(losses)]
        low, high = (float(losses.min()), float(losses.max())) if losses.size else (0.0, 1.0)
        logarithmic = low > 0 and high > 100 * low
        pad = 0.05 * (high - low) or 1.0
        limits = (low / 1.3, high * 1.3) if logarithmic else (low - pad, high + pad)
        self._curve.set(xlim=(0, self.scenario.steps), ylim=limits, xlabel="step", ylabel="loss")
        self._curve.set_yscale("log" if logarithmic else "linear")
        self._curve.grid(color=LIGHT.line)

    def _draw_run(self, index: int) -> tuple[Any, Any, Any]:
        trail = LIGHT.trails[index]
        line = {"color": trail.color, "lw": 2.0, "ls": _dashes(trail), "zorder": 4}
        (path,) = self._map.plot([], [], **line)
        (head,) = self._map.plot([], [], marker="o", color=trail.color, ms=7, mec=LIGHT.page, zorder=5)
        (curve,) = self._curve.plot([], [], **line)
        return path, head, curve

    def _draw_legend(self, *, outcomes: bool = False) -> None:
        labels = heading.run_settings(self.scenario)
        if outcomes:
            names = distinct_names(self.scenario)
            labels = [f"{name}: {say(walk.outcome.message)}" for name, walk in zip(names, self.walks, strict=True)]
        lines = [path for path, _, _ in self.moving]
        for legend in self.figure.legends[:]:
            legend.remove()
        columns = 1 if len(lines) < 4 else 2
        rows = -(-len(lines) // columns)
        self.figure.subplots_adjust(bottom=0.16 + 0.03 * rows)
        self.figure.legend(
            lines, labels, loc="lower left", bbox_to_anchor=(0.055, 0.035), ncols=columns, fontsize=9, frameon=False
        )


def make_figure(inches: tuple[float, float], dpi: int = 100) -> Any:
    """An empty figure of matplotlib; the settings of a notebook or script that uses it stay as they are.

    Raises
    ------
    ExportError
        If matplotlib is not installed.
    """
    if find_spec("matplotlib") is None:
        raise ExportError(NEEDS)
    from matplotlib.figure import Figure

    return Figure(figsize=inches, dpi=dpi, facecolor=LIGHT.page)


def draw_ground(axes: Any, landscape: Landscape, *, filled: bool = True) -> tuple[Tone, Any]:
    """Draw the contour lines of a landscape, and the colors between them.

    Returns
    -------
    (Tone, object)
        The scale from losses to tones, and what a color bar belongs to.
    """
    from matplotlib.colors import LinearSegmentedColormap

    tone, tones = tone_map(landscape, landscape.resolution)
    (x_low, x_high), (y_low, y_high) = landscape.bounds
    across, up = np.linspace(x_low, x_high, tones.shape[1]), np.linspace(y_low, y_high, tones.shape[0])
    levels = np.linspace(0, 1, BANDS + 1)
    colored = None
    if filled:
        colors = LinearSegmentedColormap.from_list("ground", LIGHT.ground)
        if np.isnan(tones).any():  # a typed formula has no value there
            axes.patch.set(hatch="///", edgecolor=f"{LIGHT.ink}48")
        colored = axes.contourf(across, up, tones, levels, cmap=colors, vmin=0, vmax=1)
    axes.contour(across, up, tones, levels, colors="#264678", alpha=0.2, linewidths=0.6)
    return tone, colored


def write_caption(figure: Any, scenario: Scenario) -> None:
    """Write the link below a figure."""
    caption = textwrap.fill(heading.link(scenario), CAPTION_WIDTH, break_on_hyphens=False)
    figure.text(0.06, 0.012, caption, fontsize=7, color=LIGHT.muted)


def save(figure: Any, kind: str, **options: Any) -> bytes:
    """A figure as the content of a file: png, svg or pdf."""
    import matplotlib as mpl

    drawn = io.BytesIO()
    with mpl.rc_context(SETTINGS):
        figure.savefig(drawn, format=kind, **options)
    return drawn.getvalue()


def _last(walk: Trajectory) -> int:
    """The last step with a finite position."""
    return int(torch.from_numpy(walk.positions.copy()).isfinite().all(1).nonzero().max())


def _dashes(trail: Trail) -> Any:
    """The dashes of a run in matplotlib's units: multiples of the line's width."""
    return (0, tuple(length / 2 for length in trail.dash)) if trail.dash else "-"
