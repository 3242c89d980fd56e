"""Walks and maps of starts with their pictures for papers."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload

from exports.basin_figure import draw_basins
from exports.figure import WalkFigure, save
from exports.heading import read_link
from trajectories import BasinMap, Scenario, Trajectory, simulate
from trajectories import basins as basins_of
from trajectories.sentences import show_text

KINDS = ("pdf", "svg", "png")
DPI = 200


class Picture:
    """A picture: a notebook shows it, ``save`` writes it, and ``figure`` is matplotlib's, for changes.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure.
    """

    def __init__(self, figure: Any) -> None:
        self.figure = figure

    def save(self, file: str | Path) -> None:
        """Write the picture; the file's ending says as what: .pdf and .svg with its fonts, .png with 200 dpi.

        Raises
        ------
        ValueError
            If the file has another ending.
        """
        kind = Path(file).suffix.removeprefix(".").lower()
        if kind not in KINDS:
            raise ValueError(f"The file must end in .pdf, .svg or .png: got {show_text(str(file))}.")
        Path(file).write_bytes(save(self.figure, kind, dpi=DPI))

    def _repr_png_(self) -> bytes:
        return save(self.figure, "png")


class Walk(Sequence[Trajectory]):
    """The walk of a scenario: one ``Trajectory`` for each run, with positions, losses, gradients and outcome.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._runs = tuple(simulate(scenario))

    @overload
    def __getitem__(self, index: int) -> Trajectory: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Trajectory]: ...
    def __getitem__(self, index: int | slice) -> Trajectory | Sequence[Trajectory]:
        return self._runs[index]

    def __iter__(self) -> Iterator[Trajectory]:
        return iter(self._runs)

    def __len__(self) -> int:
        return len(self._runs)

    def plot(self) -> Picture:
        """The picture of the walk: map, paths, loss curve and legend, with the link as a caption.

        Raises
        ------
        ExportError
            If matplotlib is not installed; one sentence.
        """
        return Picture(WalkFigure(self.scenario).figure)


class Basins:
    """Where one run of a scenario ends, from each start of a grid.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    run : int
        The index of the run, from 0.
    found : BasinMap
        The ends, losses, outcomes and minima, each an array of (rows, columns).
    """

    def __init__(self, scenario: Scenario, run: int, found: BasinMap) -> None:
        self.scenario = scenario
        self.run = run
        self.found = found

    def plot(self) -> Picture:
        """The picture of the map: each start in the color of the minimum in which its walk ends, and the shares.

        Raises
        ------
        ExportError
            If matplotlib is not installed; one sentence.
        """
        return Picture(draw_basins(self.scenario, self.found, self.run))


def walk(link: str | Scenario) -> Walk:
    """Walk a scenario.

    Parameters
    ----------
    link : str or Scenario
        A link, its query, or a scenario.

    Raises
    ------
    ExportError
        If a part of the link cannot be used; one sentence.

    Examples
    --------
    >>> [run.outcome.kind for run in walk("surface=two_wells&steps=200&run=sgd:lr=0.05")]
    ['local_minimum']
    """
    return Walk(read_scenario(link))


def basins(link: str | Scenario, *, run: int = 0, shape: tuple[int, int] = (90, 144)) -> Basins:
    """Walk one run of a scenario from each start of a grid over the map.

    Parameters
    ----------
    link : str or Scenario
        A link, its query, or a scenario.
    run : int
        The index of the run, from 0.
    shape : (int, int)
        The number of rows and columns of starts, 1 to 1024 each.

    Raises
    ------
    ExportError
        If a part of the link cannot be used; one sentence.
    ValueError
        If there is no such run, or it cannot be walked from many starts at once; one sentence.
    """
    scenario = read_scenario(link)
    return Basins(scenario, run, basins_of(scenario, run, shape))


def read_scenario(link: str | Scenario) -> Scenario:
    """The scenario of a link; a scenario is returned as it is."""
    return read_link(link) if isinstance(link, str) else link
