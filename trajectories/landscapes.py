"""Which landscape a scenario names: the one place that turns a name into what is walked on."""

from surfaces import SURFACES, Landscape, Surface
from trajectories.once import once


# More than the catalogue holds. A name must give the same landscape for as long as it is in use, since all that is
# computed of a landscape (its gradient's trace, its minima, its typical slope) is kept by it.
@once(128)
def landscape_of(surface: str) -> Landscape:
    """Resolve a scenario's surface.

    Parameters
    ----------
    surface : str
        A key of ``surfaces.SURFACES``.

    Returns
    -------
    Landscape
        The same one each time.

    Raises
    ------
    KeyError
        If there is no such surface: a scenario and a link check it before.
    """
    return SURFACES[surface].landscape


def card_of(surface: str) -> Surface:
    """The card of a scenario's surface.

    Raises
    ------
    KeyError
        If there is no such surface.
    """
    return SURFACES[surface]


def catalogue() -> tuple[Landscape, ...]:
    """The landscapes that everybody may pick: what can be made ready before anybody asks."""
    return tuple(landscape_of(key) for key in SURFACES)
