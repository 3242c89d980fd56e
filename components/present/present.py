"""For a class: the presenter's view, and the invitation to join."""

from collections.abc import Sequence

from components.browser_data import PresentData
from components.loader import assets, component
from trajectories import Offer

_STYLES = (
    "present/present.css",
    "present/view.css",
    "present/stage.css",
    "present/invite.css",
    "present/make_link.css",
    "present/reading.css",
)
_PRESENT = component("present", "present/present.js", *_STYLES)


def present(
    stage: str,
    key: str,
    *,
    before: str | None = None,
    after: str | None = None,
    scenes: Sequence[str] = (),
    scene: int | None = None,
    offer: Offer | None = None,
) -> None:
    """Show two buttons: one opens the presenter's view, the other shows the page's address as text and as a code.

    ``?present=true`` in the address opens the presenter's view, too.

    Parameters
    ----------
    stage : str
        The key of the stage to present; when it changes, the new stage gets the focus.
    key : str
        The buttons' own key for Streamlit.
    before, after : str, optional
        The keys of the lessons before and after this one, which the keys P and N open; None where there is none.
    scenes : sequence of str
        The keys of the buttons of the lesson's scenes, if these can be pressed now: PageUp and PageDown go through
        them.
    scene : int, optional
        The index of the scene that is shown; None if the stage shows none of them.
    offer : Offer, optional
        What the page offers: a third button opens the dialog that makes a link. None: there is no such button.
    """
    data = PresentData(
        stage=stage, assets=assets(), before=before, after=after, scenes=tuple(scenes), scene=scene, offer=offer
    )
    _PRESENT(key=key, data=data.model_dump(mode="json"), width="content")
