"""How it looks: records in, plotly Figures out."""
