"""The title of a page, as text: whatever a link says, no character of it has a meaning as markup."""

import html

import streamlit as st


def title(text: str) -> None:
    """Show a title.

    Streamlit's own title reads Markdown, and makes links, symbols and emoji of texts even where their characters are
    escaped.
    """
    st.html(heading(text))


def heading(text: str) -> str:
    """A heading of HTML that holds a text.

    Examples
    --------
    >>> heading("a < b & <b>c</b>")
    '<h1>a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;</h1>'
    """
    return f"<h1>{html.escape(text)}</h1>"
