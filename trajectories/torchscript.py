"""TorchScript, which is deprecated, without its warning."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def torchscript() -> Iterator[None]:
    """Silence the warning that TorchScript is deprecated.

    Its successors need a C++ compiler on the server. Without TorchScript everything works, only slower.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message=r".*torch\.jit\..* is (deprecated|not supported)", category=DeprecationWarning
        )
        yield
