"""The glossary as a Streamlit component."""

from typing import Any

from components.loader import assets, component
from lessons import GLOSSARY

_GLOSSARY = component("glossary", "glossary/glossary.js", "glossary/glossary.css")


def glossary(key: str) -> None:
    """Show the button "What is this?", which opens the glossary beside the page.

    Parameters
    ----------
    key : str
        The button's own key for Streamlit.
    """
    _GLOSSARY(key=key, data=glossary_data(), width="content")


def glossary_data() -> dict[str, Any]:
    """Build the component's data, plain JSON."""
    return {
        "assets": assets(),
        "about": GLOSSARY.about,
        "paper": GLOSSARY.paper.replace("*", ""),
        "screen": list(GLOSSARY.screen),
        "words": [[word, meaning] for word, meaning in GLOSSARY.words.items()],
    }
