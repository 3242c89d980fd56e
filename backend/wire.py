"""What the browser has to know of the socket before the first message: the one record of the wire's constants."""

from pydantic import BaseModel, ConfigDict

from backend.frames import HEADER, HEADER_FIELDS
from backend.messages import LIVE_MS, NEWER, OLDER, SLOTS, VERSION, Slot, Version
from trajectories import COLUMNS


class Wire(BaseModel):
    """The wire's constants.

    Parameters
    ----------
    version : int
        Of messages and frames; what has another is refused with a sentence.
    older, newer : str
        That sentence, by whether the page is older than the server or newer.
    slots : tuple of str
        What one socket is answered in side by side; a frame's header has a slot's place here.
    live_ms : int
        Up to how many milliseconds a walk under a gesture is waited for until it is whole.
    columns : tuple of str
        The columns that every walk has, in order: x, y, loss, and the gradient along x and y.
    header_fields : tuple of str
        The header of a binary frame: whole numbers of 32 bits, without a sign, little-endian.
    header_bytes : int
        Where the float64 begin.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Version = VERSION
    older: str = OLDER
    newer: str = NEWER
    slots: tuple[Slot, ...] = SLOTS
    live_ms: int = LIVE_MS
    columns: tuple[str, ...] = COLUMNS
    header_fields: tuple[str, ...] = HEADER_FIELDS
    header_bytes: int = HEADER.size


WIRE = Wire()
