"""One row for each measured target, and the table of all rows."""

from dataclasses import dataclass

HEADS = ("what", "measured", "against", "ratio", "target", "met")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A measurement and its target.

    Parameters
    ----------
    what : str
        In words.
    value : float
        What was measured, in ``unit``.
    against, of : float and str, optional
        The value for comparison, measured in the same run and unit; and its name.
    target : float, optional
        The target: of the ratio if there is one, else of the value. None: no target.
    at_least : bool
        Whether more is better.
    """

    what: str
    value: float
    unit: str
    against: float | None = None
    of: str = ""
    target: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """The value divided by the value for comparison."""
        return None if self.against is None else self.value / self.against

    @property
    def met(self) -> bool | None:
        """Whether the target is met."""
        if self.target is None:
            return None
        judged = self.value if self.ratio is None else self.ratio
        return judged >= self.target if self.at_least else judged <= self.target

    def cells(self) -> tuple[str, ...]:
        """The row as texts."""
        against = "" if self.against is None else f"{_number(self.against)} {self.unit} {self.of}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        unit = "" if self.ratio is not None else f" {self.unit}"
        target = "" if self.target is None else f"{'>=' if self.at_least else '<='} {self.target:g}{unit}"
        met = {True: "yes", False: "NO", None: ""}[self.met]
        return (self.what, f"{_number(self.value)} {self.unit}", against, ratio, target, met)


def show(rows: list[Row]) -> str:
    """The table, in plain text."""
    lines = [HEADS, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (lines[0], rule, *lines[1:])
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
