"""The learning rate beyond which gradient descent does not rest: where the curvature gives one, and where not."""

import pytest

from components.lesson.knobs import _edge
from surfaces import SURFACES, CriticalPoint, Landscape
from trajectories.terrain import stability_limit

BOUNDS = ((-2.0, 2.0), (-1.0, 1.0))
LOWEST = CriticalPoint(x=0.0, y=0.0, value=0.0, kind="minimum")


def landscape(loss):
    return Landscape(key="made up", loss=loss, bounds=BOUNDS, start=(1.0, 1.0), critical_points=(LOWEST,))


FLAT = landscape(lambda x, y: x**4 + y**4)
KINK = landscape(lambda x, y: (x**2 + y**2).sqrt())


def test_the_limit_is_two_over_the_sharpest_curvature():
    ravine = SURFACES["ravine"].landscape
    assert stability_limit(ravine, ravine.known_minima[0]) == pytest.approx(0.2)


@pytest.mark.parametrize("of", [FLAT, KINK], ids=["no curvature", "no number"])
def test_without_a_positive_curvature_there_is_no_limit(of):
    assert stability_limit(of, LOWEST) is None
    assert _edge(of) is None, "and the slider has no mark"
