"""Speed: `python -m tests.bench` measures the targets, as ratios within one run where possible."""
