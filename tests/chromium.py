"""Find the browser of the browser tests; as a script, print where it is, or fail.

The variable CHROMIUM names it; without that, the usual names are tried.
"""

import os
import shutil
import sys

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

MISSING = (
    "No Chromium found. Install Chromium or Google Chrome (on Debian: apt-get install chromium), "
    "or name one: CHROMIUM=/path/to/chromium make test"
)


def find() -> str | None:
    """Return the browser's path, or None where there is none."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


if __name__ == "__main__":
    sys.exit(MISSING) if (found := find()) is None else print(found)
