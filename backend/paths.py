"""The base path for our own routes: Streamlit adds it to its own routes only."""


def base_of(prefix: str) -> str:
    """The server's base path as a prefix of paths: empty, or a slash and the path without a slash at its end.

    Parameters
    ----------
    prefix : str
        The value of the setting ``server.baseUrlPath``, with or without slashes around it.

    Examples
    --------
    >>> [base_of(prefix) for prefix in ("", "/", "adam/", "/adam/app")]
    ['', '', '/adam', '/adam/app']
    """
    name = prefix.strip("/")
    return f"/{name}" if name else ""
