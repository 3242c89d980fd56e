"""Which pages may open a socket: those of this server, and those of origins that the operator has listed."""

from urllib.parse import SplitResult, urlsplit

PORTS = {"http": 80, "https": 443}


def may_connect(origin: str | None, host: str, allowed: frozenset[str]) -> bool:
    """Whether a page may open a socket.

    A browser always sends the origin of the page. Other programs send none and are admitted: they carry no visitor's
    cookies, and nothing here depends on cookies.

    Parameters
    ----------
    origin : str or None
        The Origin header.
    host : str
        The Host header.
    allowed : frozenset of str
        Other origins that may connect, in lower case.

    Examples
    --------
    >>> origins = ("https://adam.example", "http://b.example")
    >>> [may_connect(origin, "adam.example:443", frozenset()) for origin in origins]
    [True, False]
    """
    if origin is None:
        return True
    origin = origin.lower()
    page = _split(origin)
    if page is None or page.scheme not in PORTS or not page.netloc:
        return False
    place = _place(page)
    return origin in allowed or (place is not None and place == _place(_split(f"{page.scheme}://{host.lower()}")))


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises where it is not a number
    except ValueError:
        return None
    return parts


def _place(parts: SplitResult | None) -> tuple[str, str, int | None] | None:
    """Scheme, host and port, with the scheme's usual port where none is given; None for more than an origin."""
    if parts is None or parts.path not in {"", "/"} or parts.query or parts.fragment:
        return None
    before_port = parts.netloc if parts.port is None else parts.netloc.rpartition(":")[0]
    return parts.scheme, before_port.removesuffix(":"), parts.port or PORTS[parts.scheme]
