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
# It keeps to this machine, and works without a graphics card.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find() -> str | None:
    """Return the browser's path, or None where there is none."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def advise() -> str:
    """A sentence for the case that no browser was found: what is missing and what to do."""
    if named := os.environ.get("CHROMIUM"):
        return f"CHROMIUM must name a program: got {named!r}. Without it, the usual places are searched."
    return (
        "No Chromium found. Install Chromium or Google Chrome (on Debian: apt-get install chromium), "
        "or name one: make test CHROMIUM=/path/to/chromium"
    )


if __name__ == "__main__":
    path = find()
    sys.exit(advise()) if path is None else print(path)
