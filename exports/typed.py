"""A typed formula as Python code that computes the same bits: the same operations in the same order."""

import math
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from exports.code import Code
from formulas import Node, evaluate, meanings
from formulas.functions import FUNCTIONS, softplus
from formulas.nodes import inner
from formulas.writing import write_typed
from surfaces.typed import TypedFormula

WIDEST = 100
# How tightly the parts of a written formula hold together, as in Python.
SUM, PRODUCT, SIGNED, POWER, ATOM = range(5)

SQUARE = '''\
def square(value):
    """value * value, rounded once."""
    return value * value'''


class _Written(NamedTuple):
    """Python code; how tightly it holds together; and whether its value is a tensor, otherwise a float."""

    text: str
    level: int
    tensor: bool


def typed_code(formula: TypedFormula, code: Code) -> list[str]:
    """The definition of ``loss`` with everything that it uses.

    Parameters
    ----------
    formula : TypedFormula
        The formula. Its letters become arguments that have their values by default.
    code : Code
        A function of ours that the formula uses is added to it.

    Examples
    --------
    >>> from formulas.typed import read_typed
    >>> print(typed_code(TypedFormula("a x^2 + 3|y|", read_typed("a x^2 + 3|y|"), (("a", 1.5),)), Code())[-1])
    def loss(x, y, a=1.5):
        \"\"\"a*x^2 + 3*abs(y)\"\"\"
        return a * square(x) + 3 * torch.abs(y)
    """
    node = formula.smooth
    written = _Writer(dict(formula.letters)).write(node)
    text = written.text if written.tensor else f"torch.full_like(x, {written.text}) + 0 * x"  # the slope is 0
    polar = {of[1] for of in meanings(node) if of[0] == "polar"}
    # An argument that a letter names has the letter's value; a letter that only constants contain is left out.
    used = [(name, value) for name, value in formula.letters if re.search(rf"\b{name}\b", text)]
    lines = [
        f"def loss({', '.join(['x', 'y', *(f'{name}={value!r}' for name, value in used)])}):",
        *_filled(f'"""{write_typed(formula.node)}"""', "    "),
        *(["    r = torch.sqrt(x * x + y * y)"] if "r" in polar else []),
        *(["    theta = torch.atan2(y, x)"] if "theta" in polar else []),
        *_returned(text),
    ]
    if "softplus(" in text:
        code.add(softplus)
    return [*([SQUARE] if "square(" in text else []), "\n".join(lines)]


def _returned(text: str) -> list[str]:
    """A return statement of limited width."""
    line = f"    return {text}"
    return [line] if len(line) <= WIDEST else ["    return (", *_filled(text, "        "), "    )"]


def _filled(text: str, indent: str) -> list[str]:
    """Text in lines of limited width, which break before operators and after opening parentheses."""
    lines = [indent]
    for piece in re.findall(r"(?:[-+*/] )?[^ (]*[ (]?", text):
        if len(lines[-1]) + len(piece.rstrip()) > WIDEST and lines[-1].strip():
            lines.append(indent)
        lines[-1] += piece
    return [line.rstrip() for line in lines if line.strip()]


class _Writer:
    """Writes the operations of ``formulas.evaluate``; what consists of numbers and letters alone is a float."""

    def __init__(self, letters: Mapping[str, float]) -> None:
        self._known = {("value", name): value for name, value in letters.items()}
        self._write: dict[str, Callable[[Node], _Written]] = {
            "number": lambda node: _Written(_number(float(node[1])), ATOM, False),
            "constant": lambda node: _Written(f"math.{node[1]}", ATOM, False),
            "symbol": lambda node: _Written(str(node[2][1]), ATOM, node[2][0] != "value"),
            "group": lambda node: self.write(node[1]),
            "abs": lambda node: self._applied("torch.abs", "abs", node),
            "root": lambda node: self._applied("torch.sqrt", "math.sqrt", node),
            "max": lambda node: self._call(("call", "max", *node[1:])),
            "call": self._call,
            "power": self._power,
            "product": self._product,
            "sum": self._sum,
        }

    def write(self, node: Node) -> _Written:
        if self._constant(node):
            value = float(evaluate(node, self._known))
            if not math.isfinite(value) or node[0] in {"call", "max"}:  # Python's own functions could round differently
                return _Written(_number(value), SIGNED if value < 0 else ATOM, False)
        return self._write[node[0]](node)

    def _constant(self, node: Node) -> bool:
        return all(of in self._known for of in meanings(node))

    def _applied(self, of_tensor: str, of_float: str, node: Node) -> _Written:
        value = self.write(node[1])
        return _Written(f"{of_tensor if value.tensor else of_float}({value.text})", ATOM, value.tensor)

    def _call(self, node: Node) -> _Written:
        arguments = [self.write(part) for part in inner(node)]
        texts = [one.text if one.tensor else f"torch.tensor({one.text}, dtype=torch.float64)" for one in arguments]
        name = "softplus" if node[1] == "softplus" else f"torch.{_torch_name(node[1])}"
        return _Written(f"{name}({', '.join(texts)})", ATOM, True)

    def _power(self, node: Node) -> _Written:
        base = self.write(node[1])
        if node[2] == ("number", "2"):
            return _Written(f"square({base.text})", ATOM, base.tensor)
        exponent = self.write(node[2])
        if not (base.tensor or exponent.tensor):
            return _Written(f"math.pow({base.text}, {exponent.text})", ATOM, False)
        power = _short(exponent) if base.tensor else _at_least(SIGNED, exponent)
        return _Written(f"{_at_least(ATOM, base)}**{power}", POWER, True)

    def _product(self, node: Node) -> _Written:
        first, others = self._begin(node)
        return self._chain(PRODUCT, self.write(first[1]), others)

    def _sum(self, node: Node) -> _Written:
        first, others = self._begin(node)
        begin = self.write(first[1])
        if first[0] == "-":
            begin = _Written(f"-{_at_least(POWER, begin)}", SIGNED, begin.tensor)
        return self._chain(SUM, begin, others)

    def _begin(self, node: Node) -> tuple[tuple[str, Node], list[tuple[str, Node]]]:
        """The first part and the others. Constants at the beginning are one part: 1/0 is infinite, not an error."""
        parts = list(node[1:])
        constants = next((at for at, (_, one) in enumerate(parts) if not self._constant(one)), 0)
        if constants < 2:
            return parts[0], parts[1:]
        return ("+", (node[0], *parts[:constants])), parts[constants:]

    def _chain(self, level: int, first: _Written, parts: list[tuple[str, Node]]) -> _Written:
        """Operations from left to right. A number is written without a fraction where it meets a tensor only."""
        if not parts:
            return first
        ops, others = [op for op, _ in parts], [self.write(one) for _, one in parts]
        text = _short(first, level) if others[0].tensor else _at_least(level, first)
        tensor = first.tensor
        for op, one in zip(ops, others, strict=True):
            text += f" {op} {_short(one, level + 1) if tensor else _at_least(level + 1, one)}"
            tensor = tensor or one.tensor
        return _Written(text, level, tensor)


def _torch_name(name: str) -> str:
    """The name of a function in torch."""
    return "maximum" if name == "max" else str(FUNCTIONS[name].compute.__name__)


def _at_least(level: int, written: _Written) -> str:
    return written.text if written.level >= level else f"({written.text})"


def _short(written: _Written, level: int = SIGNED) -> str:
    """The same; 3 instead of 3.0."""
    text = _at_least(level, written)
    return text.removesuffix(".0") if re.fullmatch(r"\d+\.0", text) else text


def _number(value: float) -> str:
    if math.isnan(value):
        return "math.nan"
    if math.isinf(value):
        return "math.inf" if value > 0 else "-math.inf"
    return repr(value)
