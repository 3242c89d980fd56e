"""The check of a link in a file: every part of it has a meaning."""

from trajectories import Scenario, parse_link


def whole(link: str) -> tuple[Scenario, list[str]]:
    """The scenario of a link, and a sentence for each part of it that has no meaning.

    Examples
    --------
    >>> whole("surface=hump&run=adamm")[1]
    ['the link "surface=hump&run=adamm" has a part that cannot be used: No optimizer "adamm". Did you \
mean "adam"? This run is left out.']
    """
    scenario, notes = parse_link(link)
    return scenario, [f'the link "{link}" has a part that cannot be used: {note}' for note in notes]
