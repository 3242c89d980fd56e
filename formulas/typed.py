"""Read a formula of x and y as a visitor types it; no text is ever evaluated as code."""

import math
from collections.abc import Iterator
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedToken
from lark.lexer import Lexer

from formulas.evaluate import evaluate
from formulas.functions import FUNCTIONS
from formulas.nodes import GREEK, FormulaError, Node, meanings, measure
from formulas.tokens import split

MOST_NODES, DEEPEST = 200, 30
LARGEST_EXPONENT = 100.0
MOST_LETTERS = 8
MOST_SHOWN = 20  # characters of a number in a sentence
TOO_DEEP = f"The parts of a formula may be nested {DEEPEST} deep: simplify it, or leave out parentheses."

GRAMMAR = """
    ?start: sum
    sum: [sign] product ((PLUS | MINUS) product)*
    ?sign: PLUS | MINUS
    product: power ((STAR | SLASH | TIMES) factor)*
    ?factor: MINUS factor -> negative
        | PLUS factor -> positive
        | power
    ?power: raised
        | raised CARET exponent -> power
    ?exponent: MINUS exponent -> negative
        | PLUS exponent -> positive
        | power
    ?raised: atom
        | atom RAISED -> raised
    ?atom: NUMBER -> number
        | NAME -> symbol
        | OPEN sum CLOSE -> group
        | BAR_OPEN sum BAR_CLOSE -> bars
        | CALL OPEN arguments CLOSE -> call
        | BARE RAISED bound -> raised_call
        | BARE CARET NUMBER bound -> raised_call
        | BARE bound -> bare
        | ROOT power -> bare
    arguments: sum (COMMA sum)*
    bound: power (BIND power)*
    %declare NUMBER NAME RAISED PLUS MINUS STAR SLASH TIMES BIND CARET OPEN CLOSE COMMA
    %declare BAR_OPEN BAR_CLOSE CALL BARE ROOT
"""


class _Tokens(Lexer):
    """Gives lark the tokens that ``formulas.tokens`` has split."""

    def __init__(self, _: Any) -> None:
        """Take nothing from lark's settings."""

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
        """The tokens of a text."""
        yield from split(str(data))


class _Nodes(Transformer[Token, Node]):
    """Makes nodes while lark parses, so that nothing is nested in Python's own stack."""

    def number(self, found: list[Token]) -> Node:
        return ("number", str(found[0]))

    def symbol(self, found: list[Token]) -> Node:
        return _SYMBOLS.get(str(found[0])) or ("symbol", _LATEX.get(found[0], str(found[0])), ("value", str(found[0])))

    def group(self, found: list[Any]) -> Node:
        return ("group", found[1])

    def bars(self, found: list[Any]) -> Node:
        return ("abs", found[1])

    def negative(self, found: list[Any]) -> Node:
        return ("sum", ("-", found[1]))

    def positive(self, found: list[Any]) -> Node:
        node: Node = found[1]
        return node

    def power(self, found: list[Any]) -> Node:
        base, sign, exponent = found
        if base[0] == "power":  # x²^3
            base = ("group", base)
        return _power(base, _bare(exponent), sign)

    def raised(self, found: list[Any]) -> Node:
        return _power(found[0], _whole(found[1]), found[1])

    def call(self, found: list[Any]) -> Node:
        return _applied(found[0], found[2])

    def bare(self, found: list[Any]) -> Node:
        return _applied(found[0], [_bare(found[1])])

    def raised_call(self, found: list[Any]) -> Node:
        name, exponent, argument = found[0], found[-2], found[-1]
        if "-" in exponent or not float(exponent).is_integer():
            raise FormulaError(
                f"The exponent of {name} must be a whole number above 0: raise {name}(...) to others.",
                exponent.start_pos or 0,
                len(exponent),
            )
        return _power(_applied(name, [_bare(argument)]), _whole(exponent), exponent)

    def arguments(self, found: list[Any]) -> list[Node]:
        return [part for part in found if not isinstance(part, Token)]

    def bound(self, found: list[Any]) -> Node:
        return self.product(found)

    def product(self, found: list[Any]) -> Node:
        factors: list[Node] = [("*", found[0])]
        factors += [("/" if op == "/" else "*", one) for op, one in zip(found[1::2], found[2::2], strict=True)]
        first: Node = found[0]
        return ("product", *factors) if len(factors) > 1 else first

    def sum(self, found: list[Any]) -> Node:
        terms: list[Node] = [(str(sign or "+"), term) for sign, term in zip(found[::2], found[1::2], strict=True)]
        first: Node = found[1]
        return ("sum", *terms) if len(terms) > 1 or terms[0][0] == "-" else first


_SYMBOLS: dict[str, Node] = {name: ("symbol", name, ("coordinate", name)) for name in "xy"}
_SYMBOLS |= {"r": ("symbol", "r", ("polar", "r")), "e": ("constant", "e")}
_SYMBOLS |= dict.fromkeys(("theta", "θ"), ("symbol", r"\theta", ("polar", "theta")))
_SYMBOLS |= dict.fromkeys(("pi", "π"), ("constant", "pi"))
_LATEX = {glyph: latex for latex, glyph in GREEK.items()}
_PARSER = Lark(GRAMMAR, parser="lalr", lexer=_Tokens, transformer=_Nodes(), maybe_placeholders=True)


def _bare(node: Node) -> Node:
    """A node without the parentheses around it, where its place shows where it ends."""
    return node[1] if node[0] == "group" else node


def _whole(exponent: Token) -> Node:
    digits: Node = ("number", exponent.lstrip("-"))
    return ("sum", ("-", digits)) if exponent.startswith("-") else digits


def _power(base: Node, exponent: Node, place: Token) -> Node:
    if measure(exponent)[1] > DEEPEST:
        raise FormulaError(TOO_DEEP, place.start_pos or 0, len(place))
    if not any(meanings(exponent)):
        value = float(evaluate(exponent, {}))
        if not math.isfinite(value) or abs(value) > LARGEST_EXPONENT:
            raise FormulaError(
                f"This exponent is too large: write one from -{LARGEST_EXPONENT:g} to {LARGEST_EXPONENT:g}.",
                place.start_pos or 0,
                len(place),
            )
    return ("power", base, exponent)


def _applied(name: Token, arguments: list[Node]) -> Node:
    needed = 2 if name == "max" else FUNCTIONS[name].arguments if name in FUNCTIONS else 1
    several = name in {"max", "min"}
    if len(arguments) != needed and not (several and len(arguments) > needed):
        example = f"{name}({', '.join(['x', 'y'][:needed])})"
        many = "one argument" if needed == 1 else "two arguments"
        raise FormulaError(f"{name} takes {many}: write {example}.", name.start_pos or 0, len(name))
    if name == "sqrt":
        return ("root", *arguments)
    if name == "abs":
        return ("abs", *arguments)
    first, *rest = arguments
    if not rest:
        return ("call", str(name), first)
    for other in rest:
        first = ("max", first, other) if name == "max" else ("call", str(name), first, other)
    return first


def read_typed(text: str) -> Node:
    """Read a formula as a visitor types it.

    Parameters
    ----------
    text : str
        At most 500 characters. Besides ``+ - * / ^`` it may contain products without a sign (``2x``, ``3sin x``,
        ``x y``, ``2(x+1)``), ``|x|``, the functions of ``formulas.functions`` with ``sqrt``, ``abs`` and ``max``, the
        polar coordinates ``r`` and ``theta``, ``pi`` and ``e``, and the signs that phones write: ``x²``, ``·``, ``√``,
        ``π``. Every other letter has a value of its own: see ``letters_of``.

    Returns
    -------
    node
        See ``formulas.nodes``. At most 200 nodes, 30 inside each other, and at most 8 letters.

    Raises
    ------
    FormulaError
        If the text is no formula; the message says where, and what to write instead.

    Examples
    --------
    >>> read_typed("-x^2")
    ('sum', ('-', ('power', ('symbol', 'x', ('coordinate', 'x')), ('number', '2'))))
    >>> read_typed("x + ")
    Traceback (most recent call last):
    formulas.nodes.FormulaError: The formula ends after "+": add what follows, or leave out the "+".
    """
    if not text.strip():
        raise FormulaError("The formula is empty: write one of x and y, such as x^2 + y^2.")
    try:
        node: Node = _PARSER.parse(text)  # type: ignore[assignment]
    except UnexpectedToken as problem:
        raise _explain(text, problem.token) from None
    count, depth = measure(node)
    if count > MOST_NODES:
        raise FormulaError(f"A formula has at most {MOST_NODES} parts: got {count}. Shorten it.", 0, len(text))
    if depth > DEEPEST:
        raise FormulaError(TOO_DEEP, 0, len(text))
    letters = letters_of(node)
    if len(letters) > MOST_LETTERS:
        raise FormulaError(
            f"A formula has at most {MOST_LETTERS} letters with values: got {', '.join(letters[:12])}. Use fewer.",
            0,
            len(text),
        )
    return node


def letters_of(node: Node) -> tuple[str, ...]:
    """The letters of a formula that have a value of their own, each once, in the order in which they are written.

    Examples
    --------
    >>> letters_of(read_typed("a x^2 + b sin(a y)"))
    ('a', 'b')
    """
    return tuple(dict.fromkeys(of[1] for of in meanings(node) if of[0] == "value"))


def _explain(text: str, token: Token) -> FormulaError:
    """A sentence about a token at which no formula can go on."""
    tokens = split(text)
    ended = token.type == "$END"
    place = len(text) if ended else token.start_pos or 0
    index = len(tokens) if ended else [(one.type, one.start_pos) for one in tokens].index((token.type, token.start_pos))
    before = tokens[index - 1] if index else None
    if before is None:
        sentence = f'A formula cannot begin with "{_shown(text, token)}": write a number or a letter first.'
    elif before.type in {"BARE", "CALL", "ROOT"}:
        return FormulaError(
            f"{before} needs an argument: write {before}(x).", before.start_pos or 0, len(_shown(text, before))
        )
    elif ended:
        shown = _shown(text, before)
        sentence = f'The formula ends after "{shown}": add what follows, or leave out the "{shown}".'
    elif before.type in {"OPEN", "BAR_OPEN"} and token.type in {"CLOSE", "BAR_CLOSE"}:
        sentence = f'Between "{_shown(text, before)}" and "{_shown(text, token)}" a formula is missing: write one.'
    elif token.type == "COMMA":
        numbers = before.type == "NUMBER" and tokens[index + 1 : index + 2] and tokens[index + 1].type == "NUMBER"
        cure = f"write decimals with a point, {before}.{tokens[index + 1]}." if numbers else "leave it out."
        sentence = f"A comma only separates the arguments of a function: {cure}"
    elif before.type == "CARET" and index > 1 and tokens[index - 2].type == "BARE":
        name = tokens[index - 2]
        sentence = f"The exponent of {name} must be a whole number above 0: for others write ({name}(x))^..."
    else:
        between = f'Between "{_shown(text, before)}" and "{_shown(text, token)}"'
        sentence = f"{between} a number or a letter is missing: write it, or leave out one of the two."
    return FormulaError(sentence, place, 0 if ended else max(1, len(_shown(text, token))))


def _shown(text: str, token: Token) -> str:
    """A token as it was typed, shortened."""
    shown = text[token.start_pos or 0 : token.end_pos or 0]
    return shown if len(shown) <= MOST_SHOWN else shown[:MOST_SHOWN] + "…"
