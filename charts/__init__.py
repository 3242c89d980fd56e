"""Everything that is drawn in Python: records in, Plotly figures out; and the words of messages."""
