"""The binary frames of the socket: a header of whole numbers, then a table: steps, tones of a map, or weights."""

import struct
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from backend.messages import SLOTS, VERSION, Slot
from trajectories import KINDS, Chunk, Orbits, Seeds
from trajectories.thinning import thin_paths
from trajectories.verdicts import GLOBAL, LOCAL, NOWHERE

# Unsigned integers of 32 bits, little-endian. The version is the first field in every version of the contract.
HEADER_FIELDS = ("version", "kind", "slot", "id", "first", "count", "runs", "columns", "parts")
# Padded to a multiple of 8 bytes, so that the float64 numbers after it are aligned.
HEADER = struct.Struct(f"<{len(HEADER_FIELDS)}I{4 * (len(HEADER_FIELDS) % 2)}x")
ADDRESS, FIRST = struct.Struct("<2I"), struct.Struct("<I")  # slot and id; the field after them
ADDRESS_AT = 4 * HEADER_FIELDS.index("slot")
# weights: all weights of the runs of a network at the step ``first``, float32; ``columns`` is their number.
# cells: rows of a map of basins or of settings, from row ``first`` on; ``parts`` is the number of all its rows. See
# ``pack_cells``.
# fan: the walks of run ``first`` with many seeds. See ``pack_fan``.
# orbits: the last positions of a run for each value of a setting. See ``pack_orbits``.
FRAME_KINDS = {"steps": 1, "tones": 2, "weights": 3, "cells": 4, "fan": 5, "orbits": 6}


class CellTable(Protocol):
    """The cells of a map for one run, (rows, columns) each; ``minima`` is -1 where a walk arrives at none."""

    @property
    def kinds(self) -> NDArray[np.int8]:
        """The outcomes, as indices into ``KINDS``."""

    @property
    def steps(self) -> NDArray[np.int64]:
        """The first step from which the outcome holds."""

    @property
    def losses(self) -> NDArray[np.float64]:
        """The losses."""

    @property
    def minima(self) -> NDArray[np.int64]:
        """The minimum at which a walk arrives."""


def pack(slot: Slot, request: int, chunk: Chunk) -> list[bytes]:
    """Pack a chunk for the socket.

    Parameters
    ----------
    slot : str
        The slot of the request.
    request : int
        Its id.
    chunk : Chunk
        Consecutive steps of all runs.

    Returns
    -------
    list of bytes
        The frame of the steps: the header (see ``HEADER_FIELDS``), then float64, little-endian, in C order: the values,
        (runs, count, columns), and the parts of one run's steps, (count, parts, 2), if there are any. Then a frame for
        each step of ``chunk.weights``: the header, and float32, (runs, columns).
    """
    runs, count, columns = chunk.values.shape
    tables = [chunk.values] if chunk.inside is None else [chunk.values, chunk.inside]
    body = b"".join(table.astype("<f8", copy=False).tobytes() for table in tables)
    header = HEADER.pack(
        VERSION, FRAME_KINDS["steps"], SLOTS.index(slot), request, chunk.first, count, runs, columns, len(chunk.parts)
    )
    return [header + body, *(_pack_weights(slot, request, step, table) for step, table in chunk.weights.items())]


def _pack_weights(slot: Slot, request: int, step: int, table: NDArray[np.float32]) -> bytes:
    kind, (runs, size) = FRAME_KINDS["weights"], table.shape
    header = HEADER.pack(VERSION, kind, SLOTS.index(slot), request, step, 1, runs, size, 0)
    return header + table.astype("<f4", copy=False).tobytes()


def pack_tones(slot: Slot, request: int, tones: NDArray[np.float32]) -> bytes:
    """Pack the tones of a map, (rows, columns): the header, with ``count`` rows, then float32, little-endian."""
    rows, columns = tones.shape
    header = HEADER.pack(VERSION, FRAME_KINDS["tones"], SLOTS.index(slot), request, 0, rows, 1, columns, 0)
    return header + tones.astype("<f4", copy=False).tobytes()


def pack_cells(slot: Slot, request: int, first: int, rows: int, found: Sequence[CellTable]) -> bytes:
    """Pack some rows of a map of basins or of settings.

    Parameters
    ----------
    slot : str
        The slot of the request.
    request : int
        Its id.
    first : int
        The lowest of these rows in the map; y increases with the row.
    rows : int
        The number of all rows of the map.
    found : sequence of CellTable
        These rows, for each run.

    Returns
    -------
    bytes
        The header, then for each run a table of (count, columns): the steps as float32, then for each run the losses
        as float32, then for each run one byte a cell. A byte below the number of ``KINDS`` is the index of an
        outcome; a larger one is that number plus the index of the minimum at which the walk arrives.
    """
    count, columns = found[0].kinds.shape
    header = HEADER.pack(
        VERSION, FRAME_KINDS["cells"], SLOTS.index(slot), request, first, count, len(found), columns, rows
    )
    numbers = [part.steps for part in found] + [part.losses for part in found]
    bytes_ = [_outcome_bytes(part.kinds, part.minima) for part in found]
    return b"".join([header, *(table.astype("<f4").tobytes() for table in numbers), *bytes_])


def pack_fan(slot: Slot, request: int, run: int, found: Seeds, points: int) -> bytes:
    """Pack the walks of a run with many seeds.

    Parameters
    ----------
    slot : str
        The slot of the request.
    request : int
        Its id.
    run : int
        The index of the run in the request.
    found : Seeds
        The walks.
    points : int
        The largest number of points of a path: see ``thinning.thin_paths``.

    Returns
    -------
    bytes
        The header, with ``count`` walks; then, for each walk, the number of its path's points as uint32; all points, as
        pairs of float32; for each walk the step from which its outcome holds, as uint32; and one byte for each walk,
        the outcome as in ``pack_cells``.
    """
    paths = thin_paths(found.positions, points)
    counts = np.array([len(path) for path in paths])
    arrives = (found.kinds == GLOBAL) | (found.kinds == LOCAL)
    header = HEADER.pack(VERSION, FRAME_KINDS["fan"], SLOTS.index(slot), request, run, len(paths), 1, 2, 0)
    numbers = [counts.astype("<u4"), *(path.astype("<f4", copy=False) for path in paths), found.steps.astype("<u4")]
    outcomes = _outcome_bytes(found.kinds, np.where(arrives, found.minima, NOWHERE))
    return b"".join([header, *(table.tobytes() for table in numbers), outcomes])


def pack_orbits(slot: Slot, request: int, found: Orbits) -> bytes:
    """Pack the bifurcation view.

    Returns
    -------
    bytes
        The header, with ``count`` values and ``columns`` positions for each; then the values as float64; tables of x,
        of y and of the loss as float32, (count, columns) each; then for each value the outcome, an index into
        ``KINDS``, and the period, one byte each.
    """
    count, last = found.losses.shape
    header = HEADER.pack(VERSION, FRAME_KINDS["orbits"], SLOTS.index(slot), request, 0, count, 1, last, 0)
    with np.errstate(over="ignore"):  # a number beyond the range of float32 is infinite
        tables = [table.astype("<f4") for table in (found.positions[..., 0], found.positions[..., 1], found.losses)]
    bytes_ = [table.astype(np.uint8) for table in (found.kinds, found.periods)]
    return b"".join([header, *(table.tobytes() for table in (found.values.astype("<f8"), *tables, *bytes_))])


def _outcome_bytes(kinds: NDArray[np.int8], minima: NDArray[np.int64]) -> bytes:
    return np.where(minima >= 0, len(KINDS) + minima, kinds).astype(np.uint8).tobytes()


def readdress(slot: Slot, request: int, packed: bytes, first: int | None = None) -> bytes:
    """Copy a packed frame with the slot and id of another request; where ``first`` is given, with this number, too."""
    address = ADDRESS.pack(SLOTS.index(slot), request)
    if first is not None:
        address += FIRST.pack(first)
    return packed[:ADDRESS_AT] + address + packed[ADDRESS_AT + len(address) :]
