"""Write a scenario to a file: ``python -m exports FORMAT LINK FILE``."""

import sys
from collections.abc import Sequence
from pathlib import Path

from exports import FORMATS, ExportError
from exports.heading import read_link
from trajectories.sentences import show_text, suggest


def main(arguments: Sequence[str]) -> str | None:
    """Write the file, and return None; otherwise one sentence that says what is wrong.

    Parameters
    ----------
    arguments : sequence of str
        A key of ``exports.FORMATS``; a link, as an address or as a query; and the path of the file, or ``-`` for the
        standard output.
    """
    if len(arguments) != 3:
        formats = ", ".join(f"{key} ({form.suffix})" for key, form in FORMATS.items())
        return (
            f"Usage: python -m {__package__} FORMAT LINK FILE. The formats are {formats}. Put the link in quotation "
            f"marks; the file - is the standard output. Got {len(arguments)} of 3 arguments."
        )
    key, link, file = arguments
    if key not in FORMATS:
        return f"No format {show_text(key)}. {suggest(key, FORMATS)}"
    try:
        content = b"".join(FORMATS[key].write(read_link(link)))
        if file == "-":
            sys.stdout.buffer.write(content)
        else:
            Path(file).write_bytes(content)
    except ExportError as problem:
        return str(problem)
    except OSError as problem:
        return f"The file {show_text(file)} cannot be written: {problem.strerror}."
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
