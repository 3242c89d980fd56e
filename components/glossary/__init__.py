"""The glossary: what the page is, and what its words mean, beside whatever is on the page."""

from components.glossary.glossary import glossary

__all__ = ["glossary"]
