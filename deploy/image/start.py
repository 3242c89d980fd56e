"""Start what the container is for: the server, the check of a folder of own files, or another command.

``docker run mr-adam`` serves, ``docker run mr-adam check`` checks ``/mine``, and any other words are a command.
"""

import os
import sys

SERVE = (sys.executable, "-m", "streamlit", "run", "app.py")
FOLDER = "/mine"


def command(words: list[str]) -> list[str]:
    """The command that the words after ``docker run mr-adam`` stand for.

    Examples
    --------
    >>> command([])[1:], command(["check"])[1:], command(["check", "/other"])[1:], command(["python", "-V"])
    (['-m', 'streamlit', 'run', 'app.py'], ['-m', 'mine', 'check', '/mine'], ['-m', 'mine', 'check', '/other'], \
['python', '-V'])
    """
    match words:
        case []:
            return [*SERVE]
        case ["check"]:
            return [sys.executable, "-m", "mine", "check", os.environ.get("MR_ADAM_MINE") or FOLDER]
        case ["check", *rest]:
            return [sys.executable, "-m", "mine", "check", *rest]
    return words


if __name__ == "__main__":
    started = command(sys.argv[1:])
    # The command takes the place of this process, so that it receives SIGTERM itself.
    os.execvp(started[0], started)  # noqa: S606 - the words are those of whoever starts the container
