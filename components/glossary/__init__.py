"""The glossary: a panel beside the page that explains the page and the words on it."""

from components.glossary.glossary import glossary

__all__ = ["glossary"]
