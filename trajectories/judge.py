"""The outcome of walks: one judge for any number of walks, in memory that does not grow with the number of steps.

Distances are measured on the map scaled to a square of side 1; *near* means within RADIUS. The *last stretch* is the
last 5 % of the steps, at least 3 and at most all of them. A walk gets the first of these outcomes whose condition it
meets:

diverged
    A position, loss or gradient is not finite. ``step`` is the first such step.
circling
    In the last fifth of the steps the walk moves around one point, or back and forth (``stretch.Swing.is_steady``: its
    path is several times as long as the longer side of its extent, and both halves have the same middle and about the
    same extent); that side is longer than SWING; exactly one listed minimum lies within the extent widened by RADIUS;
    and the mean height above this minimum changes so slowly that it would neither halve nor double if the walk took the
    same number of steps again (with noise: the change is not significant). All of this is computed from the two halves,
    never from the last position, so a cycle of two gets the same outcome after an even and after an odd number of
    steps. A chaotic walk may get this outcome or still_moving. The step at which the circling began cannot be found in
    constant memory: ``step`` is the first from which the walk was near and low until the end, or else the first step of
    the last fifth.
global_minimum, local_minimum
    Since a step before the last stretch the walk is near a listed minimum *and* low in its basin, that is, no higher
    above the minimum than ``minimum_levels`` allows (if its loss never rises, it cannot leave); and in the last stretch
    its loss falls by at most a tenth of that height. ``step`` is the first from which it is near and low until
    the end.
left_the_map
    The walk is off the map at the end. ``step`` is its last departure; the first one is in ``Verdicts.exits``. A walk
    that moves back and forth across the border, steadily and over more than SWING, has not left.
at rest elsewhere: saddle, flat, local_minimum, global_minimum
    In the whole last stretch the walk is near the middle of its extent, and Newton's method finds a stationary point
    near its end (``stationary.stationary_points_near``). A minimum is global if its loss is that of the global minimum;
    a walk rests in it only if it is low in its basin and its loss no longer falls, by the conditions above. Slow walks
    that are about to arrive at a listed minimum are judged here too. ``step`` is the beginning of the first of the
    walk's PARTS from which it is near that middle: exact to 5 % of the steps.
still_moving
    All others. ``step`` is the last step.
"""

import math

import torch
from torch import Tensor

from surfaces import Landscape
from trajectories.arrivals import Arrivals
from trajectories.border import Border
from trajectories.minimum_levels import RADIUS, allowances, are_global, minimum_levels
from trajectories.stationary import stationary_points_near
from trajectories.stretch import REST_SHARE, Stretch, Swing, extent_of, no_extent, widen
from trajectories.verdicts import CIRCLING, DIVERGED, FLAT, GLOBAL, LEFT, LOCAL, MOVING, NOWHERE, SADDLE, Verdicts

STILL = RADIUS / 10  # a walk rests at a saddle or flat point only if it stays within this distance of it
SWING = RADIUS  # a walk whose extent has a shorter longer side is at rest, not circling
FALLING = 0.1  # share of the basin's height by which the loss may fall from one half of the last stretch to the other
PARTS = math.ceil(1 / REST_SHARE)  # a walk is divided into this many parts, and the extent of each is stored


class Judge:
    """Processes the steps of walks, and then determines the outcome of each.

    Parameters
    ----------
    landscape : Landscape
        The landscape that the walks descend.
    steps, count : int
        The number of steps of each walk, and the number of walks. Every step from 0 to the last must be passed to
        ``add_steps`` once, in order.
    noisy : bool
        Whether the gradients are noisy, so that heights in the last stretch differ by chance.
    """

    def __init__(self, landscape: Landscape, steps: int, count: int, noisy: bool = False) -> None:
        self._landscape = landscape
        self._steps = steps
        self._noisy = noisy
        self._known = minimum_levels(landscape)
        self._stretch = Stretch(steps, count)
        self._swing = Swing(steps, count)
        self._border = Border(landscape, count)
        self._arrivals = Arrivals(self._known, count)
        self._extents = no_extent(PARTS, count)
        self._diverged = torch.full((count,), steps + 1, dtype=torch.int64)
        self._last = torch.empty(count, dtype=torch.float64)
        self._end = torch.empty(2, count, dtype=torch.float64)

    @torch.no_grad()
    def add_steps(self, first: int, record: Tensor) -> None:
        """Process consecutive steps of all walks.

        Parameters
        ----------
        first : int
            The step of the first row; 0 is the start.
        record : Tensor, float64, (rows, count, 5)
            x, y, loss, and the gradient along x and y, as the optimizer gets it.
        """
        positions, losses = record[:, :, :2].transpose(1, 2), record[:, :, 2]
        self._update_diverged(first, record)
        extent = self._update_extents(first, positions)
        self._border.add_steps(first, positions, extent)
        over = self._diverged <= self._steps
        self._arrivals.add_steps(first, positions, losses, extent * self._known.factor, over)
        late = max(0, self._swing.first - first)
        if late < len(record):
            places = positions[late:] * self._known.factor
            self._swing.add_steps(first + late, places, losses[late:])
            self._stretch.add_steps(first + late, places, losses[late:])
        if first + len(record) > self._steps:
            self._last.copy_(losses[-1])
            self._end.copy_(positions[-1])

    def _update_diverged(self, first: int, record: Tensor) -> None:
        """Record which walks have a number that is not finite: then the sum of their numbers is not finite either."""
        which = (~record.sum(dim=(0, 2)).isfinite() & (self._diverged > self._steps)).nonzero()[:, 0]
        if len(which):
            broken = ~record[:, which].isfinite().all(dim=2)
            steps = first + broken.to(torch.int8).argmax(dim=0)
            self._diverged[which] = torch.where(broken.any(dim=0), steps, self._steps + 1)

    def _update_extents(self, first: int, positions: Tensor) -> Tensor:
        """Widen the extent of each part by its steps; returns the extent of all these steps."""
        extents = []
        end = first + len(positions)
        for part in range(first * PARTS // (self._steps + 1), (end - 1) * PARTS // (self._steps + 1) + 1):
            begin, beyond = max(first, self._begin(part)), min(end, self._begin(part + 1))
            if begin < beyond:
                extents.append(extent_of(positions[begin - first : beyond - first]))
                widen(self._extents[part], extents[-1] * self._known.factor)
        return extents[0] if len(extents) == 1 else extent_of(torch.cat(extents))

    def _begin(self, part: int) -> int:
        """The first step of a part."""
        return -(-part * (self._steps + 1) // PARTS)

    @torch.no_grad()
    def verdicts(self) -> Verdicts:
        """Determine the outcome of each walk, after all steps have been processed."""
        kinds = torch.full_like(self._diverged, MOVING, dtype=torch.int8)
        steps = torch.full_like(self._diverged, self._steps)
        minima = torch.full_like(self._diverged, NOWHERE)
        verdicts = Verdicts(kinds=kinds, steps=steps, minima=minima, exits=self._border.exits.clone())
        first, stretch, swing = self._stretch.first, self._stretch, self._swing
        finite = self._diverged > self._steps
        reached, since = self._arrivals.reached, self._arrivals.since
        there = torch.where(finite & (since <= first), reached, NOWHERE)

        steady = finite & swing.is_steady() & (swing.side > SWING)
        circled = self._circled_minimum(steady)
        circles = circled >= 0
        verdicts.assign(circles, CIRCLING, torch.where((there == circled) & circles, since, swing.first), circled)

        arrived = (there >= 0) & ~circles
        if arrived.any():
            allowed = self._known.levels[there] - self._known.values[there]
            arrived &= stretch.falls <= FALLING * allowed
            lowest = are_global(self._landscape, self._known.values)
            verdicts.assign(arrived, torch.where(lowest, GLOBAL, LOCAL).to(torch.int8)[there], since, there)

        border = self._border
        left = finite & border.outside & ~circles & ~arrived & ~(steady & (border.since > swing.first))
        verdicts.assign(left, LEFT, border.since, minima)
        self._rest(verdicts, finite & ~circles & ~arrived & ~left & (stretch.radius <= RADIUS))
        verdicts.assign(~finite, DIVERGED, self._diverged, torch.full_like(minima, NOWHERE))
        return verdicts

    def _circled_minimum(self, steady: Tensor) -> Tensor:
        """The index of the minimum that each walk circles at a constant mean height; -1 if there is not exactly one."""
        circled = torch.full_like(self._diverged, NOWHERE)
        walks = steady.nonzero()[:, 0]
        if not len(walks) or not len(self._known.levels):
            return circled
        low, high = (edge[:, walks, None] for edge in self._swing.extent)
        places = self._known.places[:, None]
        within = ((places >= low - RADIUS) & (places <= high + RADIUS)).all(dim=0)
        minimum = within.to(torch.int8).argmax(dim=1)
        floor = torch.full_like(self._last, math.inf)
        floor[walks] = self._known.values[minimum]
        single = (within.sum(dim=1) == 1) & self._swing.keeps_height(floor, self._noisy)[walks]
        circled[walks] = torch.where(single, minimum, NOWHERE)
        return circled

    def _rest(self, verdicts: Verdicts, resting: Tensor) -> None:
        """Write the verdicts of walks that hardly moved at the end, from the stationary point near their end."""
        which = resting.nonzero()[:, 0]
        if not len(which):
            return
        ends = self._end[:, which]
        near = stationary_points_near(self._landscape, ends)
        which, points, values = which[near.found], near.positions[:, near.found], near.losses[near.found]
        lower, upper = near.curvature_signs[:, near.found]
        minimum = (lower >= 0) & (upper == 1)  # a level trough counts too: the loss falls in no direction
        listed, levels = self._listed(points, values)
        down = (self._last[which] <= levels) & (self._stretch.falls[which] <= FALLING * (levels - values))
        # A slow walk may pass a saddle at less than RADIUS: it rests only if it stays within STILL of the saddle.
        away = ((ends[:, near.found] - points) * self._known.factor).square().sum(dim=0).sqrt()
        still = torch.maximum(away, self._stretch.radius[which]) <= STILL
        kinds = torch.where((lower < 0) & (upper == 1), SADDLE, FLAT)
        kinds = torch.where(minimum, torch.where(are_global(self._landscape, values), GLOBAL, LOCAL), kinds)
        rests = torch.where(minimum, down, still)
        which, kinds = which[rests], kinds[rests]
        verdicts.kinds[which] = kinds.to(torch.int8)
        verdicts.steps[which] = self._resting_since(which)
        verdicts.minima[which] = torch.where(minimum, listed, NOWHERE)[rests]

    def _listed(self, points: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """The index of the listed minimum at each stationary point, -1 for none, and the level of its basin."""
        listed = torch.full_like(values, NOWHERE, dtype=torch.int64)
        if len(self._known.levels):
            places = points * self._known.factor
            nearest = self._known.nearest(places)
            close = (places - self._known.places[:, nearest]).square().sum(dim=0) <= RADIUS**2
            listed = torch.where(close, nearest, NOWHERE)
        levels = values + allowances(self._landscape, points, values)
        return listed, levels

    def _resting_since(self, which: Tensor) -> Tensor:
        """The first step of the first part from which each walk stays near its middle of the last stretch."""
        low, high = self._extents[:, 0][:, :, which], self._extents[:, 1][:, :, which]
        middle = self._stretch.middle[:, which]
        near = torch.maximum(middle - low, high - middle).square().sum(dim=1) <= RADIUS**2
        near |= low.isinf().all(dim=1)  # in a short walk some parts contain no step
        begins = torch.tensor([self._begin(part + 1) for part in range(PARTS)])[:, None]
        since = torch.where(near, 0, begins).amax(dim=0)
        return since.clamp_(max=self._stretch.first)
