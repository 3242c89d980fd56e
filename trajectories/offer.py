"""What a link offers on its page: which controls, which parts of the page, a title, and what is locked."""

from collections.abc import Callable, Iterable

from pydantic import BaseModel, ConfigDict

from optimizers import OPTIMIZERS
from trajectories.sentences import show_text, suggest

LONGEST_TITLE = 120  # characters
NONE = "none"
SHARED = ("start", "steps", "batch", "noise", "seed", "runs", "data")
PARTS = ("cards", "curve", "picker", "presets", "panel", "tools", "transport")
LOCKS = ("start",)
TextOf = Callable[[str], str | None]


def all_controls() -> tuple[str, ...]:
    """The words of ``controls``: the names of all hyperparameters, and what all runs share."""
    return (*dict.fromkeys(one.name for spec in OPTIMIZERS.values() for one in spec.hyperparameters), *SHARED)


class Offer(BaseModel):
    """What the page of a link offers.

    Parameters
    ----------
    controls : tuple of str or None
        The only controls that the panel shows, of ``all_controls``: ``runs`` are the buttons that add and remove runs
        and the choice of optimizers, ``data`` the form for a table. None: all.
    hide : tuple of str
        The parts of the page that are left out, of ``PARTS``.
    title : str
        The title of the page; empty: the name of the surface.
    lock : tuple of str
        What cannot be changed, of ``LOCKS``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    controls: tuple[str, ...] | None = None
    hide: tuple[str, ...] = ()
    title: str = ""
    lock: tuple[str, ...] = ()

    def shows(self, part: str) -> bool:
        """Whether a part of the page is shown."""
        return part not in self.hide and not (part == "panel" and self.controls == ())

    def has(self, control: str) -> bool:
        """Whether a control is offered."""
        return self.controls is None or control in self.controls

    @property
    def free(self) -> bool:
        """Whether every setting of the scenario can be changed."""
        return self.controls is None and not self.lock


class OfferWords(BaseModel):
    """The words of an offer, for the browser.

    Parameters
    ----------
    shared : tuple of str
        The controls that are no hyperparameter.
    parts : tuple of str
        The parts of the page that can be left out.
    title : int
        The most characters of a title.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    shared: tuple[str, ...]
    parts: tuple[str, ...]
    title: int


EVERYTHING = Offer()
OFFER_WORDS = OfferWords(shared=SHARED, parts=PARTS, title=LONGEST_TITLE)


def parse_offer(text_of: TextOf) -> tuple[Offer, list[str]]:
    """Read what a link offers.

    Parameters
    ----------
    text_of : callable
        The text of a part of the link by its name; None if the link does not have it.

    Returns
    -------
    Offer
        Made of the words that are known. If none of the words of ``controls`` is known, all controls are offered.
    list of str
        One sentence for each word that is not known, and for a title that is too long.

    Examples
    --------
    >>> parse_offer({"controls": "lr,momentum", "lock": "start"}.get)[0]
    Offer(controls=('lr', 'momentum'), hide=(), title='', lock=('start',))
    >>> parse_offer({"hide": "cards,curves"}.get)[1]
    ['hide has no "curves"; it is ignored. Did you mean "curve"?']
    """
    sentences: list[str] = []
    given = text_of("controls")
    controls = None if given is None else _words("controls", given, (*all_controls(), NONE), sentences)
    if controls == () and given is not None:
        controls = None
    elif controls is not None:
        controls = tuple(word for word in controls if word != NONE)
    title = " ".join((text_of("title") or "").split())
    if len(title) > LONGEST_TITLE:
        sentences.append(f"title must have at most {LONGEST_TITLE} characters: got {len(title)}. It is ignored.")
        title = ""
    return Offer(
        controls=controls,
        hide=_words("hide", text_of("hide") or "", PARTS, sentences),
        title="".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in title),
        lock=_words("lock", text_of("lock") or "", LOCKS, sentences),
    ), sentences


def _words(name: str, text: str, known: Iterable[str], sentences: list[str]) -> tuple[str, ...]:
    """The known words of a list, each once; for another word a sentence is added."""
    words = dict.fromkeys(word.strip() for word in text.split(",") if word.strip())
    names = tuple(known)
    sentences += [
        f"{name} has no {show_text(word)}; it is ignored. {suggest(word, names)}" for word in words if word not in names
    ]
    return tuple(word for word in words if word in names)
