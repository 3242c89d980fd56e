"""For a class: the presenter's view, and the invitation to join."""

from components.loader import assets, component

_PRESENT = component("present", "present.js", "present.css", "invite.css")


def present(stage: str, key: str, *, before: bool = False, after: bool = False) -> None:
    """Show the button that turns the page into a presenter's, which ``?present=true`` in the address does, too.

    Beside it, one that shows the page's address, large, and as a code for phones.

    Parameters
    ----------
    stage : str
        The key of the stage to present; when it changes, the new stage is given the focus.
    key : str
        The button's own key for Streamlit.
    before, after : bool
        Whether there is a lesson before this one, or after it: only then the presenter is told of the key.
    """
    data = {"stage": stage, "assets": assets(), "before": before, "after": after}
    _PRESENT(key=key, data=data, width="content")
