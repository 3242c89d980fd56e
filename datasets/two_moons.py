"""Makes the table of ``two_moons.csv``: two half circles that reach into each other, with noise.

``python -m datasets.two_moons`` prints the table; a test compares it with the file.
"""

import math
import random

SEED, EACH, NOISE = 0, 60, 0.18


def table() -> str:
    """Build the table as CSV, 60 points of each class, alternating.

    Examples
    --------
    >>> table().splitlines()[0]
    'across,up,moon'
    """
    chance = random.Random(SEED)  # noqa: S311 (no secret)
    lines = ["across,up,moon"]
    for place in range(EACH):
        angle = math.pi * place / (EACH - 1)
        middles = (math.cos(angle), math.sin(angle)), (1 - math.cos(angle), 0.5 - math.sin(angle))
        for moon, (across, up) in enumerate(middles):
            lines.append(f"{across + chance.gauss(0, NOISE):.2f},{up + chance.gauss(0, NOISE):.2f},{moon}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(), end="")  # noqa: T201
