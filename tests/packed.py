"""Frames about many walks at once, made up, as Python packs them: the tests of the browser's modules read them."""

import numpy as np

from backend.frames import pack_cells, pack_fan, pack_orbits
from trajectories import KINDS, Axis, BasinMap, Orbits, Seeds


def packed() -> dict[str, str]:
    """The frames as hexadecimal digits, by their kind."""
    return {"cells": packed_cells(), "fan": packed_fan(), "orbits": packed_orbits()}


def packed_cells() -> str:
    """Rows 2 and 3, of 5, of a map of two runs with three columns, made up."""
    found = []
    for run in (0, 1):
        numbers = np.arange(6, dtype=np.int64).reshape(2, 3)
        minima = np.array([[0, 1, -1], [-1, -1, -1]])
        kinds = np.where(minima >= 0, minima, KINDS.index("still_moving") + run).astype(np.int8)
        ends, x, y = np.zeros((2, 3, 2)), np.arange(3.0), np.arange(2.0)
        found.append(
            BasinMap(
                x=x, y=y, ends=ends, losses=numbers / 4 - run, kinds=kinds, steps=numbers + 10 * run, minima=minima
            )
        )
    return pack_cells("map", 7, 2, 5, found).hex()


def packed_fan() -> str:
    """Three walks of run 1, made up: at the second minimum, diverged after two points, and still moving."""
    positions = np.arange(24, dtype=float).reshape(3, 4, 2) / 4
    positions[1, 2:] = np.nan
    kinds = np.array([KINDS.index(kind) for kind in ("local_minimum", "diverged", "still_moving")], dtype=np.int8)
    steps, minima = np.array([2, 1, 3]), np.array([1, -1, -1])
    found = Seeds(seeds=np.arange(3), positions=positions, kinds=kinds, steps=steps, minima=minima)
    return pack_fan("seeds", 8, 1, found, 16).hex()


def packed_orbits() -> str:
    """Two values with three positions each, made up: at rest, and diverged."""
    positions = np.arange(12, dtype=float).reshape(2, 3, 2) / 4
    positions[1, 2] = np.nan
    found = Orbits(
        axis=Axis(name="lr"),
        values=np.array([0.1, 0.2]),
        positions=positions,
        losses=positions[..., 0] + 1,
        kinds=np.array([KINDS.index("flat"), KINDS.index("diverged")], dtype=np.int8),
        periods=np.array([1, 0]),
    )
    return pack_orbits("orbits", 9, found).hex()
