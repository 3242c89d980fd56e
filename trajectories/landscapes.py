"""The landscape of a scenario: the only place that finds a landscape by its name."""

from surfaces import SURFACES, Landscape, Surface
from trajectories.once import once


# The cache has room for more than the catalogue. A name must give the same object as long as it is in use: the results
# computed for a landscape (traced gradient, minima, typical gradient norm) are cached with the object as the key.
@once(128)
def landscape_of(surface: str) -> Landscape:
    """The landscape with a name.

    Parameters
    ----------
    surface : str
        A key of ``surfaces.SURFACES``.

    Returns
    -------
    Landscape
        The same object each time.

    Raises
    ------
    KeyError
        If there is no such surface. Scenarios and links check that first.
    """
    return SURFACES[surface].landscape


def card_of(surface: str) -> Surface:
    """The catalogue card with a name.

    Raises
    ------
    KeyError
        If there is no such surface.
    """
    return SURFACES[surface]


def catalogue() -> tuple[Landscape, ...]:
    """All landscapes of the catalogue, which can be prepared before the first request."""
    return tuple(landscape_of(key) for key in SURFACES)
