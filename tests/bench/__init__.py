"""How fast it is: `python -m tests.bench` measures what the issues promise, as ratios within one run where it can."""
