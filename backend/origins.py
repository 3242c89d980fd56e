"""Who may open a socket: pages of this server, and of origins that the operator names."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers


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
