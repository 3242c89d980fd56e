"""A hyperparameter's value at a step is part of the record."""

import numpy as np
import pytest

from trajectories import parse_link, simulate


def test_a_hyperparameter_has_a_value_at_each_step():
    (adam,) = simulate(parse_link("surface=hump&steps=3&run=adam:lr=0.25")[0])
    np.testing.assert_array_equal(adam.hyperparameter("lr"), [np.nan, 0.25, 0.25, 0.25])
    with pytest.raises(KeyError):
        adam.hyperparameter("momentum")
