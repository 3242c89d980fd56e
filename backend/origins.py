"""Who may open a socket: pages of this server, and of origins that the operator names."""

import os
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers

ORIGINS_VARIABLE = "MR_ADAM_ORIGINS"
ORIGIN = re.compile(r"https?://([^\s/?#@:\[\]*]+|\[[0-9a-f:.]+\])(:[0-9]+)?")


def allowed_origins() -> frozenset[str]:
    """The origins that ``MR_ADAM_ORIGINS`` lists, separated by commas: ``https://a.org,https://b.org:8443``.

    Raises
    ------
    ValueError
        If one of them is no origin: it would never match, and nobody would know why.
    """
    listed = [origin.strip() for origin in os.environ.get(ORIGINS_VARIABLE, "").split(",")]
    origins = {origin: origin.removesuffix("/").lower() for origin in listed if origin}
    for given, origin in origins.items():
        if ORIGIN.fullmatch(origin) is None:
            raise ValueError(
                f"{ORIGINS_VARIABLE} must list origins such as https://lms.example.org, separated by commas: "
                f"got {given!r}."
            )
    return frozenset(origins.values())


def may_connect(headers: Headers, allowed: frozenset[str]) -> bool:
    """Whether a socket may be opened.

    Every browser says which page opens a socket. Tools say nothing and may: they carry nobody's
    cookies, and nothing here needs any.

    Parameters
    ----------
    headers : Headers
        Of the request that opens the socket.
    allowed : frozenset of str
        Other origins that may.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    origin = origin.lower()
    try:
        page = urlsplit(origin)
    except ValueError:
        return False
    same = page.scheme in {"http", "https"} and bool(page.netloc) and page.netloc == headers.get("host", "").lower()
    return same or origin in allowed
