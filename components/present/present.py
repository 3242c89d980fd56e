"""For a class: the presenter's view, and the invitation to join."""

from components.browser_data import PresentData
from components.loader import assets, component

_PRESENT = component("present", "present/present.js", "present/present.css", "present/view.css", "present/invite.css")


def present(stage: str, key: str, *, before: str | None = None, after: str | None = None) -> None:
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
    """
    data = PresentData(stage=stage, assets=assets(), before=before, after=after)
    _PRESENT(key=key, data=data.model_dump(mode="json"), width="content")
