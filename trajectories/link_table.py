"""The parts of a link, as tables that both Python and the browser use to write links."""

import re
from fnmatch import translate
from typing import Literal

from pydantic import BaseModel, ConfigDict


class LinkField(BaseModel):
    """One part of a link.

    Parameters
    ----------
    key : str
        Its name in the link.
    field : str
        The scenario's field that it holds.
    kind : {"name", "text", "number", "numbers", "letters", "runs", "points", "rows"}
        How it is written: as a name; as a text, percent-encoded; as a number of the spelling ``link``; as several of
        them separated by commas, left out if there are none; once for each letter of a formula, as ``a:1.5`` or, with
        the ends of its slider, ``a:1.5:0..3``; once for each run, as ``key:name=number,name=number``, without
        hyperparameters at their default; once for each edit of an example, as ``3:12.5,40``, ``3:out`` or
        ``new:12.5,40``; or as rows separated by semicolons, each several numbers.
    left_out : float, str or None
        The value at which the link omits the part; None: it is always written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    field: str
    kind: Literal["name", "text", "number", "numbers", "letters", "runs", "points", "rows"]
    left_out: float | str | None = None


class LinkTable(BaseModel):
    """The parts of a link, in the order in which they are written.

    Parameters
    ----------
    fields : tuple of LinkField
        The parts that make up a scenario.
    others : tuple of str
        Other names in the address, used by Streamlit and by the pages. They are not part of a scenario, and get no
        sentence.
    stay : tuple of str
        Those of ``others`` that stay in the address when the scenario or the page changes.
    new, out : str
        The words for an added example and for one that is left out.
    between : str
        What separates the ends of a slider.
    most_rows : int
        A table with more rows is left out, and the edits of its examples, too.
    offer : tuple of str
        Those of ``others`` that say what the page offers (``trajectories/offer.py``): they stay while the scenario
        changes.
    opening : tuple of str
        Those of ``others`` that say how the stage opens (``trajectories/opening.py``): they stay until the visitor
        changes something.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: tuple[LinkField, ...]
    others: tuple[str, ...]
    stay: tuple[str, ...]
    new: str
    out: str
    between: str
    most_rows: int
    offer: tuple[str, ...]
    opening: tuple[str, ...]


OFFER = ("controls", "hide", "title", "lock")
OPENING = ("step", "play", "speed", "scale", "open")
LINK = LinkTable(
    fields=(
        LinkField(key="surface", field="surface", kind="name", left_out="own"),
        LinkField(key="f", field="formula", kind="text"),
        LinkField(key="box", field="box", kind="numbers"),
        LinkField(key="let", field="letters", kind="letters"),
        LinkField(key="start", field="start", kind="numbers"),
        LinkField(key="steps", field="steps", kind="number"),
        LinkField(key="batch", field="batch", kind="number", left_out=0.0),
        LinkField(key="noise", field="noise", kind="number", left_out=0.0),
        LinkField(key="seed", field="seed", kind="number", left_out=0.0),
        LinkField(key="run", field="runs", kind="runs"),
        LinkField(key="table", field="table", kind="rows"),
        LinkField(key="point", field="points", kind="points"),
    ),
    others=(
        "basins",
        "embed",
        "embed_options",
        "hidden",
        "inside",
        "lesson",
        "model",
        "present",
        "seeds",
        "settings",
        "slots",
        "window",
        *OFFER,
        *OPENING,
    ),
    stay=("embed", "embed_options", "present"),
    new="new",
    out="out",
    between="..",
    most_rows=60,
    offer=OFFER,
    opening=OPENING,
)
KEYS = tuple(field.key for field in LINK.fields)

# An address copied from the source of an HTML page has "&amp;" between its parts: after a split at "&",
# names begin with "amp;".
_ESCAPED = re.compile(r"(?:(?:amp|#0*38|#x0*26);)+", re.IGNORECASE)

# Names that mail programs, social networks and advertisers append to addresses; a star stands for any ending. The app
# does not use them and the visitor did not write them, so they are ignored without a sentence.
TRACKING = (
    "_ga*",
    "_hs*",
    "dclid",
    "fb_*",
    "fbclid",
    "gad_*",
    "gbraid",
    "gclid",
    "gclsrc",
    "hsctatracking",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "mtm_*",
    "oly_anon_id",
    "oly_enc_id",
    "pk_*",
    "ref",
    "ref_*",
    "s_cid",
    "si",
    "sc_*",
    "srsltid",
    "ttclid",
    "twclid",
    "utm_*",
    "vero_id",
    "wbraid",
    "yclid",
)
_TRACKING = re.compile("|".join(map(translate, TRACKING)), re.IGNORECASE)


def is_tracking(name: str) -> bool:
    """Whether a name in an address serves to track visitors.

    Examples
    --------
    >>> [is_tracking(name) for name in ("utm_source", "FBCLID", "seed", "start")]
    [True, True, False, False]
    """
    return _TRACKING.fullmatch(name) is not None


def plain_name(name: str) -> str:
    """The name of a part of an address, without the rest of an HTML-escaped ``&`` before it.

    Examples
    --------
    >>> [plain_name(name) for name in ("amp;start", "#38;start", "amp;amp;start", "start")]
    ['start', 'start', 'start', 'start']
    """
    match = _ESCAPED.match(name)
    return name[match.end() :] if match else name
