"""Which pages may open a socket: those of this server, and those of origins that the operator has listed."""

from urllib.parse import SplitResult, urlsplit

PORTS = {"http": 80, "https": 443}


def may_connect(origin: str | None, host: str, allowed: frozenset[str]) -> bool:
    """Whether a page may open a socket.

    A browser always sends the origin of the page. Other programs send none and are admitted: they cannot use a
    visitor's cookies, and the app does not depend on cookies.

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
    parts = _origin(page)
    return origin in allowed or (parts is not None and parts == _origin(_split(f"{page.scheme}://{host.lower()}")))


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises where it is not a number
    except ValueError:
        return None
    return parts


def _origin(parts: SplitResult | None) -> tuple[str, str, int | None] | None:
    """Scheme, host and port, by default the scheme's usual port; None if the address has a path, query or fragment."""
    if parts is None or parts.path not in {"", "/"} or parts.query or parts.fragment:
        return None
    before_port = parts.netloc if parts.port is None else parts.netloc.rpartition(":")[0]
    return parts.scheme, before_port.removesuffix(":"), parts.port or PORTS[parts.scheme]
