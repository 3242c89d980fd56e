"""The constants of the socket's messages and frames, in one record for the browser."""

from pydantic import BaseModel, ConfigDict

from backend.frames import FRAME_KINDS, HEADER, HEADER_FIELDS
from backend.messages import LIVE_MS, NEWER, OLDER, SLOTS, VERSION, Slot, Version
from trajectories import COLUMNS


class Wire(BaseModel):
    """The constants of messages and frames.

    Parameters
    ----------
    version : int
        The version of messages and frames; any other is refused with a sentence.
    older, newer : str
        The sentences for a page that is older than the server, and for one that is newer.
    slots : tuple of str
        The slots of one socket, which are answered concurrently; a frame's header has a slot's index in this list.
    live_ms : int
        The most milliseconds for which the browser waits for a complete walk while a pointer or slider is dragged.
    columns : tuple of str
        The columns that every walk has, in order: x, y, loss, and both components of the gradient.
    header_fields : tuple of str
        The header of a binary frame: unsigned little-endian integers of 32 bits.
    header_bytes : int
        The length of the header; the numbers follow it.
    frame_kinds : dict
        The number in the header for each kind of frame: steps, which are float64, and tones and weights of networks,
        which are float32.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Version = VERSION
    older: str = OLDER
    newer: str = NEWER
    slots: tuple[Slot, ...] = SLOTS
    live_ms: int = LIVE_MS
    columns: tuple[str, ...] = COLUMNS
    header_fields: tuple[str, ...] = HEADER_FIELDS
    frame_kinds: dict[str, int] = FRAME_KINDS
    header_bytes: int = HEADER.size


WIRE = Wire()
