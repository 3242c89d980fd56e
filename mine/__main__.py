"""The command ``python -m mine check PATH``: it checks all files of a folder, and says in plain words what is wrong."""

import sys
from pathlib import Path

USAGE = f"Usage: python -m {__package__} check PATH, with the path of a folder such as the one of MR_ADAM_MINE."


def main(arguments: list[str]) -> int:
    """Check a folder.

    Returns
    -------
    int
        0 if no file has a fault, 1 if one has, 2 if the command is not used as it should be.
    """
    if len(arguments) != 2 or arguments[0] != "check":
        print(USAGE, file=sys.stderr)  # noqa: T201 - a command prints its answer
        return 2
    # Torch takes seconds to import: only after the words of the command are known to be right.
    from mine.report import check

    lines, faulty = check(Path(arguments[1]))
    print("\n".join(lines))  # noqa: T201
    return int(faulty)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
