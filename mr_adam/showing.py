"""Show the live stage: below a notebook's cell, or else in the browser."""

import sys
import threading
import webbrowser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mr_adam.server import Server
from trajectories import parse_link
from trajectories.sentences import show_text

PAGES = ("/", "/lessons")
HEIGHT = 720

_server = Server()


def show(link: str = "", *, height: int = HEIGHT, wait: bool | None = None) -> None:
    """Show a scenario or a lesson, alive: in Jupyter below the cell, elsewhere in the browser.

    The first call starts a server on a free port, which all later calls use. It is reachable from this machine only,
    and it ends with this process.

    Parameters
    ----------
    link : str
        What to show: a link or its query, such as ``"surface=hump&run=adam"``, or ``"/lessons?lesson=hump"``.
    height : int
        The height of the frame in a notebook, in pixels.
    wait : bool, optional
        Outside of a notebook: whether to wait until Ctrl+C. By default a script waits, since the server would end with
        it, and an interactive interpreter does not.

    Raises
    ------
    ValueError
        If a part of the link cannot be used; one sentence.
    RuntimeError
        If the server does not start; one sentence.
    """
    place = address(link)
    if in_notebook():
        _show_frame(place, height)
        return
    print(f"Mr. Adam: {place}")  # noqa: T201 - the address, if no browser opens
    webbrowser.open(place)
    if wait if wait is not None else not hasattr(sys, "ps1"):
        print("Ctrl+C ends the server.")  # noqa: T201
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


def address(link: str = "") -> str:
    """The address at which ``show`` shows a link; the server is started if it does not run.

    Raises
    ------
    ValueError
        If a part of the link cannot be used; one sentence.
    RuntimeError
        If the server does not start; one sentence.
    """
    path, query = read_place(link)
    return f"{_server.address()}{path}?{query}"


def read_place(link: str) -> tuple[str, str]:
    """The page and the query of a link; the query asks for the page without navigation.

    Raises
    ------
    ValueError
        If a part of the link cannot be used; one sentence.

    Examples
    --------
    >>> read_place("surface=hump&run=adam")
    ('/', 'surface=hump&run=adam&embed=true')
    >>> read_place("http://localhost:8501/lessons?lesson=hump")
    ('/lessons', 'lesson=hump&embed=true')
    >>> read_place("surface=hum&run=adam")
    Traceback (most recent call last):
    ValueError: No surface "hum". Did you mean "hump"? hump is used.
    """
    whole = link.startswith(("/", "?")) or "://" in link.partition("?")[0]
    parts = urlsplit(link if whole else f"?{link}")
    path, query = parts.path or "/", parts.query
    if path not in PAGES:
        raise ValueError(f"The pages are {' and '.join(PAGES)}: got {show_text(path)}.")
    names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
    if path == "/" and query:
        _, problems = parse_link(query)
        if problems:
            raise ValueError(problems[0])
    return path, query if "embed" in names else "&".join(filter(None, [query, "embed=true"]))


def in_notebook() -> bool:
    """Whether this process is the kernel of a notebook."""
    shell: Any = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell is not None and getattr(shell, "kernel", None) is not None


def _show_frame(place: str, height: int) -> None:
    from IPython.display import IFrame, display  # there, since this process is its kernel

    display(IFrame(place, width="100%", height=height))  # type: ignore[no-untyped-call]
