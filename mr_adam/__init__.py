"""Mr. Adam for Python and notebooks: show the live stage, walk a scenario, and draw pictures for papers.

Nothing is imported before it is used, so that ``import mr_adam`` takes no time: torch alone needs seconds.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mr_adam.api import *  # noqa: F403

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if not name.startswith("_"):
        api = importlib.import_module("mr_adam.api")
        if name in api.__all__:
            return getattr(api, name)
    raise AttributeError(f"mr_adam has no {name!r}.")


def __dir__() -> list[str]:
    return [*importlib.import_module("mr_adam.api").__all__, "__version__"]
