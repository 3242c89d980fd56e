"""Pieces of screen: controls built from the records, and the stage."""
