"""What becomes of walks: one judge for any number of them, in memory that does not grow with their steps.

In what follows, distances are measured on the map scaled to a square of side 1; *near* is within RADIUS of it. The
*last stretch* is the last 5 % of the steps, at least 3 and at most all. A walk is judged by the first of these that
is so:

diverged
    A position, loss or gradient is not finite; since the first such step.
circling
    In the last fifth of the steps it goes round, or to and fro, on one place (``stretch.Swing.is_steady``: it walks
    several times the longer side of its extent, and both halves have the same middle and about the same extent); that
    side is longer than SWING; exactly one listed minimum lies amid the extent, widened by RADIUS; and the mean height
    above it neither falls nor rises so fast that it would halve or double in as many steps again (with noise:
    significantly). All of this is taken over halves, never from the last position, so that a cycle of two is the same
    cycle after an even and after an odd number of steps. A walk in chaos may be called this or still moving. When it
    began cannot be told in constant memory: ``step`` is where it came to be near and down for good, or else where the
    last fifth begins.
global_minimum, local_minimum
    It has arrived: since a step before the last stretch it is near a listed minimum *and* down in its basin, which
    means no higher above the minimum than the basin allows (``basins.basins``: a descending walk cannot get out of
    there); and in the last stretch it does not fall on by more than a tenth of that. Since the first step from
    which it is near and down to the end.
left_the_map
    It is outside at the end; since its last departure. A walk that steps to and fro across the border, steadily and
    farther than SWING, has not left.
at rest elsewhere: saddle, flat, local_minimum, global_minimum
    All along the last stretch it is near the middle of its extent, and Newton's method finds a standstill near its end
    (``standstill.standstills_near``). A minimum is global if its loss is; a walk rests in it only if it is down in its
    basin and no longer falls, by the same measures. Slow walks, which are about to arrive at a listed minimum, are
    judged by this too. Since the first of the walk's PARTS from which it is near that middle: to 5 % of the steps.
still_moving
    All others; the last step.
"""

import math

import numpy as np
import torch
from torch import Tensor

from surfaces import Landscape
from trajectories.basins import RADIUS, allowances, are_global, basins
from trajectories.standstill import standstills_near
from trajectories.stretch import REST_SHARE, Stretch, Swing, last_change, no_extent, widen
from trajectories.verdicts import CIRCLING, DIVERGED, FLAT, GLOBAL, LEFT, LOCAL, MOVING, NOWHERE, SADDLE, Verdicts

STILL = RADIUS / 10  # so near to a saddle, or to a place without slope, and so little on the move, a walk rests
SWING = RADIUS  # the longer side of an extent: what moves less is at rest
FALLING = 0.1  # of what the basin allows, from one half of the last stretch to the other
PARTS = math.ceil(1 / REST_SHARE)  # of a walk, of each of which the extent is kept


class Judge:
    """Watches walks step by step and says in the end what became of each.

    Parameters
    ----------
    landscape : Landscape
        What is walked on.
    steps, count : int
        How many steps each walk has, and how many walks. Every step from 0 to the last must be seen once, in order.
    noisy : bool
        Whether their gradients are noisy, so that heights in the last stretch differ by chance.
    """

    def __init__(self, landscape: Landscape, steps: int, count: int, noisy: bool = False) -> None:
        self._landscape = landscape
        self._steps = steps
        self._noisy = noisy
        self._basins = basins(landscape)
        self._bounds = landscape.bounds
        self._low, self._high = torch.tensor(landscape.bounds, dtype=torch.float64).T[:, :, None]
        self._stretch = Stretch(steps, count)
        self._swing = Swing(steps, count)
        self._places = torch.empty(2, count, dtype=torch.float64)
        self._away = torch.empty(2, count, dtype=torch.float64)
        self._extents = no_extent(PARTS, count)
        self._unbroken = torch.zeros(count, dtype=torch.float64)  # NaN once a number was not finite
        self._whole = True
        self._diverged = torch.full((count,), steps + 1, dtype=torch.int64)
        self._outside = torch.zeros(count, dtype=torch.bool)
        self._anyone_outside = False
        self._gone = torch.zeros(count, dtype=torch.int64)  # the step since when it is outside, or inside
        self._homes = torch.full((count,), NOWHERE, dtype=torch.int64)
        self._homed = torch.zeros(count, dtype=torch.int64)  # the step since when it is there
        self._at_home = torch.zeros(count, dtype=torch.bool)
        self._anyone_at_home = False
        self._top = float(self._basins.levels.max()) if len(self._basins.levels) else -math.inf
        self._only = self._basins.places if len(self._basins.levels) == 1 else None
        self._bars = torch.full((count,), self._top, dtype=torch.float64)
        self._anchors = torch.full((2, count), math.nan, dtype=torch.float64)
        self._last = torch.empty(count, dtype=torch.float64)

    @torch.no_grad()
    def see(self, step: int, positions: Tensor, losses: Tensor, gradients: Tensor) -> None:
        """Look at all walks at one step.

        Parameters
        ----------
        step : int
            Which; 0 is the start.
        positions, gradients : Tensor, float64, (2, count)
            Where they are, and what the optimizers see there.
        losses : Tensor, float64, (count,)
            The loss there.
        """
        places = torch.mul(positions, self._basins.scale, out=self._places)
        self._see_numbers(step, positions, losses, gradients)
        self._see_border(step, positions)
        self._see_homes(step, places, losses)
        widen(self._extents[step * PARTS // (self._steps + 1)], places[None])
        if step >= self._swing.first:
            self._swing.see(step, places[None], losses[None])
            self._stretch.see(step, places[None], losses[None])
        if step == self._steps:
            self._last.copy_(losses)

    def _see_numbers(self, step: int, positions: Tensor, losses: Tensor, gradients: Tensor) -> None:
        """Note which walks have a number that is not finite; three sums say that there is none."""
        if self._whole and math.isfinite(float(positions.sum()) + float(losses.sum()) + float(gradients.sum())):
            return
        for numbers in (*positions, losses, *gradients):
            self._unbroken.add_(numbers, alpha=0)  # 0 times infinity is no number
        broken = self._unbroken.isnan()
        self._diverged.masked_fill_(broken & (self._diverged > self._steps), step)
        self._whole = not bool(broken.any())

    def _see_border(self, step: int, positions: Tensor) -> None:
        """Note which walks left the map, or came back; the outermost coordinates say whether all are on it."""
        if not self._anyone_outside:
            ends = zip(positions.amin(dim=1).tolist(), positions.amax(dim=1).tolist(), self._bounds, strict=True)
            if all(low <= lowest and highest <= high for lowest, highest, (low, high) in ends):
                return
        torch.sub(positions, self._low, out=self._away)
        torch.minimum(self._away, self._high - positions, out=self._away)  # below 0 is outside, exactly
        outside = torch.minimum(self._away[0], self._away[1]) < 0
        changed = outside ^ self._outside
        if changed.count_nonzero():
            self._gone.masked_fill_(changed, step)
            self._outside, self._anyone_outside = outside, bool(outside.any())

    def _see_homes(self, step: int, places: Tensor, losses: Tensor) -> None:
        """Note which walks came to be near and down at a minimum, or ceased to: only these are looked at closely."""
        changed = losses <= self._bars
        if self._only is not None:
            torch.sub(places, self._only, out=self._away).square_()
            changed &= self._away[0].add_(self._away[1]) <= RADIUS**2
            changed.logical_xor_(self._at_home)
            if changed.count_nonzero():
                self._at_home.logical_xor_(changed)
                self._homed.masked_fill_(changed, step)
                self._homes.copy_(self._at_home).sub_(1)  # 0 is the only minimum, -1 none
            return
        changed.logical_xor_(self._at_home)  # all whose loss is low enough for some minimum, and who are at none
        if self._anyone_at_home:
            torch.sub(places, self._anchors, out=self._away).square_()
            changed |= self._away[0].add_(self._away[1]) > RADIUS**2
        if not changed.count_nonzero():
            return
        who = torch.from_numpy(np.flatnonzero(changed.numpy()))
        now = self._basins.down_in(places[:, who], losses[who])
        differ = now != self._homes[who]
        who, now = who[differ], now[differ]
        self._homes[who], self._homed[who] = now, step
        at_home = now >= 0
        self._at_home[who] = at_home
        self._anyone_at_home = bool(self._at_home.any())
        self._bars[who] = torch.where(at_home, self._basins.levels[now], self._top)
        self._anchors[:, who] = torch.where(at_home, self._basins.places[:, now], math.nan)

    @torch.no_grad()
    def see_many(self, first: int, record: Tensor) -> None:
        """Look at some consecutive steps at once, as ``Walk`` records them.

        Parameters
        ----------
        first : int
            Its first row's step.
        record : Tensor, float64, (rows, count, 5)
            x, y, loss, and the gradient along x and y.
        """
        rows = len(record)
        positions, losses = record[:, :, :2].transpose(1, 2), record[:, :, 2]
        places = positions * self._basins.scale
        steps = torch.arange(first, first + rows)[:, None]

        broken = torch.where(record.isfinite().all(dim=2), self._steps + 1, steps).amin(dim=0)
        torch.minimum(self._diverged, broken, out=self._diverged)
        outside = ((positions < self._low) | (positions > self._high)).any(dim=1)
        self._gone = last_change(outside, self._outside, self._gone, first)
        self._outside = outside[-1].clone()

        homes = self._basins.down_in(places.transpose(0, 1).reshape(2, -1), losses.reshape(-1)).reshape(rows, -1)
        self._homed = last_change(homes, self._homes, self._homed, first)
        self._homes = homes[-1].clone()

        for part in range(first * PARTS // (self._steps + 1), (first + rows - 1) * PARTS // (self._steps + 1) + 1):
            mine = places[max(0, self._begin(part) - first) : max(0, self._begin(part + 1) - first)]
            if len(mine):
                widen(self._extents[part], mine)
        self._swing.see(first, places, losses)
        self._stretch.see(first, places, losses)
        if first + rows == self._steps + 1:
            self._last.copy_(losses[-1])
            self._places.copy_(places[-1])

    def _begin(self, part: int) -> int:
        """The first step of a part."""
        return -(-part * (self._steps + 1) // PARTS)

    @torch.no_grad()
    def verdicts(self) -> Verdicts:
        """Say what became of each walk, once all steps have been seen."""
        kinds = torch.full_like(self._homes, MOVING, dtype=torch.int8)
        steps = torch.full_like(self._homes, self._steps)
        minima = torch.full_like(self._homes, NOWHERE)
        verdicts = Verdicts(kinds=kinds, steps=steps, minima=minima)
        first, stretch, swing = self._stretch.first, self._stretch, self._swing
        alive = self._diverged > self._steps
        home = torch.where(alive & (self._homed <= first), self._homes, NOWHERE)

        steady = alive & swing.is_steady() & (swing.side > SWING)
        amid = self._amid(steady)
        round_it = amid >= 0
        verdicts.tell(round_it, CIRCLING, torch.where((home == amid) & round_it, self._homed, swing.first), amid)

        arrived = (home >= 0) & ~round_it
        if arrived.any():
            allowed = self._basins.levels[home] - self._basins.values[home]
            arrived &= stretch.falls <= FALLING * allowed
            lowest = are_global(self._landscape, self._basins.values)
            verdicts.tell(arrived, torch.where(lowest, GLOBAL, LOCAL).to(torch.int8)[home], self._homed, home)

        left = alive & self._outside & ~round_it & ~arrived & ~(steady & (self._gone > swing.first))
        verdicts.tell(left, LEFT, self._gone, minima)
        self._rest(verdicts, alive & ~round_it & ~arrived & ~left & (stretch.radius <= RADIUS))
        verdicts.tell(~alive, DIVERGED, self._diverged, torch.full_like(minima, NOWHERE))
        return verdicts

    def _amid(self, steady: Tensor) -> Tensor:
        """The one minimum that each walk goes round without coming lower; -1 for none."""
        amid = torch.full_like(self._homes, NOWHERE)
        who = steady.nonzero()[:, 0]
        if not len(who) or not len(self._basins.levels):
            return amid
        low, high = (edge[:, who, None] for edge in self._swing.extent)
        places = self._basins.places[:, None]
        within = ((places >= low - RADIUS) & (places <= high + RADIUS)).all(dim=0)
        which = within.to(torch.int8).argmax(dim=1)
        floor = torch.full_like(self._last, math.inf)
        floor[who] = self._basins.values[which]
        single = (within.sum(dim=1) == 1) & self._swing.keeps_height(floor, self._noisy)[who]
        amid[who] = torch.where(single, which, NOWHERE)
        return amid

    def _rest(self, verdicts: Verdicts, resting: Tensor) -> None:
        """Judge those that hardly moved in the last stretch by the standstill near their end."""
        who = resting.nonzero()[:, 0]
        if not len(who):
            return
        ends = self._places[:, who] / self._basins.scale
        near = standstills_near(self._landscape, ends)
        who, points, values = who[near.found], near.positions[:, near.found], near.losses[near.found]
        lower, upper = near.bends[:, near.found]
        minimum = (lower >= 0) & (upper == 1)  # a level trough counts: there is no way down
        listed, levels = self._listed(points, values)
        down = (self._last[who] <= levels) & (self._stretch.falls[who] <= FALLING * (levels - values))
        # A slow walk may pass a saddle within RADIUS: it rests there only if it came close to it and stays so.
        away = ((ends[:, near.found] - points) * self._basins.scale).square().sum(dim=0).sqrt()
        still = torch.maximum(away, self._stretch.radius[who]) <= STILL
        kinds = torch.where((lower < 0) & (upper == 1), SADDLE, FLAT)
        kinds = torch.where(minimum, torch.where(are_global(self._landscape, values), GLOBAL, LOCAL), kinds)
        rests = torch.where(minimum, down, still)
        who, kinds = who[rests], kinds[rests]
        verdicts.kinds[who] = kinds.to(torch.int8)
        verdicts.steps[who] = self._since(who)
        verdicts.minima[who] = torch.where(minimum, listed, NOWHERE)[rests]

    def _listed(self, points: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """The listed minimum at each of some standstills, -1 for none, and the level of the basin there."""
        listed = torch.full_like(values, NOWHERE, dtype=torch.int64)
        if len(self._basins.levels):
            places = points * self._basins.scale
            nearest = self._basins.nearest(places)
            close = (places - self._basins.places[:, nearest]).square().sum(dim=0) <= RADIUS**2
            listed = torch.where(close, nearest, NOWHERE)
        levels = values + allowances(self._landscape, points, values)
        return listed, levels

    def _since(self, who: Tensor) -> Tensor:
        """The first step of the first part from which some walks stay near where they are in the last stretch."""
        low, high = self._extents[:, 0][:, :, who], self._extents[:, 1][:, :, who]
        middle = self._stretch.middle[:, who]
        near = torch.maximum(middle - low, high - middle).square().sum(dim=1) <= RADIUS**2
        near |= low.isinf().all(dim=1)  # a part of a short walk that holds no step
        begins = torch.tensor([self._begin(part + 1) for part in range(PARTS)])[:, None]
        since = torch.where(near, 0, begins).amax(dim=0)
        return since.clamp_(max=self._stretch.first)
