"""Plotly figures, formulas and thumbnails made from records; colors; and the sentences of messages."""
