"""The binary frames of the socket: a header of whole numbers, then a table: steps, tones of a map, or weights."""

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backend.messages import SLOTS, VERSION, Slot
from trajectories import KINDS, BasinMap, Chunk

# Unsigned integers of 32 bits, little-endian. The version is the first field in every version of the contract.
HEADER_FIELDS = ("version", "kind", "slot", "id", "first", "count", "runs", "columns", "parts")
# Padded to a multiple of 8 bytes, so that the float64 numbers after it are aligned.
HEADER = struct.Struct(f"<{len(HEADER_FIELDS)}I{4 * (len(HEADER_FIELDS) % 2)}x")
ADDRESS = struct.Struct("<2I")  # slot and id
ADDRESS_AT = 4 * HEADER_FIELDS.index("slot")
# weights: all weights of the runs of a network at the step ``first``, float32; ``columns`` is their number.
# cells: rows of a map of basins, from row ``first`` on; ``parts`` is the number of all its rows. See ``pack_cells``.
FRAME_KINDS = {"steps": 1, "tones": 2, "weights": 3, "cells": 4}


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


def pack_cells(slot: Slot, request: int, first: int, rows: int, found: Sequence[BasinMap]) -> bytes:
    """Pack some rows of a map of basins.

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
    found : sequence of BasinMap
        These rows, for each run.

    Returns
    -------
    bytes
        The header, then for each run a table of (count, columns): the steps as float32, then for each run the final
        losses as float32, then for each run one byte a cell. A byte below the number of ``KINDS`` is the index of an
        outcome; a larger one is that number plus the index of the minimum at which the walk arrives.
    """
    count, columns = found[0].kinds.shape
    header = HEADER.pack(
        VERSION, FRAME_KINDS["cells"], SLOTS.index(slot), request, first, count, len(found), columns, rows
    )
    numbers = [part.steps for part in found] + [part.losses for part in found]
    bytes_ = [np.where(part.minima >= 0, len(KINDS) + part.minima, part.kinds).astype(np.uint8) for part in found]
    return b"".join([header, *(table.astype("<f4").tobytes() for table in numbers), *(t.tobytes() for t in bytes_)])


def readdress(slot: Slot, request: int, packed: bytes) -> bytes:
    """Copy a packed chunk with the slot and id of another request."""
    address = ADDRESS.pack(SLOTS.index(slot), request)
    return packed[:ADDRESS_AT] + address + packed[ADDRESS_AT + ADDRESS.size :]
