"""Answer one request for a map of settings: from coarse to fine, in short pieces on the stepping threads."""

import math
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from backend import metrics
from backend.aggregate import AggregateAnswer
from backend.answers import search_key_of
from backend.computations import Computation, Compute
from backend.frames import pack_cells, readdress
from backend.levels import Levels, Shape, affordable, levels
from backend.limit_lines import limit_for_browser
from backend.messages import Message
from backend.pace import Pace
from backend.pieces import in_pieces
from backend.settings_messages import (
    BestCells,
    LimitLine,
    SettingsBegin,
    SettingsDone,
    SettingsLevel,
    SettingsRequest,
    axis_of,
)
from backend.superseded import Superseded
from backend.walking import DONE
from backend.workers import Workers
from trajectories import Run, Scenario, limits
from trajectories.basin_map import basins_in_pieces
from trajectories.settings_map import SettingsMap, runs_of, settings_in_pieces, tried_by, with_settings
from trajectories.verdicts import GLOBAL, LOCAL

STEPS_AT_ONCE = 16  # steps of an ensemble between two looks at the clock: at most about 8 ms
ALL_STARTS = (24, 32)  # rows and columns of the starts over the whole map that the best settings are walked from
MOST_LIVE_STEPS = 500  # of a walk that is simulated for a limit during a gesture


@dataclass(frozen=True, kw_only=True)
class Level:
    """A map of one size: its values, its frame with the slot and id of the request before, and its best cells."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    frame: bytes
    best: tuple[BestCells, ...]

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return len(self.frame) + 32 * (len(self.x) + len(self.y))


SettingsMaps = Levels[Level, Level]
BEST = "best"  # the shares of all starts of the best cells of a level


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """The cells of one run: see ``frames.CellTable``. The losses are the late ones."""

    kinds: NDArray[np.int8]
    steps: NDArray[np.int64]
    losses: NDArray[np.float64]
    minima: NDArray[np.int64]


class SettingsAnswer(AggregateAnswer[SettingsRequest]):
    """The answer to one request for a map of settings.

    Parameters
    ----------
    request : SettingsRequest
        The request.
    maps : SettingsMaps
        What all sockets share.
    workers, budget, superseded
        See ``AggregateAnswer``.
    """

    event = "settings"

    def __init__(
        self,
        request: SettingsRequest,
        workers: Workers,
        maps: SettingsMaps,
        budget: Pace,
        superseded: Superseded,
    ) -> None:
        super().__init__(request, workers, budget, superseded)
        self._axes = tuple(axis_of(record) for record in request.axes)
        self._maps = maps
        self._shape: Shape = (0, 0)
        self._key = _key_of(request)
        cached = {shape: maps.get((self._key, shape), live=request.live) for shape in self._levels()}
        self._known = {shape: level for shape, level in cached.items() if level is not None}

    def _levels(self) -> list[Shape]:
        """The sizes of the levels from coarse to fine."""
        rows, columns = self._request.rows, self._request.columns
        least = 1 if len(self._axes) == 1 else 2
        # A chart is wide and low, so its levels follow from its columns.
        return [(max(least, up), max(2, across)) for across, up in levels(columns, rows if least > 1 else 1)]

    def _cost(self, shape: Shape) -> int:
        """The steps of walks that a level takes."""
        walks = sum(tried_by(run, self._axes, shape) for run in runs_of(self._axes))
        return walks * (self._request.scenario.steps + 1)

    async def messages(self) -> AsyncIterator[Message | bytes]:
        """The map from coarse to fine, unless the request is superseded; or a sentence."""
        request = self._request
        slot, number = request.slot, request.id
        finest: Level | None = None
        try:
            yield SettingsBegin(slot=slot, id=number, runs=runs_of(self._axes))
            backlog, levels_of = self._workers.backlog, self._levels()
            free = {s for s in levels_of if s in self._known or (self._key, s, "") in self._maps.under_way}
            chosen = affordable(levels_of, free, self._cost, self._budget, backlog, live=request.live)
            shapes, wait = chosen.shapes, chosen.wait
            with backlog.promise(chosen.cost) as promise:
                for shape in shapes:
                    level = await self._level(shape)
                    if level is None or self._superseded():
                        return
                    promise.kept(0 if shape in free else self._cost(shape))
                    yield SettingsLevel(slot=slot, id=number, x=level.x, y=level.y)
                    yield readdress(slot, number, level.frame)
                    self._shape, finest = (max(1, len(level.y)), len(level.x)), level
                if finest is not None:
                    finest = await self._with_shares(finest, shapes[-1])
            if self._superseded():
                return
            lines = await self._workers.call(self._limits, self._lane())
        except ValueError as problem:
            yield self._refuse(problem)
            return
        rows, columns = self._shape
        yield SettingsDone(
            slot=slot,
            id=number,
            rows=rows,
            columns=columns,
            coarse=wait is not None,
            wait=None if wait is None or math.isinf(wait) else wait,
            best=() if finest is None else finest.best,
            limits=lines,
        )
        self.outcome = DONE

    def _limits(self) -> tuple[LimitLine, ...]:
        """What theory says about the runs of the map; during a gesture only where their walks are short."""
        scenario = self._request.scenario
        if self._request.live and scenario.steps > MOST_LIVE_STEPS:
            return ()
        found = limits(scenario, self._axes)
        return tuple(limit_for_browser(limit, points=len(self._axes) == 1) for limit in found)

    async def _with_shares(self, level: Level, shape: Shape) -> Level:
        """A level whose best cells have their shares of all starts, which are cached with the level."""
        if self._request.live:
            return level

        async def compute(computation: Computation[Level]) -> AsyncGenerator[Level, None]:
            best = tuple([await self._from_all_starts(cells, level, computation) for cells in level.best])
            found = replace(level, best=best)
            if best != level.best:
                self._maps.put((self._key, shape), found, live=False)
            yield found

        return await self._read(shape, BEST, compute) or level

    async def _read(self, shape: Shape, what: str, compute: Compute[Level]) -> Level | None:
        """The result, computed once for all equal requests at the same time; None if the request is superseded."""
        key = self._key, shape, what
        async with aclosing(
            self._maps.under_way.read(key, compute, self._superseded, live=self._request.live)
        ) as levels_of:
            return await anext(levels_of, None)

    async def _from_all_starts(self, cells: BestCells, level: Level, computation: Computation[Level]) -> BestCells:
        """The best cells of a run with the shares of all starts from which it arrives there, if they are affordable."""
        shares: dict[str, float] = {}
        for name in ("loss", "steps"):
            cell = getattr(cells, name)
            known = getattr(cells, f"{name}_starts") is not None
            if cell is None or known:
                continue
            if name == "steps" and cells.steps == cells.loss and "loss_starts" in shares:
                shares["steps_starts"] = shares["loss_starts"]
                continue
            values = (level.x[cell[1]], *([level.y[cell[0]]] if level.y else []))
            scenario = with_settings(self._request.scenario, cells.run, self._axes, values)
            if self._budget.take_at_once(math.prod(ALL_STARTS) * (scenario.steps + 1)):
                continue
            rows, window = slice(0, ALL_STARTS[0]), scenario.landscape.bounds
            work = basins_in_pieces(scenario, cells.run, ALL_STARTS, window, rows, STEPS_AT_ONCE)
            found = await in_pieces(self._workers, work, lane=computation.lane)
            if found is not None:
                shares[f"{name}_starts"] = float((found.kinds == GLOBAL).mean())
        return cells.model_copy(update=shares)

    async def _level(self, shape: Shape) -> Level | None:
        """A map of one size, from the cache or computed; None if the request was superseded before its end."""
        known, live = self._known.get(shape), self._request.live
        metrics.KEPT.inc(known is not None)
        if known is not None:
            return known

        async def compute(computation: Computation[Level]) -> AsyncGenerator[Level, None]:
            request = self._request
            work = settings_in_pieces(request.scenario, self._axes, shape, STEPS_AT_ONCE)
            spent: list[float] = []
            async with self._workers.begun[computation.lane()]:
                found = await in_pieces(self._workers, work, lane=computation.lane, spent=spent.append)
            if found is not None:  # always, since nothing supersedes it: it is canceled instead
                self._workers.backlog.measured(self._cost(shape), math.fsum(spent))
                yield _level_of(found, request)

        level = await self._read(shape, "", compute)
        if level is not None:
            self._maps.put((self._key, shape), level, live=live)
        return level

    def _counts(self) -> dict[str, int]:
        return {"cells": math.prod(self._shape)}


def _level_of(found: SettingsMap, request: SettingsRequest) -> Level:
    """What is sent of a map."""
    arrived = (found.kinds == GLOBAL) | (found.kinds == LOCAL)
    minima = np.where(arrived, found.minima, -1)
    tables = [
        Table(kinds=kinds, steps=steps, losses=losses, minima=of)
        for kinds, steps, losses, of in zip(found.kinds, found.steps, found.late_losses, minima, strict=True)
    ]
    _, rows, columns = found.kinds.shape
    best = tuple(
        BestCells(
            run=run,
            loss=found.best(run),
            steps=found.soonest(run),
            tried=tried_by(run, found.axes, (rows, columns)),
        )
        for run in found.runs
    )
    frame = pack_cells(request.slot, request.id, 0, rows, tables)
    return Level(x=tuple(found.x.tolist()), y=tuple(found.y.tolist()), frame=frame, best=best)


def _key_of(request: SettingsRequest) -> bytes:
    """A short key of all that determines the cells but their number: not the values of the axes in the scenario."""
    scenario = request.scenario
    changed: dict[str, object] = {}
    start, runs = list(scenario.start), list(scenario.runs)
    for axis in request.axes:
        if axis.name in {"x", "y"}:
            place = "xy".index(axis.name)
            start[place] = scenario.landscape.start[place]
        elif axis.name in {"batch", "noise"}:
            changed[axis.name] = 0
        else:
            run = runs[axis.run]
            values = {name: value for name, value in run.values.items() if name != axis.name}
            runs[axis.run] = Run(optimizer=run.optimizer, values=values)
    own = runs_of([axis_of(record) for record in request.axes])
    changed |= {"start": tuple(start), "runs": tuple(runs[run] for run in own)}
    return search_key_of(Scenario(**dict(scenario) | changed)) + repr((request.axes, own)).encode()
