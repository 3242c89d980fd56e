"""Run an optimizer's displayed rule: the LaTeX lines that the page shows, read as the program that they claim to be.

A small parser for the LaTeX that ``update_latex`` uses: symbols with hats and indices, the four operations (a product
needs no sign), powers, roots, fractions, ``\\max``, absolute values and cases. Every quantity begins at zero unless its
line gives another value (``\\pi_t \\leftarrow ..., \\quad \\pi_0 = 1``).
A hyperparameter may be an array, one value for each column.
"""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

SPACING = re.compile(r"\\quad|\\,|\s+(?=[_^{])")
TOKEN = re.compile(
    r"""\s*(
        \\begin\{cases\} | \\end\{cases\} | \\text\{otherwise\} | \\\\
      | \\(?:leftarrow|sqrt|t?frac|max|nabla)(?![a-zA-Z])
      | (?:\\hat\s*)?(?:\\[a-zA-Z]+|[a-zA-Z])(?:\^\{\\max\})?(?:_(?:\{[^}]*\}|\\[a-z]+|\w))?
      | \d+(?:\.\d+)? | \S
    )""",
    re.VERBOSE,
)


class DisplayedRule:
    """The lines of a displayed rule, ready to be stepped; ``symbols`` are the hyperparameters' values by symbol."""

    def __init__(self, lines: Mapping[str, str], symbols: Mapping[str, Any]) -> None:
        self.lines = lines
        self.known: dict[str, Any] = dict(symbols)
        self.t = 0

    def step(self, position: Any, gradient: Any) -> dict[str, Any]:
        """The results of all lines in one step from a position with a given gradient."""
        self.t += 1
        # What was x_t is x_{t-1} now.
        before = {name.replace("_t", "_{t-1}"): value for name, value in self.known.items() if name.endswith("_t")}
        self.known |= before | {"t": self.t, r"\theta_{t-1}": position}
        self.gradient = gradient
        values = {}
        for key, line in self.lines.items():
            rule, *initial = line.split(r", \quad ")
            for equation in initial:
                name, value = equation.split(" = ")
                if self.t == 1:
                    self.known[name.replace("_0", "_{t-1}")] = float(value)
            name, expression = rule.split(r" \leftarrow ")
            self.known[name] = values[key] = self.evaluate(expression)
        return values

    def evaluate(self, expression: str) -> Any:
        self.tokens: list[str] = TOKEN.findall(SPACING.sub(" ", expression))
        value = self.sum()
        assert not self.tokens, f"cannot read on at {' '.join(self.tokens)!r} in {expression!r}"
        return value

    def peek(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self, *expected: str) -> str:
        token = self.tokens.pop(0)
        assert not expected or token in expected, f"expected {expected}, found {token!r}"
        return token

    def within(self, opening: str, closing: str) -> Any:
        if opening:
            self.take(opening)
        value = self.sum()
        self.take(closing)
        return value

    def sum(self) -> Any:
        value = -self.product() if self.peek() == "-" and self.take() else self.product()
        while self.peek() in {"+", "-"}:
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self) -> Any:
        value = self.power()
        while self.peek() not in {"", "+", "-", ")", "}", "|", ",", "&", ">", r"\\", r"\end{cases}"}:
            value = value / self.power() if self.peek() == "/" and self.take() else value * self.power()
        return value

    def power(self) -> Any:
        value = self.atom()
        if self.peek() == "^":
            self.take()
            value = value ** (self.argument() if self.peek() == "{" else self.atom())
        return value

    def atom(self) -> Any:
        read = {
            "(": lambda: self.within("(", ")"),
            "|": lambda: np.abs(self.within("|", "|")),
            r"\sqrt": lambda: self.argument() ** 0.5,
            r"\frac": lambda: self.argument() / self.argument(),
            r"\tfrac": lambda: self.argument() / self.argument(),
            r"\max": lambda: np.maximum(self.within("(", ","), self.within("", ")")),
            r"\begin{cases}": self.cases,
            r"\nabla": self.gradient_here,
        }
        if self.peek() in {"(", "|"}:
            return read[self.peek()]()
        token = self.take()
        if token in read:
            return read[token]()
        return float(token) if token[0].isdigit() else self.symbol(re.sub(r"\s+", " ", token))

    def symbol(self, name: str) -> Any:
        return self.known.get(name, 0.0) if self.t == 1 and name.endswith("_{t-1}") else self.known[name]

    def argument(self) -> Any:
        return self.within("{", "}")

    def gradient_here(self) -> Any:
        assert [self.take() for _ in range(4)] == ["f", "(", r"\theta_{t-1}", ")"]
        return self.gradient

    def cases(self) -> Any:
        """Each branch is computed, and chosen column by column: a branch that is not taken may have no value there."""
        branches = []
        with np.errstate(invalid="ignore", divide="ignore"):
            while self.peek() != r"\end{cases}":
                value = self.sum()
                self.take("&")
                holds = True if self.peek() == r"\text{otherwise}" and self.take() else self.condition()
                branches.append((holds, value))
                if self.peek() == r"\\":
                    self.take()
        self.take(r"\end{cases}")
        *others, (always, chosen) = branches
        assert always is True
        for holds, value in reversed(others):
            chosen = np.where(holds, value, chosen)
        return chosen

    def condition(self) -> Any:
        left, _, right = self.sum(), self.take(">"), self.sum()
        return left > right
