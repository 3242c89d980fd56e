"""Where routes of our own lie: Streamlit puts the server's base path before its own routes only."""


def base_of(prefix: str) -> str:
    """The server's base path as paths begin with it: nothing, or a slash and its name.

    Parameters
    ----------
    prefix : str
        As somebody wrote it into the setting ``server.baseUrlPath``.

    Examples
    --------
    >>> [base_of(prefix) for prefix in ("", "/", "adam/", "/adam/app")]
    ['', '', '/adam', '/adam/app']
    """
    name = prefix.strip("/")
    return f"/{name}" if name else ""
