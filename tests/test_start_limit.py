"""The exact border of the starts from which gradient descent converges agrees with walks, without an exception."""

import numpy as np
import pytest
import torch

from surfaces import SURFACES
from trajectories.gradient import columns_evaluator

LIMITED = [surface.landscape for surface in SURFACES.values() if surface.landscape.start_limit is not None]
each_limited = pytest.mark.parametrize("landscape", LIMITED, ids=lambda land: land.key)


def descend(landscape, starts, lrs, steps):
    """The positions, (2, n), after plain gradient descent from each start with its learning rate."""
    evaluate, positions = columns_evaluator(landscape), starts.clone()
    with torch.inference_mode():
        for _ in range(steps):
            positions = positions - lrs * evaluate(positions)[1:]
    return positions


def draw(landscape, count, below):
    """Starts all over the map, (2, count), and learning rates up to a bound, (count,)."""
    generator = torch.Generator().manual_seed(7)
    low, high = torch.tensor(landscape.bounds, dtype=torch.float64).T[:, :, None]
    starts = low + (high - low) * torch.rand(2, count, dtype=torch.float64, generator=generator)
    return starts, below * (0.02 + 0.97 * torch.rand(count, dtype=torch.float64, generator=generator))


@each_limited
def test_walks_converge_exactly_on_one_side_of_the_border(landscape):
    limit = landscape.start_limit
    starts, lrs = draw(landscape, 8000, limit.below)
    ends = descend(landscape, starts, lrs, 4000)
    converges = lrs < limit.lr(*starts)
    assert 0.2 < converges.double().mean() < 0.8
    assert torch.equal(ends.isfinite().all(dim=0), converges)
    assert landscape.loss(*ends[:, converges]).max() < landscape.known_minima[0].value + 1e-6


@each_limited
def test_the_border_is_sharp(landscape):
    """Starts a millionth on either side of it: the one walk converges, the other does not."""
    limit = landscape.start_limit
    starts, _ = draw(landscape, 2000, limit.below)
    lrs = limit.lr(*starts)
    starts, lrs = starts[:, lrs < 0.9 * limit.below], lrs[lrs < 0.9 * limit.below]
    assert len(lrs) > 500
    inside, outside = (
        descend(landscape, starts, factor * lrs, 3000).isfinite().all(dim=0) for factor in (1 - 1e-6, 1 + 1e-6)
    )
    assert inside.all()
    assert not outside.any()


@each_limited
def test_the_limit_keeps_the_shape_of_the_starts(landscape):
    for shape in [(), (3,), (2, 3)]:
        found = landscape.start_limit.lr(*torch.full((2, *shape), 0.5, dtype=torch.float64))
        assert (found.shape, found.dtype) == (torch.Size(shape), torch.float64)


@pytest.mark.parametrize(
    ("lr", "period"), [(0.95, 1), (1.1, 2), (5**0.5 - 1 - 0.01, 2), (5**0.5 - 1 + 0.01, 4), (1.294, 8)]
)
def test_the_periods_on_the_hyperbola(lr, period):
    """From x = y the period doubles at 1, at sqrt(5) - 1, and near 1.288; above 1, starts beside it fall onto x = y."""
    landscape = SURFACES["hyperbola"].landscape
    starts = torch.tensor([[0.9, 0.9], [0.9, 0.8]], dtype=torch.float64)
    place = descend(landscape, starts, torch.tensor(lr, dtype=torch.float64), 8000)
    off_diagonal = (place[0] - place[1]).abs()
    assert off_diagonal[0] < 1e-9
    assert (off_diagonal[1] < 1e-9) == (lr > 1)
    seen = [place.numpy()]
    for _ in range(period):
        seen.append(descend(landscape, torch.tensor(seen[-1]), lr, 1).numpy())
    away = [float(np.abs(later - seen[0]).max()) for later in seen[1:]]
    assert away[-1] < 1e-9
    assert min(away[:-1], default=1.0) > 1e-3
