"""The checks of a surface: its loss, its critical points and its presets are as its record says.

Each check takes the record and yields a sentence for everything that is wrong. The tests call the same checks on the
surfaces of the app.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor

from mine.of_links import whole
from surfaces import CriticalPoint, Landscape, Surface
from trajectories import KINDS, Scenario, Trajectory, simulate

EXACT = 1e-9  # to which the positions of critical points are stated
SHAPES = ((), (1,), (5,), (2, 3), (0,))

Simulate = Callable[[Scenario], Sequence[Trajectory]]


def tensor(values: object) -> Tensor:
    """Numbers as a tensor, float64."""
    return torch.tensor(values, dtype=torch.float64)


def grid(landscape: Landscape, count: int) -> tuple[Tensor, Tensor]:
    """All points of a grid over the map, edges included: two flat tensors."""
    axes = [torch.linspace(low, high, count, dtype=torch.float64) for low, high in landscape.bounds]
    x, y = torch.meshgrid(*axes, indexing="ij")
    return x.flatten(), y.flatten()


def slope_and_curvature(landscape: Landscape, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Gradient (2, n) and Hessian (n, 2, 2) by autograd."""
    x, y = x.clone().requires_grad_(), y.clone().requires_grad_()
    slope = torch.autograd.grad(landscape.loss(x, y).sum(), (x, y), create_graph=True)
    rows = [torch.autograd.grad(part.sum(), (x, y), retain_graph=True, materialize_grads=True) for part in slope]
    return torch.stack(slope).detach(), torch.stack([torch.stack(row, -1) for row in rows], -2)


def newton_steps(landscape: Landscape, x: Tensor, y: Tensor) -> Tensor:
    """Where Newton's method would go next: the distance to the critical point, if one is near, (n, 2)."""
    slope, curvature = slope_and_curvature(landscape, x, y)
    step: Tensor = -(torch.linalg.pinv(curvature) @ slope.T[..., None])[..., 0]
    return step


def keeps_shape_and_dtype(surface: Surface) -> Iterator[str]:
    """``loss`` returns a float64 tensor of the shape that it gets."""
    for shape in SHAPES:
        x, y = torch.full((2, *shape), 0.3, dtype=torch.float64)
        loss: object = surface.landscape.loss(x, y)
        if not isinstance(loss, Tensor):
            yield f"loss must return a tensor: got {type(loss).__name__}."
            return
        if (tuple(loss.shape), loss.dtype) != (shape, torch.float64):
            got = f"{loss.dtype} of shape {tuple(loss.shape)}"
            yield f"loss must return float64 numbers of the shape of x and y, {shape}: got {got}."
            return


def has_independent_elements(surface: Surface) -> Iterator[str]:
    """``loss`` is computed element by element."""
    landscape, generator = surface.landscape, torch.Generator().manual_seed(0)
    low, high = tensor(landscape.bounds).T
    x, y = (low + (high - low) * torch.rand(7, 2, dtype=torch.float64, generator=generator)).T
    alone = torch.stack([landscape.loss(x[i], y[i]) for i in range(7)])
    x, y = x.clone().requires_grad_(), y.clone().requires_grad_()
    loss = landscape.loss(x, y)
    rows = [torch.autograd.grad(one, (x, y), retain_graph=True, materialize_grads=True) for one in loss]
    influence = [torch.stack(parts) for parts in zip(*rows, strict=True)]
    mixed = any((part - torch.diag(torch.diagonal(part))).count_nonzero() for part in influence)
    if mixed or not torch.allclose(loss, alone, rtol=1e-12, atol=1e-12):
        yield "loss must work element by element, without sum or mean: the loss at a point depends on other points."


def is_finite_on_the_map(surface: Surface) -> Iterator[str]:
    """Loss and gradient are finite on the whole map."""
    landscape = surface.landscape
    points = tensor([*((p.x, p.y) for p in landscape.critical_points), landscape.start, (0.0, 0.0)])
    x, y = (torch.cat(pair).requires_grad_() for pair in zip(grid(landscape, 201), points.T, strict=True))
    loss = landscape.loss(x, y)
    if not loss.requires_grad:
        yield "loss must be computed from x and y by torch's functions: it has no gradient."
        return
    slopes = torch.autograd.grad(loss.sum(), (x, y), materialize_grads=True)
    for name, numbers in (("the loss", loss), ("the slope along x", slopes[0]), ("the slope along y", slopes[1])):
        broken = (~numbers.isfinite()).nonzero()
        if len(broken):
            at = int(broken[0])
            yield f"{name} must be finite on the whole map: got {numbers[at].item()} at {_point(x[at], y[at])}."
            return  # where the loss is not finite, the slopes are not finite either


def begins_on_a_slope(surface: Surface) -> Iterator[str]:
    """A walk can begin at the start, and the start can be dragged."""
    landscape = surface.landscape
    slope, _ = slope_and_curvature(landscape, *tensor([landscape.start]).T)
    if not slope.abs().max() > 1e-6:
        yield f"start must have a slope, or no walk leaves it: got a gradient of zero at {landscape.start}."
    for name, value, (low, high) in zip("xy", landscape.start, landscape.bounds, strict=True):
        if not 0.03 < (value - low) / (high - low) < 0.97:
            yield (
                f"start must be at least 3 % of the map away from the edge, so that it can be dragged: got {name} = "
                f"{value:g} on a map from {low:g} to {high:g}."
            )


def has_links_that_are_used_whole(surface: Surface) -> Iterator[str]:
    """Every part of a preset's link has a meaning, and one outcome is claimed for each run."""
    for preset in surface.presets:
        scenario, wrong = whole(f"surface={surface.key}&{preset.link}")
        yield from (f"preset {preset.key!r}: {sentence}" for sentence in wrong)
        for kind in preset.expect:
            if kind not in KINDS:
                yield f"preset {preset.key!r}: expect must hold outcomes, {', '.join(KINDS)}: got {kind!r}."
        if len(preset.expect) != len(scenario.runs) and not wrong:
            yield (
                f"preset {preset.key!r}: expect must have an outcome for each of the {len(scenario.runs)} runs: "
                f"got {len(preset.expect)}."
            )


def has_the_stated_values(surface: Surface) -> Iterator[str]:
    """The loss has the values of ``check_values``, which are not at a critical point."""
    landscape = surface.landscape
    for check in surface.check_values:
        loss = landscape.loss(tensor(check.x), tensor(check.y)).item()
        at = f"at ({check.x:g}, {check.y:g})"
        if not math.isclose(loss, check.value, rel_tol=1e-9, abs_tol=1e-9):
            yield f"check_values: the loss {at} must be {check.value!r}: got {loss!r}."
        slope, _ = slope_and_curvature(landscape, tensor([check.x]), tensor([check.y]))
        if not slope.norm() > 1e-6:
            yield f"check_values: the gradient {at} is zero; the value at a point with a slope says more."
    points = landscape.critical_points
    if points and all(math.dist((c.x, c.y), (p.x, p.y)) <= 0.1 for c in surface.check_values for p in points):
        yield "check_values: use a point that is more than 0.1 away from every critical point."


def has_critical_points_with_their_values(surface: Surface) -> Iterator[str]:
    """At each critical point the loss is the stated one."""
    for point in surface.landscape.critical_points:
        loss = surface.landscape.loss(tensor(point.x), tensor(point.y)).item()
        if not math.isclose(loss, point.value, rel_tol=1e-9, abs_tol=1e-9):
            yield f"critical_points: the loss at {_place(point)} must be the stated {point.value!r}: got {loss!r}."


def has_exact_critical_points(surface: Surface) -> Iterator[str]:
    """Critical points are on the map, differ, and are exact."""
    landscape = surface.landscape
    seen: list[tuple[float, float]] = []
    for point in landscape.critical_points:
        if not all(low <= at <= high for at, (low, high) in zip((point.x, point.y), landscape.bounds, strict=True)):
            yield f"critical_points: {_place(point)} is not on the map {landscape.bounds}."
        if any(math.dist((point.x, point.y), other) < 1e-6 for other in seen):
            yield f"critical_points: {_place(point)} is listed twice."
        seen.append((point.x, point.y))
        away = newton_steps(landscape, tensor([point.x]), tensor([point.y]))[0]
        if not away.norm() < EXACT:
            better = f"({point.x + away[0].item()!r}, {point.y + away[1].item()!r})"
            yield f"critical_points: {_place(point)} must be exact to {EXACT:g}; Newton's method goes on to {better}."


def has_critical_points_of_their_kind(surface: Surface) -> Iterator[str]:
    """Each critical point is a minimum, saddle or maximum, as listed, by its second derivatives."""
    for point in surface.landscape.critical_points:
        _, curvature = slope_and_curvature(surface.landscape, tensor([point.x]), tensor([point.y]))
        lower, upper = torch.linalg.eigvalsh(curvature)[0].tolist()
        if point.level:
            if not (point.kind == "minimum" and abs(lower) <= 1e-9 * upper):
                yield f"critical_points: {_place(point)} is listed as one of a level curve of minima, and is none."
            continue
        # A curvature of zero would leave the kind open. No listed point may hide behind that.
        if not min(abs(lower), abs(upper)) > 1e-6 * max(abs(lower), abs(upper)):
            yield f"critical_points: the kind of {_place(point)} is open, since a second derivative is zero there."
            continue
        kind = "minimum" if lower > 0 else "maximum" if upper < 0 else "saddle"
        if point.kind != kind:
            yield f"critical_points: {_place(point)} must be listed as {kind}: got {point.kind}."


def has_level_curves(surface: Surface) -> Iterator[str]:
    """A point of a level curve has equally low points on both sides, and no lower one."""
    turns = torch.linspace(0, 2 * math.pi, 10_001, dtype=torch.float64)[:-1]
    for point in [point for point in surface.landscape.critical_points if point.level]:
        ring = surface.landscape.loss(point.x + 0.1 * turns.cos(), point.y + 0.1 * turns.sin()) - point.value
        low = ring < 1e-5 * ring.max()
        if not (ring.min() >= -1e-12 and (low & ~low.roll(1)).sum() == 2):
            yield f"critical_points: no level curve of minima goes through {_place(point)}."


def has_its_lowest_point_first(surface: Surface) -> Iterator[str]:
    """Nothing on the map is lower than the global minimum."""
    landscape = surface.landscape
    if not landscape.known_minima:
        return
    x, y = grid(landscape, 501)
    losses, lowest = landscape.loss(x, y), landscape.known_minima[0]
    at = int(losses.argmin())
    if not losses[at] >= lowest.value - 1e-9:
        yield (
            f"critical_points: the first must be the lowest point of the map: the loss at {_point(x[at], y[at])} is "
            f"{losses[at].item():g}, below {lowest.value:g}."
        )


def lists_every_minimum(surface: Surface) -> Iterator[str]:
    """If a landscape lists minima, it lists all of those on the map."""
    landscape = surface.landscape
    if not landscape.known_minima:
        return
    count = 301
    x, y = grid(landscape, count)
    losses = landscape.loss(x, y).reshape(count, count)
    inner = losses[1:-1, 1:-1]
    around = torch.stack([losses.roll((i, j), (0, 1))[1:-1, 1:-1] for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j])
    column, row = (inner < around.amin(0)).nonzero().T + 1
    seeds = torch.stack([x.reshape(count, count)[column, row], y.reshape(count, count)[column, row]], 1)
    cell = (tensor(landscape.bounds) @ tensor([-1.0, 1.0])) / (count - 1)
    listed = tensor([(p.x, p.y) for p in landscape.known_minima])
    at = seeds
    for _ in range(30):
        at = at + newton_steps(landscape, at[:, 0], at[:, 1])
    _, curvature = slope_and_curvature(landscape, at[:, 0], at[:, 1])
    lower, upper = torch.linalg.eigvalsh(curvature).T
    moved = ((at - seeds) / cell).abs().amax(1)
    found = at[(moved < 3) & (lower > 1e-6 * upper)]  # else a step of the grid in a slanting valley, or a level ring
    for missed in found[(found[:, None] - listed).norm(dim=2).amin(1) >= EXACT]:
        exact = f"({missed[0].item()!r}, {missed[1].item()!r})"
        yield f"critical_points: the minimum at {exact} must be listed, too."


def has_presets_that_end_as_claimed(surface: Surface, walks_of: Simulate = simulate) -> Iterator[str]:
    """Every run of every preset ends with the outcome that the preset claims."""
    for preset in surface.presets:
        scenario, wrong = whole(f"surface={surface.key}&{preset.link}")
        if wrong or len(preset.expect) != len(scenario.runs):
            continue  # another check has said so
        for run, walk, claimed in zip(scenario.runs, walks_of(scenario), preset.expect, strict=True):
            if walk.outcome.kind != claimed:
                yield (
                    f"preset {preset.key!r}: the run of {run.label} must end as expect says, {claimed}: "
                    f"it ends as {walk.outcome.kind}."
                )


def has_a_formula_that_can_be_typeset(surface: Surface) -> Iterator[str]:
    """Brackets and environments of ``latex`` are closed, and it has no delimiters."""
    pairs = [("{", "}"), (r"\begin{", r"\end{"), ("(", ")")]
    for opening, closing in pairs:
        if surface.latex.count(opening) != surface.latex.count(closing):
            yield f"latex must close every {opening}: got {surface.latex!r}."
    if "$" in surface.latex:
        yield f"latex must have no dollar signs: got {surface.latex!r}."


FIRST = (
    keeps_shape_and_dtype,
    is_finite_on_the_map,
    has_independent_elements,
    begins_on_a_slope,
    has_links_that_are_used_whole,
)
FURTHER = (
    has_a_formula_that_can_be_typeset,
    has_the_stated_values,
    has_critical_points_with_their_values,
    has_exact_critical_points,
    has_critical_points_of_their_kind,
    has_level_curves,
    has_its_lowest_point_first,
    lists_every_minimum,
    has_presets_that_end_as_claimed,
)


def _place(point: CriticalPoint) -> str:
    return f"the {point.kind} at ({point.x:g}, {point.y:g})"


def _point(x: Tensor, y: Tensor) -> str:
    return f"({x.item():.4g}, {y.item():.4g})"
