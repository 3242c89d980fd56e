"""The command ``mr-adam``: serve the app of the installed package."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from mr_adam.names import share_names

HERE = Path(__file__).parent
# Installed, the app lies in this package; in the project's own folder, beside it.
APP = HERE if (HERE / "app.py").is_file() else HERE.parent
HIGHEST_PORT = 65_535


def read_port(text: str) -> int:
    """A port as a number.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is none; one sentence.
    """
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"a port is a whole number from 1 to {HIGHEST_PORT}: got {text!r}.")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """What the command understands."""
    command = argparse.ArgumentParser(
        prog="mr-adam",
        description="Serve Mr. Adam: optimizers of torch descend loss surfaces, step by step, in the browser.",
        epilog="Streamlit's settings and the variables MR_ADAM_... work as they do from the project's folder.",
    )
    command.add_argument("--port", type=read_port, default=8501, help="the port; by default 8501")
    command.add_argument(
        "--address", default="localhost", help="where to listen: localhost by default, 0.0.0.0 for the network"
    )
    # For a server that a notebook has started: it ends with the notebook's process, which holds the other end.
    command.add_argument("--until-input-ends", action="store_true", help=argparse.SUPPRESS)
    return command


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until Ctrl+C.

    Parameters
    ----------
    arguments : sequence of str, optional
        By default those of the command line.

    Raises
    ------
    SystemExit
        When the server ends, or if an argument is invalid.
    """
    given = parser().parse_args(arguments)
    if given.until_input_ends:
        threading.Thread(target=_end_with_input, daemon=True).start()
    if APP == HERE:
        share_names(HERE)
    mine = os.environ.get("MR_ADAM_MINE")
    if mine:  # a path is relative to the folder in which the command was given
        os.environ["MR_ADAM_MINE"] = str(Path(mine).absolute())
    os.chdir(APP)  # Streamlit looks for its settings there, and the pages for the app's icon
    from streamlit.web import cli  # late, so that a wrong argument is answered at once

    print(f"Mr. Adam: http://{given.address}:{given.port} (Ctrl+C ends it)", flush=True)  # noqa: T201
    options = ["--server.port", str(given.port), "--server.address", given.address]
    cli.main(["run", "app.py", *options], prog_name="streamlit")


def _end_with_input() -> None:
    """End the server when the standard input ends: when whoever has started it is gone."""
    sys.stdin.buffer.read()
    signal.raise_signal(signal.SIGTERM)


if __name__ == "__main__":
    main()
